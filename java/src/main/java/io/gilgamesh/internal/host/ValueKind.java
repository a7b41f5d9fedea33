package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an argument was in Python, and which types such a value would rather be, best first. */
enum ValueKind {
  NONE,
  BOOL(boolean.class, Boolean.class),
  INT(
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
      Float.class),
  BIG_INT(BigInteger.class, BigDecimal.class, double.class, Double.class, float.class, Float.class),
  FLOAT(double.class, Double.class, float.class, Float.class, BigDecimal.class),
  STR(String.class, CharSequence.class, char.class, Character.class),
  BYTES(byte[].class),
  LIST(ArrayList.class),
  SET(LinkedHashSet.class),
  DICT(LinkedHashMap.class),
  DECIMAL(
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
      Float.class),
  TIME,
  PATH,
  PYTHON(PythonObject.class),
  /** A Java object, an array, or a value of which Java has no other form. */
  OBJECT;

  private static final Map<Class<?>, ValueKind> KINDS =
      Map.ofEntries(
          Map.entry(Boolean.class, BOOL),
          Map.entry(Long.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(Short.class, INT),
          Map.entry(Byte.class, INT),
          Map.entry(BigInteger.class, BIG_INT),
          Map.entry(Double.class, FLOAT),
          Map.entry(Float.class, FLOAT),
          Map.entry(String.class, STR),
          Map.entry(byte[].class, BYTES),
          Map.entry(ArrayList.class, LIST),
          Map.entry(PythonTuple.class, LIST),
          Map.entry(LinkedHashSet.class, SET),
          Map.entry(LinkedHashMap.class, DICT),
          Map.entry(BigDecimal.class, DECIMAL),
          Map.entry(PythonObject.class, PYTHON));

  private final List<Class<?>> preferred;

  ValueKind(Class<?>... preferred) {
    this.preferred = List.of(preferred);
  }

  static ValueKind of(@Nullable Object value) {
    if (value == null) {
      return NONE;
    }
    ValueKind known = KINDS.get(value.getClass());
    if (known != null) {
      return known;
    } else if (value instanceof Temporal) {
      return TIME;
    }
    return value instanceof Path ? PATH : OBJECT;
  }

  /** The place of a type in the order of preference, -1 where it has none. */
  int rank(Class<?> type) {
    return preferred.indexOf(type);
  }
}
