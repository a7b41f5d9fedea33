package io.gilgamesh.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers in the class that was asked for: the same number, or none. */
final class NumberTargets {

  /** An int of more decimal digits would take longer to make than anybody waits. */
  private static final int MOST_DIGITS = 1_000_000;

  private NumberTargets() {}

  /** The number as one of the boxed class, null where that has none that is equal. */
  static @Nullable Object of(Number value, Class<?> boxed) {
    if (value instanceof BigDecimal decimal) {
      return ofDecimal(decimal, boxed);
    } else if (value instanceof Double real) {
      return ofReal(real, boxed);
    }
    BigInteger integer =
        value instanceof BigInteger big ? big : BigInteger.valueOf(value.longValue());
    return ofInteger(integer, boxed);
  }

  /** Whether the class is one of numbers of that kind, so that only the size is wrong. */
  static boolean isOfKind(Number value, Class<?> boxed) {
    boolean wantsReal = boxed == Double.class || boxed == Float.class || boxed == BigDecimal.class;
    return Number.class.isAssignableFrom(boxed) && (wantsReal || !(value instanceof Double));
  }

  static @Nullable Object ofInteger(BigInteger value, Class<?> boxed) {
    if (boxed == BigInteger.class) {
      return value;
    } else if (boxed == BigDecimal.class) {
      return new BigDecimal(value);
    } else if (boxed == Double.class || boxed == Float.class) {
      return exactReal(new BigDecimal(value), boxed);
    }
    return value.bitLength() < Long.SIZE ? narrowed(value.longValue(), boxed) : null;
  }

  private static @Nullable Object narrowed(long value, Class<?> boxed) {
    if (boxed == Long.class) {
      return value;
    } else if (boxed == Integer.class) {
      return (int) value == value ? (Object) (int) value : null;
    } else if (boxed == Short.class) {
      return (short) value == value ? (Object) (short) value : null;
    } else if (boxed == Byte.class) {
      return (byte) value == value ? (Object) (byte) value : null;
    }
    return null;
  }

  /** A float is no int, whole or not; a decimal it is, unless it is no number or -0.0. */
  static @Nullable Object ofReal(double value, Class<?> boxed) {
    if (boxed == Double.class) {
      return value;
    } else if (boxed == Float.class) {
      return exactFloat(value);
    }
    boolean fits = Double.isFinite(value) && Double.compare(value, -0.0) != 0;
    return boxed == BigDecimal.class && fits ? new BigDecimal(value) : null;
  }

  static @Nullable Object ofDecimal(BigDecimal value, Class<?> boxed) {
    if (boxed == BigDecimal.class) {
      return value;
    } else if (boxed == Double.class || boxed == Float.class) {
      return exactReal(value, boxed);
    }
    BigInteger integer = exactInteger(value);
    return integer == null ? null : ofInteger(integer, boxed);
  }

  private static @Nullable BigInteger exactInteger(BigDecimal value) {
    if (value.signum() == 0) {
      return BigInteger.ZERO;
    }
    long digits = (long) value.precision() - value.scale();
    boolean possible = digits > 0 && digits <= MOST_DIGITS;
    return possible && value.stripTrailingZeros().scale() <= 0 ? value.toBigInteger() : null;
  }

  private static @Nullable Object exactReal(BigDecimal exact, Class<?> boxed) {
    double real = exact.doubleValue();
    if (Double.isInfinite(real) || new BigDecimal(real).compareTo(exact) != 0) {
      return null;
    }
    return boxed == Double.class ? (Object) real : exactFloat(real);
  }

  private static @Nullable Float exactFloat(double value) {
    float narrow = (float) value;
    return Double.compare(narrow, value) == 0 ? narrow : null;
  }
}
