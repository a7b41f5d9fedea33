package io.gilgamesh.internal;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonConverter;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonSlice;
import io.gilgamesh.PythonTuple;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the form of a value by its class; the forms stand in the classes of their families, both
 * ways.
 */
final class ValueEncoder {

  /** How deep containers may nest, in either direction. */
  static final int MAX_DEPTH = 1000;

  private ValueEncoder() {}

  /**
   * Appends a value that stands below {@code depth} containers; the most frequent classes come
   * first.
   */
  static void write(Exchange to, @Nullable Object value, int depth) {
    if (value == null) {
      ScalarForms.writeNull(to);
      return;
    }
    Class<?> type = value.getClass();
    if (type == Long.class) {
      ScalarForms.writeLong(to, (Long) value);
    } else if (type == String.class) {
      TextForms.write(to, (String) value);
    } else if (type == Double.class) {
      ScalarForms.writeDouble(to, (Double) value);
    } else if (type == Integer.class) {
      ScalarForms.writeLong(to, (Integer) value);
    } else if (type == Boolean.class) {
      ScalarForms.writeBoolean(to, (Boolean) value);
    } else if (type == PythonObject.class) {
      HandleForms.write(to, (PythonObject) value);
    } else if (type == ArrayList.class) {
      CollectionForms.writeList(to, (ArrayList<?>) value, depth);
    } else {
      writeRarer(to, value, depth);
    }
  }

  private static void writeRarer(Exchange to, Object value, int depth) {
    if (value instanceof Proxy && Proxy.getInvocationHandler(value) instanceof LiveView view) {
      HandleForms.write(to, view.object());
      return;
    }
    PythonConverter<?, ?> converter = to.converters().ofValue(value.getClass());
    if (converter != null) {
      ConvertingReader.write(to, converter, value, depth);
    } else {
      writeBuiltIn(to, value, depth);
    }
  }

  private static void writeBuiltIn(Exchange to, Object value, int depth) {
    if (value instanceof LiveView view) {
      HandleForms.write(to, view.object());
    } else if (value instanceof JavaObject handed) {
      HostForms.write(to, handed.object());
    } else if (value instanceof PythonSlice slice) {
      SliceForms.write(to, slice);
    } else if (value instanceof Record record) {
      RecordForms.write(to, record, depth);
    } else if (value instanceof Map<?, ?> map) {
      CollectionForms.writeDict(to, map, depth);
    } else if (value instanceof PythonTuple tuple) {
      CollectionForms.writeTuple(to, tuple, depth);
    } else if (value instanceof Set<?> set) {
      CollectionForms.writeSet(to, set, depth);
    } else if (value instanceof Collection<?> collection) {
      CollectionForms.writeList(to, collection, depth);
    } else if (value.getClass().isArray()) {
      ArrayForms.write(to, value, depth);
    } else if (value instanceof PythonKwargs) {
      throw new PathFailure("keyword arguments stand only at the end of a call's arguments");
    } else if (!writeOther(to, value, depth)) {
      HostForms.write(to, value);
    }
  }

  /** Each family knows its own; paths come before what can be iterated, which they can too. */
  private static boolean writeOther(Exchange to, Object value, int depth) {
    return ScalarForms.writeOther(to, value)
        || TextForms.writeOther(to, value)
        || TimeForms.writeOther(to, value)
        || ExactForms.writeOther(to, value)
        || ClassForms.writeOther(to, value)
        || TableForms.writeOther(to, value, depth)
        || WrappedForms.writeOther(to, value, depth);
  }
}
