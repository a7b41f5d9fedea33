package io.gilgamesh;

import io.gilgamesh.internal.BoxedColumn;
import io.gilgamesh.internal.Parameters;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a {@link PythonTable}, by their names. */
abstract class NamedColumns {

  /** Arrays of one length; {@code Object[]} for values. */
  final Map<String, Object> columns;

  private final int rows;

  NamedColumns(Map<String, Object> columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  // ---- what is there

  /**
   * Tells how many rows there are.
   *
   * @return the length of each column, 0 where there is none
   */
  public int rows() {
    return rows;
  }

  /**
   * Tells the columns' names.
   *
   * @return the names in their order, unmodifiable
   */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /**
   * Tells what a column holds, and so which getter gives it.
   *
   * @param column its name
   * @return such as {@code long.class} or {@code String.class}; {@code Object.class} for values
   * @throws IllegalArgumentException if there is no such column
   */
  public Class<?> type(String column) {
    return elementType(column(column));
  }

  private static Class<?> elementType(Object column) {
    return column.getClass().getComponentType();
  }

  // ---- columns

  /**
   * Gives a column of longs.
   *
   * @param column its name
   * @return the table's own array
   * @throws IllegalArgumentException if there is no such column, or it holds something else; one of
   *     values without a row is of each type. The same for the getters below.
   */
  public long[] longs(String column) {
    return get(column, long[].class);
  }

  /**
   * Gives a column of ints.
   *
   * @param column its name
   * @return the table's own array
   */
  public int[] ints(String column) {
    return get(column, int[].class);
  }

  /**
   * Gives a column of shorts.
   *
   * @param column its name
   * @return the table's own array
   */
  public short[] shorts(String column) {
    return get(column, short[].class);
  }

  /**
   * Gives a column of doubles.
   *
   * @param column its name
   * @return the table's own array
   */
  public double[] doubles(String column) {
    return get(column, double[].class);
  }

  /**
   * Gives a column of floats.
   *
   * @param column its name
   * @return the table's own array
   */
  public float[] floats(String column) {
    return get(column, float[].class);
  }

  /**
   * Gives a column of booleans.
   *
   * @param column its name
   * @return the table's own array
   */
  public boolean[] booleans(String column) {
    return get(column, boolean[].class);
  }

  /**
   * Gives a column of texts.
   *
   * @param column its name
   * @return the table's own array, with null for None
   */
  public @Nullable String[] texts(String column) {
    return get(column, String[].class);
  }

  /**
   * Gives a column of any type.
   *
   * @param column its name
   * @return a view of the values, boxed where they are primitive; unmodifiable
   * @throws IllegalArgumentException if there is no such column
   */
  public List<@Nullable Object> values(String column) {
    return new BoxedColumn(column(column));
  }

  final Object column(String name) {
    Object column = columns.get(Parameters.required(name, "column"));
    if (column == null) {
      throw new IllegalArgumentException(
          "there is no column '" + name + "'; there are " + columns.keySet());
    }
    return column;
  }

  private <A> A get(String name, Class<A> type) {
    Object column = column(name);
    if (type.isInstance(column)) {
      return type.cast(column);
    } else if (rows == 0 && elementType(column) == Object.class) {
      return type.cast(Array.newInstance(type.getComponentType(), 0));
    }
    boolean isValues = elementType(column) == Object.class;
    String what = isValues ? "values: take values()" : elementType(column).getSimpleName() + "s";
    throw new IllegalArgumentException(
        "the column '"
            + name
            + "' is not of "
            + type.getComponentType().getSimpleName()
            + "s but of "
            + what);
  }
}
