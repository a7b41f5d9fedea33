package io.gilgamesh.bench;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a row has to reach.
 *
 * @param text the bar in words, empty where there is none
 * @param met whether a result reaches it
 */
record Bar(String text, Predicate<Result> met) {

  static final Bar NONE = new Bar("", result -> true);

  static Bar ratio(double most) {
    return new Bar("ratio <= " + number(most), result -> result.ratio() <= most);
  }

  static Bar ratioAtLeast(double least) {
    return new Bar("ratio >= " + number(least), result -> result.ratio() >= least);
  }

  static Bar element(double most) {
    return new Bar(
        number(most) + " ns an element", result -> result.extra(Harness.ELEMENT) <= most);
  }

  static Bar micros(double most) {
    return new Bar(number(most) + " us", result -> result.ns() <= most * 1e3);
  }

  static Bar millis(double most) {
    return new Bar(number(most) + " ms", result -> result.ns() <= most * 1e6);
  }

  static Bar start(double millis, double megabytes) {
    return new Bar(
        number(millis) + " ms, " + number(megabytes) + " MB over",
        result ->
            result.extra(StartBenchmark.OVER_MS) <= millis
                && result.extra(StartBenchmark.OVER_MB) <= megabytes);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
