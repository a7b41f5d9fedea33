package io.gilgamesh.internal;

import io.gilgamesh.PythonTable;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables made of records, a row of each, and taken apart into them. */
public final class TableRecords {

  private TableRecords() {}

  // ---- records to a table

  /**
   * Makes a table of records.
   *
   * @param type their class, whose components become the columns
   * @param rows the records
   * @return a table
   */
  public static PythonTable table(Class<?> type, Collection<? extends Record> rows) {
    try {
      RecordShape shape = RecordShape.of(type);
      Record[] records = rows.toArray(Record[]::new);
      PythonTable.Builder table = PythonTable.builder();
      for (int i = 0; i < shape.size(); i++) {
        TableColumns.add(table, shape.name(i), column(shape, i, records));
      }
      return table.build();
    } catch (PathFailure e) {
      throw e.toConversion();
    }
  }

  private static Object column(RecordShape shape, int component, Record[] records) {
    Class<?> type = shape.components().get(component).getType();
    Object column = Array.newInstance(elementType(type), records.length);
    for (int row = 0; row < records.length; row++) {
      try {
        Array.set(column, row, shape.get(Parameters.required(records[row], "a record"), component));
      } catch (PathFailure e) {
        throw e.within(column, row);
      }
    }
    return column;
  }

  private static Class<?> elementType(Class<?> type) {
    if (type == byte.class) {
      return short.class;
    }
    boolean kept = (type.isPrimitive() && type != char.class) || type == String.class;
    return kept ? type : Object.class;
  }

  // ---- a table to records

  /**
   * Makes a record of each row.
   *
   * @param <R> the record
   * @param table the table
   * @param type the record's class
   * @return the records, in a list of its own
   */
  public static <R extends Record> List<R> records(PythonTable table, Class<R> type) {
    try {
      return new Rows(table, type).all(type);
    } catch (PathFailure e) {
      throw e.toConversion();
    }
  }

  /** One conversion, with all that is wrong so far. */
  private static final class Rows {

    private final PythonTable table;
    private final RecordShape shape;
    private final String name;
    private final RecordReader reader;
    private final @Nullable Object[] columns;

    /** Whether a column has the very primitive type of its component. */
    private final boolean[] exact;

    private @Nullable Misfit misfit;

    Rows(PythonTable table, Class<?> type) {
      this.table = table;
      this.shape = RecordShape.of(type);
      this.name = type.getSimpleName();
      this.reader = (RecordReader) TypeReaders.of(ResolvedType.of(type), ConverterTable.EMPTY);
      this.columns = new Object[shape.size()];
      this.exact = new boolean[columns.length];
      takeColumns();
      checkNames();
      check();
    }

    private void takeColumns() {
      for (int i = 0; i < columns.length; i++) {
        String column = shape.name(i);
        Class<?> type = shape.components().get(i).getType();
        if (table.columns().contains(column)) {
          columns[i] = TableColumns.get(table, column);
          exact[i] = type.isPrimitive() && table.type(column) == type;
        } else if (type != Optional.class) {
          note(new Misfit("has no column '" + column + "' for " + name));
        }
      }
    }

    /** A column that no component takes would be lost. */
    private void checkNames() {
      for (String column : table.columns()) {
        if (!shape.names().contains(column)) {
          note(
              new Misfit(name + " has no such component; leave the column out by select()")
                  .within(place(column)));
        }
      }
    }

    <R extends Record> List<R> all(Class<R> type) {
      List<R> records = new ArrayList<>(table.rows());
      for (int row = 0; row < table.rows(); row++) {
        try {
          records.add(type.cast(record(row)));
        } catch (Misfit e) {
          note(e);
        }
      }
      check();
      return records;
    }

    private Object record(int row) {
      @Nullable Object[] parts = new Object[columns.length];
      Misfit unfit = null;
      for (int i = 0; i < parts.length; i++) {
        try {
          parts[i] = part(i, row);
        } catch (Misfit e) {
          unfit = e.within(place(shape.name(i)) + "[" + row + "]").after(unfit);
        }
      }
      if (unfit != null) {
        throw unfit;
      }
      try {
        return shape.make(parts);
      } catch (Misfit e) {
        throw e.within("[" + row + "]");
      }
    }

    private @Nullable Object part(int index, int row) {
      Object column = columns[index];
      Object value = column == null ? null : Array.get(column, row);
      return exact[index] ? value : reader.part(index).of(natural(value));
    }

    /** The number as it would have come by itself. */
    private static @Nullable Object natural(@Nullable Object value) {
      if (value instanceof Integer || value instanceof Short) {
        return ((Number) value).longValue();
      }
      return value instanceof Float real ? (Object) real.doubleValue() : value;
    }

    private static String place(String column) {
      return "[" + PathFailure.show(column) + "]";
    }

    private void note(Misfit wrong) {
      misfit = wrong.after(misfit);
    }

    private void check() {
      if (misfit != null) {
        throw misfit.toConversion();
      }
    }
  }
}
