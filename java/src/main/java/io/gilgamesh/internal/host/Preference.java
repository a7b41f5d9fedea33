package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Which types a value of a kind would rather be, best first, where subtypes do not tell. */
final class Preference {

  private static final Map<ValueKind, List<Class<?>>> ORDER =
      Map.ofEntries(
          Map.entry(ValueKind.BOOL, List.of(boolean.class, Boolean.class)),
          Map.entry(
              ValueKind.INT,
              List.of(
                  long.class,
                  Long.class,
                  int.class,
                  Integer.class,
                  short.class,
                  Short.class,
                  byte.class,
                  Byte.class,
                  BigInteger.class,
                  double.class,
                  float.class,
                  BigDecimal.class,
                  Double.class,
                  Float.class)),
          Map.entry(
              ValueKind.BIG_INT,
              List.of(
                  BigInteger.class,
                  BigDecimal.class,
                  double.class,
                  Double.class,
                  float.class,
                  Float.class)),
          Map.entry(
              ValueKind.FLOAT,
              List.of(double.class, Double.class, float.class, Float.class, BigDecimal.class)),
          Map.entry(
              ValueKind.STR,
              List.of(String.class, CharSequence.class, char.class, Character.class)),
          Map.entry(ValueKind.BYTES, List.of(byte[].class)),
          Map.entry(ValueKind.LIST, List.of(ArrayList.class)),
          Map.entry(ValueKind.SET, List.of(LinkedHashSet.class)),
          Map.entry(ValueKind.DICT, List.of(LinkedHashMap.class)),
          Map.entry(
              ValueKind.DECIMAL,
              List.of(
                  BigDecimal.class,
                  BigInteger.class,
                  double.class,
                  Double.class,
                  long.class,
                  Long.class,
                  int.class,
                  Integer.class,
                  short.class,
                  Short.class,
                  byte.class,
                  Byte.class,
                  float.class,
                  Float.class)),
          Map.entry(ValueKind.PYTHON, List.of(PythonObject.class)));

  private Preference() {}

  /** The place of a type in the order of a kind, -1 where it has none. */
  static int rank(ValueKind kind, Class<?> type) {
    return ORDER.getOrDefault(kind, List.of()).indexOf(type);
  }
}
