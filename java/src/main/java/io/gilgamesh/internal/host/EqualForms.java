package io.gilgamesh.internal.host;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java values that are one and the same value in Python. Python has one {@code int}, which
 * arrives as {@code Long}; a list of {@code Integer} has it nevertheless, since its elements are
 * ints to Python.
 */
final class EqualForms {

  private EqualForms() {}

  /**
   * Names all forms of a value.
   *
   * @return the value itself first
   */
  static List<@Nullable Object> of(@Nullable Object value) {
    List<@Nullable Object> forms = new ArrayList<>();
    forms.add(value);
    if (value instanceof Long number) {
      addIntegers(forms, number);
      addFloats(forms, (double) number, number == (long) (double) number);
    } else if (value instanceof Double number) {
      addFloats(forms, number, true);
      addWhole(forms, number);
    } else if (value instanceof String text && text.length() == 1) {
      forms.add(text.charAt(0));
    }
    return forms;
  }

  private static void addWhole(List<@Nullable Object> forms, double number) {
    if (number == Math.rint(number) && Math.abs(number) < 0x1p63) {
      forms.add((long) number);
      addIntegers(forms, (long) number);
    }
  }

  private static void addIntegers(List<@Nullable Object> forms, long number) {
    if (number == (int) number) {
      forms.add((int) number);
    }
    if (number == (short) number) {
      forms.add((short) number);
    }
    if (number == (byte) number) {
      forms.add((byte) number);
    }
    forms.add(BigInteger.valueOf(number));
  }

  private static void addFloats(List<@Nullable Object> forms, double number, boolean exact) {
    if (exact) {
      forms.add(number);
    }
    if (exact && number == (float) number) {
      forms.add((float) number);
    }
  }
}
