package io.gilgamesh.internal;

import io.gilgamesh.internal.host.HostCallException;
import io.gilgamesh.internal.host.HostClass;

/**
 * Java classes: to scripts the Python class that is made of them, by its number. One that scripts
 * may not look up stays an object of {@code java.lang.Class}, whose members are those of
 * reflection; so do primitive types, of which there are no objects.
 */
final class ClassForms {

  private ClassForms() {}

  /** Writes a class; false where the value is none that scripts may look up. */
  static boolean writeOther(Exchange to, Object value) {
    HostClass type = value instanceof Class<?> found ? HostClass.ofLookedUp(found) : null;
    if (type == null) {
      return false;
    }
    int at = to.reserve(5);
    to.buffer.put(at, Tag.HOST_CLASS).putInt(at + 1, type.number());
    return true;
  }

  /** Reads a class, whichever it is: the script has it. */
  static Class<?> read(Reader from) {
    return numbered(from.readInt());
  }

  /** The class of a number that Python has kept, which may have been unloaded meanwhile. */
  static Class<?> numbered(int number) {
    try {
      return HostClass.numbered(number).type();
    } catch (HostCallException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
