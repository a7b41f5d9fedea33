package io.gilgamesh;

import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.TablePreview;
import io.gilgamesh.internal.TableRecords;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named columns of equal length, which cross to Python and back in one piece. Numbers are arrays of
 * primitives and cross as blocks, without an object for each.
 *
 * <p>Passed to Python, a table is a dict of its columns: an {@code array.array} for numbers, a list
 * for booleans, texts and values. {@link #toPandas(PythonScope)} makes a DataFrame of it. From
 * Python comes a table by {@link PythonObject#toTable}, or by {@code PythonTable.class} as the
 * target of a verb such as {@code callTo}.
 *
 * <p>Arrays are not copied, neither by the builder nor by the getters: a table has the very arrays
 * that it was given, and gives them away. It is immutable where nobody changes those. Lists of
 * values are copied. A table that nobody changes may be used by any thread.
 */
public final class PythonTable extends NamedColumns {

  private PythonTable(Map<String, Object> columns, int rows) {
    super(columns, rows);
  }

  /**
   * Begins a table.
   *
   * @return a builder, to be used by one thread
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes a table of records, a row of each; see {@link #of(Class, Collection)}, which takes no
   * rows too.
   *
   * @param <R> the record
   * @param records at least one
   * @return a table
   * @throws IllegalArgumentException if there is no record to tell the columns
   */
  public static <R extends Record> PythonTable of(List<R> records) {
    if (Parameters.required(records, "records").isEmpty()) {
      throw new IllegalArgumentException(
          "no record tells the columns; use of(Class, Collection), which knows them");
    }
    return of(Parameters.required(records.get(0), "a record").getClass(), records);
  }

  /**
   * Makes a table of records, a row of each. The components become the columns, in their order:
   * those of type {@code long}, {@code int}, {@code short}, {@code double}, {@code float} and
   * {@code boolean} arrays of that, {@code byte} an array of shorts, Strings texts, and all others
   * values.
   *
   * @param type the records' class
   * @param records the rows
   * @return a table
   * @throws PythonConversionException if an accessor of the record's throws
   */
  public static PythonTable of(Class<? extends Record> type, Collection<? extends Record> records) {
    return TableRecords.table(
        Parameters.required(type, "type"), Parameters.required(records, "records"));
  }

  /**
   * Makes a record of each row. Components take the columns of their names, converted where that is
   * exact, as {@link PythonObject#to(TypeRef)} does; a component without a column is wrong unless
   * it is an {@code Optional}, and so is a column without a component, which {@link #select} leaves
   * out.
   *
   * @param <R> the record
   * @param type the record's class
   * @return the records, in a list of its own
   * @throws PythonConversionException if columns or values do not fit; the first 20 are told, each
   *     by its column and its row from 0
   */
  public <R extends Record> List<R> toRecords(Class<R> type) {
    return TableRecords.records(this, Parameters.required(type, "type"));
  }

  /**
   * Makes a pandas DataFrame of this table. Columns of numbers and booleans get NumPy's type of the
   * same width, over memory that is Python's own; of texts and values pandas chooses the type where
   * that loses nothing, ints and booleans with null become {@code Int64} and {@code boolean}, and
   * what else has no such type {@code object}. The index numbers the rows.
   *
   * @param scope where
   * @return the DataFrame
   * @throws PythonException if pandas is not installed for this Python; {@link PythonEnvironment}
   *     installs it
   * @throws PythonConversionException if a value cannot cross, or all is more than 2 GB
   * @throws IllegalStateException if the scope is closed
   */
  public PythonObject toPandas(PythonScope scope) {
    return frame(scope, null);
  }

  /**
   * Makes a pandas DataFrame of this table, as {@link #toPandas(PythonScope)} does, with a column
   * as its index.
   *
   * @param scope where
   * @param index the column
   * @return the DataFrame
   * @throws IllegalArgumentException if there is no such column
   * @throws PythonException if pandas is not installed for this Python; {@link PythonEnvironment}
   *     installs it
   * @throws PythonConversionException if a value cannot cross, or all is more than 2 GB
   * @throws IllegalStateException if the scope is closed
   */
  public PythonObject toPandas(PythonScope scope, String index) {
    type(index);
    return frame(scope, index);
  }

  private PythonObject frame(PythonScope scope, @Nullable String index) {
    List<String> booleans = new ArrayList<>();
    columns.forEach(
        (name, column) -> {
          if (column instanceof boolean[]) {
            booleans.add(name);
          }
        });
    try (PythonObject frames =
        Parameters.required(scope, "scope").importModule("gilgamesh._frames")) {
      return frames.call("to_pandas", this, booleans, index);
    }
  }

  /**
   * Takes some columns.
   *
   * @param names the wanted columns, in the wanted order
   * @return a table of these, which shares their arrays
   * @throws IllegalArgumentException if there is no such column, or a name is given twice
   */
  public PythonTable select(String... names) {
    Builder selected = builder();
    for (String name : Parameters.required(names, "names")) {
      selected.add(name, column(name));
    }
    return selected.build();
  }

  // ---- as an object

  /**
   * Compares names, types and contents; NaN is equal to itself here, and 0.0 is not -0.0.
   *
   * @param other any object
   * @return whether it is a table of equal columns in the same order
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PythonTable table && Arrays.deepEquals(parts(), table.parts());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts());
  }

  private Object[] parts() {
    return new Object[] {columns.keySet().toArray(), columns.values().toArray()};
  }

  /**
   * Shows the first rows of the first columns.
   *
   * @return a line such as {@code PythonTable[2 rows: id=[1, 2], name=[a, b]]}
   */
  @Override
  public String toString() {
    return TablePreview.of(this);
  }

  /** Collects columns. Not for use by several threads at once. */
  public static final class Builder {

    private final Map<String, Object> columns = new LinkedHashMap<>();
    private @Nullable String first;
    private int rows;

    private Builder() {}

    /**
     * Adds a column.
     *
     * @param column its name, any text
     * @param values the rows; not copied
     * @return this builder
     * @throws IllegalArgumentException if the name is there already, or the first column has
     *     another number of rows. The same for the columns below.
     */
    public Builder longs(String column, long[] values) {
      return add(column, values);
    }

    /**
     * Adds a column.
     *
     * @param column its name, any text
     * @param values the rows; not copied
     * @return this builder
     */
    public Builder ints(String column, int[] values) {
      return add(column, values);
    }

    /**
     * Adds a column.
     *
     * @param column its name, any text
     * @param values the rows; not copied
     * @return this builder
     */
    public Builder shorts(String column, short[] values) {
      return add(column, values);
    }

    /**
     * Adds a column.
     *
     * @param column its name, any text
     * @param values the rows; not copied
     * @return this builder
     */
    public Builder doubles(String column, double[] values) {
      return add(column, values);
    }

    /**
     * Adds a column.
     *
     * @param column its name, any text
     * @param values the rows; not copied
     * @return this builder
     */
    public Builder floats(String column, float[] values) {
      return add(column, values);
    }

    /**
     * Adds a column.
     *
     * @param column its name, any text
     * @param values the rows; not copied
     * @return this builder
     */
    public Builder booleans(String column, boolean[] values) {
      return add(column, values);
    }

    /**
     * Adds a column.
     *
     * @param column its name, any text
     * @param values the rows, null for None; not copied
     * @return this builder
     */
    public Builder texts(String column, @Nullable String[] values) {
      return add(column, values);
    }

    /**
     * Adds a column of values of any class that has a Python form.
     *
     * @param column its name, any text
     * @param values the rows, null for None; copied
     * @return this builder
     */
    public Builder values(String column, Collection<? extends @Nullable Object> values) {
      Object[] copy = Parameters.required(values, "values").toArray();
      return add(column, Arrays.copyOf(copy, copy.length, Object[].class));
    }

    private Builder add(String name, Object column) {
      Parameters.required(name, "column");
      int length = Array.getLength(Parameters.required(column, "values"));
      if (columns.containsKey(name)) {
        throw new IllegalArgumentException("there is a column '" + name + "' already");
      } else if (first != null && length != rows) {
        throw new IllegalArgumentException(
            "the column '" + name + "' has length " + length + ", and '" + first + "' has " + rows);
      }
      first = first == null ? name : first;
      rows = length;
      columns.put(name, column);
      return this;
    }

    /**
     * Ends the table; the builder may go on to another that has these columns too.
     *
     * @return a table
     */
    public PythonTable build() {
      return new PythonTable(new LinkedHashMap<>(columns), rows);
    }
  }
}
