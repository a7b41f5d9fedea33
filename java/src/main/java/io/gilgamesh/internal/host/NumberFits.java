package io.gilgamesh.internal.host;

import io.gilgamesh.internal.Targets;
import io.gilgamesh.internal.host.Fit.Certainty;
import java.math.BigDecimal;
import java.math.BigInteger;

/** How numbers fit types. */
final class NumberFits {

  private static final Conversion LONG = value -> number(value).longValue();
  private static final Conversion INT = value -> number(value).intValue();
  private static final Conversion SHORT = value -> number(value).shortValue();
  private static final Conversion BYTE = value -> number(value).byteValue();
  private static final Conversion DOUBLE = value -> number(value).doubleValue();
  private static final Conversion FLOAT = value -> number(value).floatValue();

  private NumberFits() {}

  private static Number number(Object value) {
    return (Number) value;
  }

  /** An int of 64 bits. Narrow types take it where it fits, real ones as Java widens a long. */
  static Fit ofInt(Number number, Class<?> type, Class<?> boxed) {
    long value = number.longValue();
    if (boxed == Long.class) {
      return number instanceof Long ? Fit.EXACT : Fit.implicit(LONG);
    } else if (boxed == Integer.class) {
      return narrow(number, (int) value == value, INT);
    } else if (boxed == Short.class) {
      return narrow(number, (short) value == value, SHORT);
    } else if (boxed == Byte.class) {
      return narrow(number, (byte) value == value, BYTE);
    }
    return real(type, boxed, value);
  }

  /** The key of a cached choice has the range of a Long, and of nothing else. */
  private static Fit narrow(Number number, boolean fits, Conversion conversion) {
    if (!fits) {
      // That it does not fit is as uncertain as that it does.
      return number instanceof Long ? Fit.NONE : Fit.NONE.with(Certainty.BY_VALUE);
    }
    Fit fit = Fit.implicit(conversion);
    return number instanceof Long ? fit : fit.with(Certainty.BY_VALUE);
  }

  private static Fit real(Class<?> type, Class<?> boxed, long value) {
    if (boxed == Double.class) {
      return type.isPrimitive() ? Fit.implicit(DOUBLE) : Fit.explicit(DOUBLE);
    } else if (boxed == Float.class) {
      return type.isPrimitive() ? Fit.implicit(FLOAT) : Fit.explicit(FLOAT);
    } else if (type == BigInteger.class) {
      return Fit.implicit(integer -> BigInteger.valueOf(number(integer).longValue()));
    } else if (type == BigDecimal.class) {
      return Fit.implicit(integer -> BigDecimal.valueOf(number(integer).longValue()));
    }
    return type.isInstance(value) ? Fit.IMPLICIT : Fit.NONE;
  }

  /** An int of more than 64 bits. */
  static Fit ofBigInt(BigInteger value, Class<?> type, Class<?> boxed) {
    if (type == BigDecimal.class) {
      return Fit.implicit(integer -> new BigDecimal((BigInteger) integer));
    } else if (boxed == Double.class) {
      return byValue(!Double.isInfinite(value.doubleValue()), DOUBLE);
    } else if (boxed == Float.class) {
      return byValue(!Float.isInfinite(value.floatValue()), FLOAT);
    }
    return type.isInstance(value) ? Fit.IMPLICIT : Fit.NONE;
  }

  private static Fit byValue(boolean fits, Conversion conversion) {
    return (fits ? Fit.explicit(conversion) : Fit.NONE).with(Certainty.BY_VALUE);
  }

  /** A float. It becomes the nearest one of Java's narrow floats, and never an integer. */
  static Fit ofFloat(Number value, Class<?> type, Class<?> boxed) {
    if (boxed == Double.class) {
      return Fit.exact(DOUBLE);
    } else if (boxed == Float.class) {
      return isInFloatRange(value.doubleValue()) ? Fit.implicit(FLOAT) : Fit.NONE;
    } else if (type == BigDecimal.class) {
      return Fit.ifConvertible(real -> Targets.convert(real, BigDecimal.class));
    }
    return type.isInstance(value) ? Fit.IMPLICIT : Fit.NONE;
  }

  static boolean isInFloatRange(double value) {
    return Float.isInfinite((float) value) == Double.isInfinite(value);
  }

  /** A Decimal, which becomes another number where that is equal. */
  static Fit ofDecimal(BigDecimal value, Class<?> type, Class<?> boxed) {
    if (type.isInstance(value)) {
      return Fit.IMPLICIT;
    }
    return boxed != Character.class && Number.class.isAssignableFrom(boxed)
        ? Fit.ifConvertible(decimal -> Targets.convert(decimal, type))
        : Fit.NONE;
  }
}
