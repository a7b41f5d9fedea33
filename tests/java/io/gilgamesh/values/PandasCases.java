package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTable;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.Crossings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What {@link PandasTest} runs where NumPy and pandas are installed; each method is a case. */
final class PandasCases {

  private final Python python;
  private final PythonContext context;

  PandasCases(Python python, PythonContext context) {
    this.python = python;
    this.context = context;
    context.exec("import datetime, numpy as np, pandas as pd");
  }

  private PythonTable table(String expression) {
    return context.eval(expression).toTable();
  }

  private void refused(String expression, String path, String message) {
    PythonConversionException e =
        assertThrows(PythonConversionException.class, () -> table(expression));
    assertEquals(path, e.path());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  /** A column of a series: what it holds, and its values. */
  private void column(String series, Class<?> type, Object... values) {
    PythonTable table = table("pd.DataFrame({'x': " + series + "})");
    assertEquals(type, table.type("x"), series);
    assertEquals(Arrays.asList(values), table.values("x"), series);
    assertEquals(table, table("{'x': " + series + "}"), series);
  }

  // ---- to pandas

  void numbersGetTheTypeOfTheSameWidthOverMemoryOfTheirOwn() {
    PythonTable table =
        PythonTable.builder()
            .longs("q", new long[] {1, Long.MIN_VALUE})
            .ints("i", new int[] {1, 2})
            .shorts("h", new short[] {1, 2})
            .doubles("d", new double[] {-0.0, Double.NaN})
            .floats("f", new float[] {1, 2})
            .booleans("b", new boolean[] {true, false})
            .build();
    PythonObject frame = table.toPandas(context);
    context.set("df", frame);
    assertEquals(
        "['int64', 'int32', 'int16', 'float64', 'float32', 'bool']",
        context.evalText("str([str(t) for t in df.dtypes])"));
    assertTrue(context.evalBoolean("df.q.dtype.num == np.dtype('int64').num"));
    assertEquals(table, frame.toTable());
    context.exec("df.loc[0, 'q'] = 5");
    assertEquals(5, context.evalLong("int(df.q.iloc[0])"));
    assertEquals(1, table.longs("q")[0], "Java's array is another");
  }

  void textsAndValuesLoseNothing() {
    PythonTable table =
        PythonTable.builder()
            .texts("t", new String[] {"a", null, "é"})
            .values("n", Arrays.asList(1L, null, (1L << 60) + 1))
            .values("b", Arrays.asList(true, null, false))
            .values("d", Arrays.asList(LocalDate.EPOCH, null, LocalDate.EPOCH))
            .values("p", Arrays.asList(new BigDecimal("1.50"), null, BigDecimal.ONE))
            .values("m", Arrays.asList(1L, "a", 2.5))
            .values("w", Arrays.asList(LocalDateTime.of(2024, 2, 29, 1, 2), null, null))
            .values("s", Arrays.asList(Duration.ofSeconds(5), null, Duration.ZERO))
            .build();
    PythonObject frame = table.toPandas(context);
    context.set("df", frame);
    assertEquals(
        "['object', 'Int64', 'boolean', 'object', 'object', 'object', 'datetime64[ns]',"
            + " 'timedelta64[ns]']",
        context.evalText("str([str(t) for t in df.dtypes])"));
    assertEquals(table, frame.toTable());
  }

  void aColumnMayBeTheIndex() {
    PythonTable table =
        PythonTable.builder()
            .texts("id", new String[] {"a", "b"})
            .longs("x", new long[] {1, 2})
            .build();
    try (PythonTransaction tx = context.begin()) {
      tx.set("df", table.toPandas(tx, "id"));
      assertEquals(2, tx.evalLong("int(df.loc['b', 'x'])"));
      assertEquals(table, tx.get("df").toTable());
    }
  }

  void emptyAndWideTablesBecomeFrames() {
    assertEquals(
        PythonTable.builder().build(), PythonTable.builder().build().toPandas(context).toTable());
    PythonTable empty =
        PythonTable.builder().longs("q", new long[0]).booleans("b", new boolean[0]).build();
    assertEquals(empty, empty.toPandas(context).toTable());
    PythonTable.Builder wide = PythonTable.builder();
    for (int i = 0; i < 1000; i++) {
      wide.doubles("column " + i, new double[] {i});
    }
    PythonTable table = wide.build();
    context.set("df", table.toPandas(context));
    context.exec("import warnings; warnings.simplefilter('error'); df['more'] = 1; del df['more']");
    assertEquals(table, context.get("df").toTable());
  }

  void aDictOfATableMakesTheSameFrame() {
    context.set("t", PythonTable.builder().longs("x", new long[] {1, 2}).build());
    assertEquals("int64", context.evalText("str(pd.DataFrame(t).x.dtype)"));
    assertEquals("int64", context.evalText("str(np.asarray(t['x']).dtype)"));
  }

  // ---- from pandas

  void columnsOfNumbersKeepTheirWidthOrGetTheNextWider() {
    column("pd.Series([1, -2])", long.class, 1L, -2L);
    column("pd.Series([1, -2], dtype='int32')", int.class, 1, -2);
    column("pd.Series([1, -2], dtype='int16')", short.class, (short) 1, (short) -2);
    column("pd.Series([1, -2], dtype='int8')", short.class, (short) 1, (short) -2);
    column("pd.Series([1, 255], dtype='uint8')", short.class, (short) 1, (short) 255);
    column("pd.Series([1, 65535], dtype='uint16')", int.class, 1, 65535);
    column("pd.Series([1, 2**32 - 1], dtype='uint32')", long.class, 1L, (1L << 32) - 1);
    column("pd.Series([1, 2**63 - 1], dtype='uint64')", long.class, 1L, Long.MAX_VALUE);
    column("pd.Series([1, 2**63], dtype='uint64')", Object.class, 1L, BigInteger.ONE.shiftLeft(63));
    column("pd.Series([-0.0, np.nan])", double.class, -0.0, Double.NaN);
    column("pd.Series([0.5], dtype='float32')", float.class, 0.5f);
    column("pd.Series([0.5], dtype='float16')", float.class, 0.5f);
    column("pd.Series([True, False])", boolean.class, true, false);
    column("pd.Series([1, 2], dtype='>i8')", long.class, 1L, 2L);
  }

  void columnsWithMissingValuesHaveNullsWhereThereIsNoNumber() {
    column("pd.Series([1, 2], dtype='Int64')", long.class, 1L, 2L);
    column("pd.Series([1, None], dtype='Int64')", Object.class, 1L, null);
    column("pd.Series([2**60 + 1, None], dtype='Int64')", Object.class, (1L << 60) + 1, null);
    column("pd.Series([1, 2], dtype='Int32')", int.class, 1, 2);
    column("pd.Series([0.5, None], dtype='Float64')", Object.class, 0.5, null);
    column("pd.Series([True, None], dtype='boolean')", Object.class, true, null);
    column("pd.Series([True, False], dtype='boolean')", boolean.class, true, false);
    column("pd.Series([1, 0], dtype='Sparse[int]')", long.class, 1L, 0L);
  }

  void textsAndObjectsAreTakenAsTheyAre() {
    column("pd.Series(['a', 'é'])", String.class, "a", "é");
    column("pd.Series(['a', np.nan, None, pd.NA])", String.class, "a", null, null, null);
    column("pd.Series(['a', None], dtype='string')", String.class, "a", null);
    column(
        "pd.Series([1, 'a', None, np.nan, pd.NaT], dtype=object)",
        Object.class,
        1L,
        "a",
        null,
        Double.NaN,
        null);
    column("pd.Series([2**70, 1], dtype=object)", Object.class, BigInteger.TWO.pow(70), 1L);
    column("pd.Series([datetime.date(2024, 2, 29)])", Object.class, LocalDate.of(2024, 2, 29));
  }

  void categoriesAreTheirValues() {
    column("pd.Series(['b', None, 'b'], dtype='category')", String.class, "b", null, "b");
    column("pd.Series([3, 1, 3], dtype='category')", long.class, 3L, 1L, 3L);
    column(
        "pd.Series([2**60 + 1, None], dtype=object).astype('category')",
        Object.class,
        (1L << 60) + 1,
        null);
  }

  void timesAreExactToTheNanosecond() {
    LocalDateTime time = LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4000);
    column(
        "pd.to_datetime(pd.Series(['2024-02-29 01:02:03.000004', None]))",
        Object.class,
        time,
        null);
    column(
        "pd.to_datetime(pd.Series(['2024-02-29 01:02:03.000004005', None]))",
        Object.class,
        time.plusNanos(5),
        null);
    column(
        "pd.to_datetime(pd.Series(['2024-02-29 01:02:03.000004', None])).dt.tz_localize('UTC')",
        Object.class,
        OffsetDateTime.of(time, ZoneOffset.UTC),
        null);
    column(
        "pd.Series(pd.to_timedelta([1500, None], unit='ms'))",
        Object.class,
        Duration.ofMillis(1500),
        null);
    column("pd.Series(pd.to_timedelta([5], unit='ns'))", Object.class, Duration.ofNanos(5));
    assertEquals(
        List.of(LocalDate.of(2024, 2, 29)),
        table("{'x': np.array(['2024-02-29'], dtype='M8[D]')}").values("x"));
  }

