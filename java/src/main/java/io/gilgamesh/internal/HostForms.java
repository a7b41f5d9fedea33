package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonSlice;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.internal.host.HostClass;
import io.gilgamesh.internal.host.Implementations;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Java objects that cross as themselves: a reference of {@link HostTable}, or of {@link
 * HostConstants}, and their class.
 */
final class HostForms {

  private HostForms() {}

  static void write(Exchange to, Object object) {
    write(to, object, HostClass.of(object.getClass()));
  }

  private static void write(Exchange to, Object object, HostClass type) {
    long reference = object instanceof Enum<?> one ? HostConstants.reference(one) : put(to, object);
    int at = to.reserve(13);
    to.buffer.put(at, Tag.HOST_OBJECT).putLong(at + 1, reference).putInt(at + 9, type.number());
  }

  private static long put(Exchange to, Object object) {
    long reference = HostTable.put(object);
    to.handOver(reference);
    return reference;
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

  /** Reads a Python object that implements interfaces; it owns the handle. */
  static Object readImplementation(Reader from) {
    PythonObject owned = HandleForms.read(from);
    return Implementations.numbered(from.readInt()).proxy(owned);
  }

  /**
   * Writes what a Java member gave: values as values, everything else, collections and arrays among
   * it, as itself.
   */
  static void writeResult(Exchange to, @Nullable Object result) {
    if (result == null || isCommonValue(result.getClass())) {
      ValueEncoder.write(to, result, 0);
    } else if (result instanceof PythonTuple tuple) {
      writeTuple(to, tuple);
    } else {
      writeOther(to, result);
    }
  }

  private static boolean isCommonValue(Class<?> type) {
    return type == String.class
        || type == Boolean.class
        || type == Long.class
        || type == Integer.class
        || type == Double.class;
  }

  /** A batch or a slice: what is in it is a result each. */
  private static void writeTuple(Exchange to, PythonTuple elements) {
    CollectionForms.writeHead(to, Tag.TUPLE, elements.size());
    for (Object element : elements) {
      writeResult(to, element);
    }
  }

  /** Each form is asked for once a class, unless there are converters, which may come and go. */
  private static void writeOther(Exchange to, Object result) {
    HostClass type = HostClass.of(result.getClass());
    boolean converted = to.converters().ofValue(result.getClass()) != null;
    if (!converted && type.isFormless()) {
      write(to, result, type);
    } else if (converted || isPythons(result)) {
      ValueEncoder.write(to, result, 0);
    } else if (!writeValue(to, result)) {
      if (!(result instanceof Proxy) && !(result instanceof Class)) {
        type.noteFormless(); // others of a proxy's class, or other classes, may have a form
      }
      write(to, result, type);
    }
  }

  /** What stands for an object of Python's, and crosses as that object. */
  private static boolean isPythons(Object value) {
    return value instanceof PythonObject
        || value instanceof PythonSlice
        || LiveView.of(value) != null;
  }

  private static boolean writeValue(Exchange to, Object value) {
    return ScalarForms.writeOther(to, value)
        || (value instanceof Character && TextForms.writeOther(to, value))
        || TimeForms.writeOther(to, value)
        || ExactForms.writeOther(to, value)
        || ClassForms.writeOther(to, value);
  }
}
