package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.internal.facade.Proxies;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an argument was in Python. */
enum ValueKind {
  NONE,
  BOOL,
  INT,
  BIG_INT,
  FLOAT,
  STR,
  BYTES,
  LIST,
  SET,
  DICT,
  DECIMAL,
  TIME,
  PATH,
  PYTHON,
  /** An object whose class derives from Java's interfaces. */
  IMPLEMENTATION,
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

  static ValueKind of(@Nullable Object value) {
    if (value == null) {
      return NONE;
    }
    ValueKind known = KINDS.get(value.getClass());
    if (known != null) {
      return known;
    } else if (value instanceof Temporal) {
      return TIME;
    } else if (value instanceof Path) {
      return PATH;
    }
    return Proxies.implementation(value) == null ? OBJECT : IMPLEMENTATION;
  }
}