  void anIndexIsAColumnWhereItHasAName() {
    context.exec("df = pd.DataFrame({'x': [1, 2]}, index=['a', 'b'])");
    assertEquals(List.of("x"), table("df").columns());
    assertEquals(
        PythonTable.builder()
            .texts("id", new String[] {"a", "b"})
            .longs("x", new long[] {1, 2})
            .build(),
        table("df.rename_axis('id')"));
    context.exec(
        "g = pd.DataFrame({'a': [1, 1], 'b': ['x', 'y'], 'c': [5, 6]}).groupby(['a', 'b']).sum()");
    assertEquals(
        PythonTable.builder()
            .longs("a", new long[] {1, 1})
            .texts("b", new String[] {"x", "y"})
            .longs("c", new long[] {5, 6})
            .build(),
        table("g"));
    refused("g.rename_axis([None, 'b'])", "", "index has 2 levels, and not all have names");
    refused("df.rename_axis('x')", "['x']", "have this name");
  }

  void framesThatAreNoTableAreRefusedByWhatToDo() {
    refused("pd.DataFrame([[1, 2]], columns=['a', 'a'])", "['a']", "have this name; rename one");
    refused("pd.DataFrame([[1, 2]])", "[0]", "frame.columns.map(str)");
    refused(
        "pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([('a', 'b')]))",
        "",
        "columns have 2 levels");
    refused("pd.Series([1, 2])", "", "a Series has no columns");
  }

