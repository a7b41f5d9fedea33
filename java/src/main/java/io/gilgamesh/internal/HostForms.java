package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonSlice;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.internal.host.HostClass;
import org.jspecify.annotations.Nullable;

/** Java objects that cross as themselves: a reference of {@link HostTable} and their class. */
final class HostForms {

  private HostForms() {}

  static void write(Exchange to, Object object) {
    int type = HostClass.of(object.getClass()).number();
    long reference = HostTable.put(object);
    to.handOver(reference);
    int at = to.reserve(13);
    to.buffer.put(at, Tag.HOST_OBJECT).putLong(at + 1, reference).putInt(at + 9, type);
  }

  /** Reads one that lives for as long as the call. */
  static Object read(Reader from) {
    return HostTable.get(from.readLong());
  }

  /** Reads one of a reply, which a handle keeps alive until it is read. */
  static Object readHeld(Reader from) {
    Object object = HostTable.get(from.readLong());
    HandleForms.read(from).close();
    return object;
  }

  /**
   * Writes what a Java member gave: values as values, everything else, collections and arrays among
   * it, as itself.
   */
  static void writeResult(Exchange to, @Nullable Object result) {
    if (result == null) {
      ScalarForms.writeNull(to);
    } else if (result instanceof PythonTuple tuple) {
      writeTuple(to, tuple);
    } else if (!writeValue(to, result)) {
      write(to, result);
    }
  }

  /** A batch or a slice: what is in it is a result each. */
  private static void writeTuple(Exchange to, PythonTuple elements) {
    CollectionForms.writeHead(to, Tag.TUPLE, elements.size());
    for (Object element : elements) {
      writeResult(to, element);
    }
  }

  private static boolean writeValue(Exchange to, Object value) {
    boolean isOwn =
        value instanceof String
            || value instanceof Boolean
            || value instanceof Long
            || value instanceof Integer
            || value instanceof Double
            || value instanceof PythonObject
            || value instanceof LiveView
            || value instanceof PythonSlice
            || to.converters().ofValue(value.getClass()) != null;
    if (isOwn) {
      ValueEncoder.write(to, value, 0);
      return true;
    }
    return ScalarForms.writeOther(to, value)
        || (value instanceof Character && TextForms.writeOther(to, value))
        || TimeForms.writeOther(to, value)
        || ExactForms.writeOther(to, value);
  }
}
