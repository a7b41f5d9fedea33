package io.gilgamesh.internal;

import io.gilgamesh.internal.host.HostClass;

/**
 * Enum constants, which are one object each in Python too.
 *
 * <p>A constant has no entry in {@link HostTable}, so it is neither counted nor given back. Its
 * reference is negative and says which it is: the number of its enum and its place there. What is
 * kept here hangs on the enum's class and leads to it weakly, by that number: an enum can be
 * unloaded though Python, which keeps its objects of constants as long as the interpreter lives,
 * has some; these are refused then.
 */
final class HostConstants {

  private static final ClassValue<Object[]> CONSTANTS =
      new ClassValue<>() {
        @Override
        protected Object[] computeValue(Class<?> type) {
          Object[] constants = type.getEnumConstants();
          if (constants == null) {
            throw new IllegalStateException(type.getName() + " is still being initialized");
          }
          return constants;
        }
      };

  private HostConstants() {}

  /** The reference of a constant, also of one with a body, which is of a class of its own. */
  @SuppressWarnings("EnumOrdinal") // never stored: the constants of this very class
  static long reference(Enum<?> constant) {
    long type = HostClass.of(constant.getDeclaringClass()).number();
    return Long.MIN_VALUE | type << 32 | constant.ordinal();
  }

  /** Whether a reference is that of a constant. */
  static boolean isOne(long reference) {
    return reference < 0;
  }

  static Object get(long reference) {
    int type = (int) (reference >>> 32) & Integer.MAX_VALUE;
    return CONSTANTS.get(ClassForms.numbered(type))[(int) reference];
  }
}
