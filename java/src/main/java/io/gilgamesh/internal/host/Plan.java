package io.gilgamesh.internal.host;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** A chosen overload, with what has to be done to arguments of this kind. Immutable. */
final class Plan {

  private final String title;
  private final Overload overload;
  private final Candidate candidate;
  private final @Nullable Conversion[] conversions;
  private final boolean asTheyAre;

  Plan(String title, Candidate candidate) {
    this.title = title;
    this.candidate = candidate;
    overload = candidate.overload();
    conversions = new Conversion[candidate.fits().size()];
    boolean none = !candidate.variable();
    for (int i = 0; i < conversions.length; i++) {
      conversions[i] = candidate.fits().get(i).conversion();
      none &= conversions[i] == null;
    }
    asTheyAre = none;
  }

  @Nullable Object invoke(@Nullable Object target, @Nullable Object[] values) throws Throwable {
    return overload.invoke(target, asTheyAre ? values : arguments(values));
  }

  private @Nullable Object[] arguments(@Nullable Object[] values) {
    @Nullable Object[] converted = new Object[values.length];
    for (int i = 0; i < converted.length; i++) {
      converted[i] = convert(conversions[i], values[i], i);
    }
    return candidate.variable() ? collected(converted) : converted;
  }

  private @Nullable Object convert(
      @Nullable Conversion conversion, @Nullable Object value, int index) {
    if (conversion == null || value == null) {
      return value;
    }
    try {
      return conversion.of(value);
    } catch (RuntimeException e) {
      if (Parameter.isMisfit(e)) {
        throw CallFailures.argument(title, index, candidate.parameters().get(index), e);
      }
      throw e;
    }
  }

  /** Passes the last arguments in an array. */
  private @Nullable Object[] collected(@Nullable Object[] converted) {
    int single = overload.parameters().size() - 1;
    @Nullable Object[] all = new Object[single + 1];
    System.arraycopy(converted, 0, all, 0, single);
    Class<?> component = overload.parameters().get(single).type().getComponentType();
    Object rest = Array.newInstance(component, converted.length - single);
    if (rest instanceof Object[] objects) {
      System.arraycopy(converted, single, objects, 0, objects.length);
    } else {
      for (int i = single; i < converted.length; i++) {
        Array.set(rest, i - single, converted[i]);
      }
    }
    all[single] = rest;
    return all;
  }
}
