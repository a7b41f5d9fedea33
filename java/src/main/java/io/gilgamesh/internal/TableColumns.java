package io.gilgamesh.internal;

import io.gilgamesh.PythonTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A table's columns as arrays of any type: {@code Object[]} for values. */
final class TableColumns {

  private TableColumns() {}

  /** Adds a column that nobody else changes. */
  static void add(PythonTable.Builder table, String name, Object column) {
    if (column instanceof long[] longs) {
      table.longs(name, longs);
    } else if (column instanceof int[] ints) {
      table.ints(name, ints);
    } else if (column instanceof short[] shorts) {
      table.shorts(name, shorts);
    } else if (column instanceof double[] doubles) {
      table.doubles(name, doubles);
    } else if (column instanceof float[] floats) {
      table.floats(name, floats);
    } else if (column instanceof boolean[] booleans) {
      table.booleans(name, booleans);
    } else if (column instanceof String[] texts) {
      table.texts(name, texts);
    } else {
      table.values(name, Arrays.asList((@Nullable Object[]) column));
    }
  }

  /** Gives a column: its own array, or a copy where it holds values. */
  static Object get(PythonTable table, String name) {
    Class<?> type = table.type(name);
    if (type == long.class) {
      return table.longs(name);
    } else if (type == double.class) {
      return table.doubles(name);
    } else if (type == String.class) {
      return table.texts(name);
    } else if (type == boolean.class) {
      return table.booleans(name);
    } else if (type == int.class) {
      return table.ints(name);
    } else if (type == short.class) {
      return table.shorts(name);
    }
    return type == float.class ? table.floats(name) : table.values(name).toArray();
  }

  /** Tells what an element takes in transit: exactly for numbers, at least for others. */
  static int leastBytes(Class<?> type) {
    if (type == long.class || type == double.class) {
      return Long.BYTES;
    } else if (type == int.class || type == float.class) {
      return Integer.BYTES;
    }
    return type == short.class ? Short.BYTES : 1;
  }
}