  // ---- NumPy

  void arraysOfADictCrossWhateverTheirLayout() {
    context.exec("m = np.arange(6.0).reshape(3, 2)");
    assertEquals(List.of(0.0, 2.0, 4.0), table("{'x': m[:, 0]}").values("x"));
    assertEquals(List.of(2L, 1L, 0L), table("{'x': np.arange(3)[::-1]}").values("x"));
    assertEquals(
        Arrays.asList(1L, null), table("{'x': np.ma.array([1, 2], mask=[0, 1])}").values("x"));
    assertEquals(String.class, table("{'x': np.array(['a', 'b'])}").type("x"));
    assertEquals(long.class, table("{'x': [np.int64(1), np.int64(2)]}").type("x"));
    assertEquals(double.class, table("[{'x': np.float64(0.5)}]").type("x"));
    refused("{'x': m}", "['x']", "an array of 2 dimensions is no column");
    refused("{'x': np.array([1], dtype='longdouble')}", "['x']", "wider than a double");
    refused(
        "{'x': np.array(['2024-01-01T00:00:00.000000001'], dtype='M8[ns]')}",
        "['x']",
        "parts of a microsecond");
    refused("{'x': np.array(['20000-01-01'], dtype='M8[s]')}", "['x']", "beyond what datetime has");
  }

  void anArrayWithFieldsIsATable() {
    context.exec("a = np.array([(1, 0.5, 'x')], dtype=[('n', 'i4'), ('d', 'f8'), ('t', 'U5')])");
    assertEquals(
        PythonTable.builder()
            .ints("n", new int[] {1})
            .doubles("d", new double[] {0.5})
            .texts("t", new String[] {"x"})
            .build(),
        table("a"));
    refused("np.arange(3)", "", "without named fields has no columns");
  }

  // ---- one crossing, much data

  void aFrameCrossesAtOnceAndLeavesNothingBehind() {
    PythonTable table =
        PythonTable.builder().longs("q", new long[10_000]).texts("t", new String[10_000]).build();
    PythonObject same = context.eval("lambda df: df");
    PythonObject frame = table.toPandas(context);
    assertEquals(10_000, same.applyTo(PythonTable.class, frame).rows());
    long handles = python.stats().liveHandles();
    assertEquals(1, Crossings.of(python, frame::toTable));
    for (int i = 0; i < 20; i++) {
      table.toPandas(context).close();
      frame.toTable();
    }
    assertEquals(handles, python.stats().liveHandles());
  }

  void tenMillionRowsCross() {
    int rows = 10_000_000;
    long[] longs = new long[rows];
    double[] doubles = new double[rows];
    boolean[] booleans = new boolean[rows];
    Arrays.setAll(longs, i -> (long) i * i);
    Arrays.setAll(doubles, i -> i / 3.0);
    booleans[rows - 1] = true;
    PythonTable table =
        PythonTable.builder()
            .longs("q", longs)
            .doubles("d", doubles)
            .booleans("b", booleans)
            .build();
    PythonTable back =
        context.evalTo(
            PythonTable.class, "df.assign(q=df.q + 1)", Map.of("df", table.toPandas(context)));
    assertEquals(longs[rows - 1] + 1, back.longs("q")[rows - 1]);
    assertTrue(Arrays.equals(doubles, back.doubles("d")));
    assertTrue(Arrays.equals(booleans, back.booleans("b")));
  }
}
