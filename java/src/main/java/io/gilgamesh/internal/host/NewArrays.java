package io.gilgamesh.internal.host;

import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.host.HostCallException.Kind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;

/**
 * Makes arrays for scripts, of a length or of elements, which are converted as arguments are.
 * Python has brought what it was given to one of three forms: an int, a list, or bytes for bytes.
 */
final class NewArrays {

  private static final MethodHandle MAKE =
      StaticHandles.find(NewArrays.class, "make", Object.class, Class.class, Object.class);

  private NewArrays() {}

  /** What stands in the place of a constructor of a type of arrays. */
  static MethodHandle maker(Class<?> type) {
    return MethodHandles.insertArguments(MAKE, 0, type);
  }

  /** What {@link #MAKE} calls. */
  static Object make(Class<?> type, Object given) {
    return given instanceof Number length ? ofLength(type, length) : ofElements(type, given);
  }

  private static Object ofLength(Class<?> type, Number length) {
    long count = length instanceof Long fitting ? fitting : Long.MAX_VALUE;
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new HostCallException(
          Kind.VALUE, type.getTypeName() + " has from 0 to 2147483647 elements, not " + length);
    }
    try {
      return Array.newInstance(type.getComponentType(), (int) count);
    } catch (OutOfMemoryError e) {
      throw new HostCallException(
          Kind.MEMORY, "Java has no memory for " + count + " elements of " + type.getTypeName());
    }
  }

  private static Object ofElements(Class<?> type, Object elements) {
    try {
      Object made = new Parameter("elements", ResolvedType.of(type)).convert(elements);
      return made == null ? elements : made;
    } catch (RuntimeException e) {
      if (Parameter.isMisfit(e)) {
        throw new HostCallException(Kind.TYPE, type.getTypeName() + ": " + e.getMessage());
      }
      throw e;
    }
  }
}
