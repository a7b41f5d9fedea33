package io.gilgamesh.internal;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonTable;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tables made of records, a row of each, and taken apart into them. */
public final class TableRecords {

  /** Values that do not fit are told up to so many; no more rows are read then. */
  private static final int MOST_TOLD = 20;

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
      List<RecordComponent> components = shape.components();
      for (int i = 0; i < components.size(); i++) {
        TableColumns.add(table, components.get(i).getName(), column(shape, i, records));
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
      return new Rows(table, RecordShape.of(type), type.getSimpleName()).all(type);
    } catch (PathFailure e) {
      throw e.toConversion();
    }
  }

  /** One conversion, with all that is wrong so far. */
  private static final class Rows {

    private final PythonTable table;
    private final RecordShape shape;
    private final String name;
    private final List<RecordComponent> components;
    private final @Nullable Object[] columns;

    /** Whether a column has the very primitive type of its component. */
    private final boolean[] exact;

    private final List<String> errors = new ArrayList<>();
    private String firstPath = "";
    private String firstMessage = "";

    Rows(PythonTable table, RecordShape shape, String name) {
      this.table = table;
      this.shape = shape;
      this.name = name;
      this.components = shape.components();
      this.columns = new Object[components.size()];
      this.exact = new boolean[columns.length];
      takeColumns();
      checkNames();
      check();
    }

    private void takeColumns() {
      for (int i = 0; i < columns.length; i++) {
        String column = components.get(i).getName();
        Class<?> type = components.get(i).getType();
        if (table.columns().contains(column)) {
          columns[i] = TableColumns.get(table, column);
          exact[i] = type.isPrimitive() && table.type(column) == type;
        } else if (type != Optional.class) {
          refuse("", "has no column '" + column + "' for " + name);
        }
      }
    }

    /** A column that no component takes would be lost. */
    private void checkNames() {
      for (String column : table.columns()) {
        if (components.stream().noneMatch(component -> component.getName().equals(column))) {
          refuse(place(column), name + " has no such component; leave the column out by select()");
        }
      }
    }

    <R extends Record> List<R> all(Class<R> type) {
      List<R> records = new ArrayList<>(table.rows());
      for (int row = 0; row < table.rows() && errors.size() < MOST_TOLD; row++) {
        Object made = record(row);
        if (made != null) {
          records.add(type.cast(made));
        }
      }
      check();
      return records;
    }

    private @Nullable Object record(int row) {
      int before = errors.size();
      @Nullable Object[] parts = new Object[columns.length];
      for (int i = 0; i < parts.length; i++) {
        Object column = columns[i];
        Object value = column == null ? null : Array.get(column, row);
        parts[i] = exact[i] ? value : part(components.get(i), value, row);
      }
      try {
        return errors.size() > before ? null : shape.make(parts);
      } catch (PathFailure e) {
        return refuse("[" + row + "]", String.valueOf(e.getMessage()));
      }
    }

    private @Nullable Object part(RecordComponent component, @Nullable Object value, int row) {
      if (isFitting(component, value)) {
        return value;
      }
      try {
        return TypedConversion.convert(natural(value), component.getGenericType());
      } catch (PythonConversionException e) {
        String message = String.valueOf(e.getMessage());
        int prefix = e.path().isEmpty() ? 0 : e.path().length() + 2;
        String path = place(component.getName()) + "[" + row + "]" + e.path();
        return refuse(path, message.substring(prefix));
      }
    }

    /**
     * Whether the value needs no conversion; one of a type with parameters may, and null for an
     * Optional.
     */
    private static boolean isFitting(RecordComponent component, @Nullable Object value) {
      if (component.getGenericType() != component.getType()) {
        return false;
      }
      Class<?> type = component.getType();
      return value == null ? !type.isPrimitive() && type != Optional.class : type.isInstance(value);
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

    private @Nullable Object refuse(String path, String message) {
      if (errors.isEmpty()) {
        firstPath = path;
        firstMessage = message;
      }
      errors.add(path.isEmpty() ? message : path + ": " + message);
      return null;
    }

    private void check() {
      if (errors.size() == 1) {
        throw ApiBridge.get().conversion(firstPath, firstMessage);
      } else if (!errors.isEmpty()) {
        List<String> told = errors.subList(0, Math.min(errors.size(), MOST_TOLD));
        String head = errors.size() < MOST_TOLD ? errors.size() + " parts" : "many parts";
        throw ApiBridge.get().conversion("", head + " do not fit:\n  " + String.join("\n  ", told));
      }
    }
  }
}
