package io.gilgamesh.internal;

import io.gilgamesh.PythonTable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tables: to Python a dict of columns, from Python a reply of its own form. */
final class TableForms {

  /** Reads tables, alone or in other values. */
  static final TypeReader READER =
      new TypeReader() {
        @Override
        void describe(ShapeDefinition shape) {
          shape.node(ShapeDefinition.TABLE);
        }

        @Override
        @Nullable Object read(Reader from) {
          return TableForms.read(from);
        }
      };

  /** What the tag and the count of a column take, and a short name. */
  private static final int HEAD = 64;

  private TableForms() {}

  // ---- to Python

  /** Writes a table; false where the value is none. */
  static boolean writeOther(Exchange to, Object value, int depth) {
    if (!(value instanceof PythonTable table)) {
      return false;
    }
    CollectionForms.checkDepth(depth);
    makeRoom(to, table);
    CollectionForms.writeHead(to, Tag.DICT, table.columns().size());
    for (String name : table.columns()) {
      TextForms.write(to, name);
      try {
        ValueEncoder.write(to, TableColumns.get(table, name), depth + 1);
      } catch (PathFailure e) {
        throw e.withinValue(table, name);
      }
    }
    return true;
  }

  /**
   * Refuses what is too much to cross before any of it is copied, and spares a large request its
   * growth by steps.
   */
  private static void makeRoom(Exchange to, PythonTable table) {
    long bytes = 0;
    for (String name : table.columns()) {
      bytes += HEAD + (long) table.rows() * TableColumns.leastBytes(table.type(name));
    }
    to.position = to.reserve(bytes);
  }

  // ---- from Python

  /** Reads what the core writes for {@link Want#TABLE}; null for None. */
  static @Nullable PythonTable read(Reader from) {
    if (from.readByte() == Tag.NULL) {
      return null;
    }
    PythonTable.Builder table = PythonTable.builder();
    for (int left = from.readInt(); left > 0; left--) {
      String name = Objects.requireNonNull(ValueDecoder.readText(from), "a column has a name");
      TableColumns.add(table, name, readColumn(from));
    }
    return table.build();
  }

  private static Object readColumn(Reader from) {
    if (from.readByte() == Tag.LIST) {
      return readValues(from);
    } else if (from.buffer.get(from.position) != '?') {
      return ArrayForms.read(from);
    }
    from.position++;
    return readBooleans(from);
  }

  private static boolean[] readBooleans(Reader from) {
    boolean[] booleans = new boolean[from.readCount(1)];
    for (int i = 0; i < booleans.length; i++) {
      booleans[i] = from.readByte() != 0;
    }
    return booleans;
  }

  /** Texts are told from other values here, where each is looked at anyway. */
  private static @Nullable Object[] readValues(Reader from) {
    @Nullable Object[] values = new Object[from.readCount(1)];
    int texts = 0;
    int nulls = 0;
    for (int i = 0; i < values.length; i++) {
      Object value = ValueDecoder.read(from);
      texts += value instanceof String ? 1 : 0;
      nulls += value == null ? 1 : 0;
      values[i] = value;
    }
    boolean isText = texts > 0 && texts + nulls == values.length;
    return isText ? Arrays.copyOf(values, values.length, String[].class) : values;
  }
}
