package io.gilgamesh.internal.host;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Numbers that stay objects in Python, such as {@code AtomicLong}: {@code int}, {@code float}. */
final class NumberProtocol {

  private NumberProtocol() {}

  /** Cuts towards zero, as {@code int()} does with a float; by its text, which has all digits. */
  @Protocol("__int__")
  static BigInteger integer(Number number) {
    try {
      return new BigDecimal(number.toString()).toBigInteger();
    } catch (NumberFormatException e) {
      return ofDouble(number.doubleValue());
    }
  }

  private static BigInteger ofDouble(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new HostCallException(
          HostCallException.Kind.VALUE, "cannot convert " + value + " to an integer");
    }
    return new BigDecimal(value).toBigInteger();
  }

  @Protocol("__float__")
  static double floating(Number number) {
    return number.doubleValue();
  }

  @Protocol("__bool__")
  static boolean isTrue(Number number) {
    return number.doubleValue() != 0;
  }

  @Protocol("__index__")
  static long index(AtomicInteger number) {
    return number.get();
  }

  @Protocol("__index__")
  static long index(AtomicLong number) {
    return number.get();
  }

  @Protocol("__index__")
  static long index(LongAdder number) {
    return number.sum();
  }
}
