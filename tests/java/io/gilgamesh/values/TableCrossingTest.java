package io.gilgamesh.values;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTable;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables to Python and back, with the standard library alone. */
class TableCrossingTest extends InContext {

  private static final long MEGABYTE = 1 << 20;

  private PythonTable table(String expression) {
    return context.eval(expression).toTable();
  }

  private PythonConversionException refused(String expression) {
    return assertThrows(PythonConversionException.class, () -> table(expression));
  }

  // ---- to Python

  @Test
  void aTableBecomesADictOfArraysAndLists() {
    PythonTable table =
        PythonTable.builder()
            .longs("q", new long[] {1, Long.MIN_VALUE})
            .ints("i", new int[] {1, -2})
            .shorts("h", new short[] {1, -2})
            .doubles("d", new double[] {-0.0, Double.NaN})
            .floats("f", new float[] {0.5f, Float.NEGATIVE_INFINITY})
            .booleans("b", new boolean[] {true, false})
            .texts("né\uD83D\uDE00", new String[] {"a\0b", null})
            .values("v", Arrays.asList(new BigDecimal("1.50"), LocalDate.of(2024, 2, 29)))
            .build();
    context.set("t", table);
    assertEquals(
        "{'q': array('q', [1, -9223372036854775808]), 'i': array('i', [1, -2]), 'h': array('h', [1,"
            + " -2]), 'd': array('d', [-0.0, nan]), 'f': array('f', [0.5, -inf]), 'b': [True,"
            + " False], 'né\uD83D\uDE00': ['a\\x00b', None], 'v': [Decimal('1.50'),"
            + " datetime.date(2024, 2, 29)]}",
        context.evalText("repr(t)"));
  }

  @Test
  void aTableCrossesInArgumentsAndContainers() {
    PythonTable table = PythonTable.builder().longs("x", new long[] {3, 4}).build();
    assertEquals(
        4, context.evalLong("f(t)['x'][1]", Map.of("t", table, "f", context.eval("dict"))));
    assertEquals(
        3, context.evalLong("ts[0][1]['x'][0]", Map.of("ts", List.of(List.of("a", table)))));
    assertEquals(7, context.eval("lambda t: sum(t['x'])").applyLong(table));
  }

  @Test
  void whatInATableHasNoPythonFormIsNamedByItsColumnAndRow() {
    PythonTable table =
        PythonTable.builder()
            .values("v", Arrays.asList(1, new StringBuilder(), kwargs("k", 1)))
            .build();
    PythonConversionException e =
        assertThrows(PythonConversionException.class, () -> context.set("t", List.of(table)));
    assertEquals("[0]['v'][2]", e.path());
  }

  // ---- there and back

  @Test
  void tablesComeBackAsTheyWere() {
    PythonTable table =
        PythonTable.builder()
            .longs("q", new long[] {1, Long.MAX_VALUE, Long.MIN_VALUE})
            .ints("i", new int[] {0, 1, Integer.MIN_VALUE})
            .shorts("h", new short[] {0, 1, Short.MIN_VALUE})
            .doubles("d", new double[] {-0.0, Double.NaN, Double.MIN_VALUE})
            .floats("f", new float[] {-0f, Float.NaN, Float.MAX_VALUE})
            .booleans("b", new boolean[] {true, false, true})
            .texts("", new String[] {"\uD800", null, "b\0\uD83D\uDE00".repeat(1000)})
            .values("v", Arrays.asList(null, LocalDate.EPOCH, List.of("a")))
            .values("n", Arrays.asList(1L, null, BigInteger.TWO.pow(70)))
            .build();
    assertEquals(table, context.toPython(table).toTable());
  }

  @Test
  void tablesWithoutRowsOrColumnsComeBack() {
    assertEquals(
        PythonTable.builder().build(), context.toPython(PythonTable.builder().build()).toTable());
    assertEquals(PythonTable.builder().build(), table("[]"));
    PythonTable empty =
        PythonTable.builder().longs("q", new long[0]).texts("t", new String[0]).build();
    PythonTable back = context.toPython(empty).toTable();
    assertEquals(0, back.rows());
    assertEquals(long.class, back.type("q"));
    assertArrayEquals(new String[0], back.texts("t"));
  }

  @Test
  void aThousandColumnsCross() {
    PythonTable.Builder builder = PythonTable.builder();
    for (int i = 0; i < 1000; i++) {
      builder.longs("column " + i, new long[] {i, -i});
    }
    PythonTable table = builder.build();
    assertEquals(table, context.toPython(table).toTable());
  }

  // ---- from Python

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1, -2**63, 2**63 - 1]     | long    | [1, -9223372036854775808, 9223372036854775807]
          [1, 2**63]                 | Object  | [1, 9223372036854775808]
          [1, None]                  | Object  | [1, null]
          [True, False]              | boolean | [true, false]
          [True, 1]                  | Object  | [true, 1]
          [True, None]               | Object  | [true, null]
          [-0.0, float('nan')]       | double  | [-0.0, NaN]
          [1.5, 2]                   | double  | [1.5, 2.0]
          [2, 1.5]                   | double  | [2.0, 1.5]
          [1.5, 2**53 + 1]           | Object  | [1.5, 9007199254740993]
          [1.5, 2**63 - 1]           | Object  | [1.5, 9223372036854775807]
          [1.5, 2**70]               | Object  | [1.5, 1180591620717411303424]
          [1.5, True]                | Object  | [1.5, true]
          [1.5, None]                | Object  | [1.5, null]
          ['a', None, 'é']           | String  | [a, null, é]
          [None, 'a']                | String  | [null, a]
          [None, None]               | Object  | [null, null]
          ['a', 1]                   | Object  | [a, 1]
          (1, 2)                     | long    | [1, 2]
          range(3)                   | long    | [0, 1, 2]
          array('i', [1, 2])         | int     | [1, 2]
          array('h', [1, 2])         | short   | [1, 2]
          array('f', [0.5])          | float   | [0.5]
          array('d', [0.1])          | double  | [0.1]
          array('B', [1, 255])       | long    | [1, 255]
          array('Q', [2**63])        | Object  | [9223372036854775808]
          memoryview(b'ab')          | long    | [97, 98]
          deque([1, 2])              | long    | [1, 2]
          [[1], [2]]                 | Object  | [[1], [2]]
          []                         | Object  | []
          """)
  void aColumnGetsTheNarrowestTypeThatHoldsItsValues(String column, String type, String values) {
    context.exec("from array import array; from collections import deque");
    PythonTable table = table("{'x': " + column + "}");
    assertEquals(type, table.type("x").getSimpleName());
    assertEquals(values, table.values("x").toString());
  }

  @Test
  void rowsBecomeColumnsInTheOrderInWhichTheirKeysAppear() {
    PythonTable table = table("[{'a': 1, 'b': 'x'}, {'c': 2.5, 'a': 2}]");
    assertEquals(
        PythonTable.builder()
            .longs("a", new long[] {1, 2})
            .texts("b", new String[] {"x", null})
            .values("c", Arrays.asList(null, 2.5))
            .build(),
        table);
  }

  @Test
  void subclassesOfDictAndListServeToo() {
    context.exec(
        "from collections import OrderedDict; from types import MappingProxyType\n"
            + "class L(list): pass");
    PythonTable expected = PythonTable.builder().longs("a", new long[] {1}).build();
    assertEquals(expected, table("OrderedDict(a=L([1]))"));
    assertEquals(expected, table("MappingProxyType({'a': [1]})"));
    assertEquals(expected, table("L([OrderedDict(a=1)])"));
  }

  @Test
  void whatHasNoValueFormIsAnObjectInAColumn() {
    PythonTable table = table("{'f': [len, 1]}");
    PythonObject len = (PythonObject) table.values("f").get(0);
    assertEquals(2, len.applyLong(List.of(1, 2)));
  }

  @Test
  void aTableIsATargetOfEveryVerb() {
    context.exec("def f(n): return {'x': list(range(n))}");
    PythonTable three = PythonTable.builder().longs("x", new long[] {0, 1, 2}).build();
    assertEquals(three, context.callTo(PythonTable.class, "f", 3));
    assertEquals(three, context.evalTo(PythonTable.class, "f(3)"));
    assertEquals(three, context.get("f").applyTo(PythonTable.class, 3));
    assertEquals(three, context.eval("[f(3)]").itemTo(PythonTable.class, 0));
    try (PythonTransaction tx = context.begin()) {
      assertEquals(three, tx.callTo(PythonTable.class, "f", 3));
    }
  }

  @Test
  void noneIsNoTable() {
    assertNull(context.eval("None").to(PythonTable.class));
    assertEquals("None cannot become io.gilgamesh.PythonTable", refused("None").getMessage());
  }

  // ---- refusals

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5                       | ''        | an int has no columns; a dict of columns,
          "abc"                   | ''        | a str has no columns; a dict of columns,
          {1, 2}                  | ''        | a set has no columns; a dict of columns,
          {'a': [1], 'b': []}     | ['b']     | its length is 0, and that of 'a' is 1
          {'a': [], 'b': [1]}     | ['b']     | its length is 1, and that of 'a' is 0
          {'a': 5}                | ['a']     | an int is no column; pass a list, a tuple or an array
          {'a': 'xyz'}            | ['a']     | a str is no column; put its values into a list
          {'a': b'xyz'}           | ['a']     | a bytes is no column; put its values into a list
          {'a': {1}}              | ['a']     | a set is no column; pass a list, a tuple or an array
          {'a': iter([1])}        | ['a']     | a list_iterator is no column; pass a list,
          {7: [1]}                | [7]       | a column is named by a str, not by an int
          {None: [1]}             | [None]    | a column is named by a str, not by a NoneType
          [{'a': 1}, (1,)]        | [1]       | a tuple is no row of a table; a dict of columns,
          [{'a': 1}, {2: 1}]      | [2]       | a column is named by a str, not by an int
          [1, 2]                  | [0]       | an int is no row of a table; a dict of columns,
          """)
  void whatIsNoTableIsRefusedByWhatItIsAndWhere(String value, String path, String message) {
    PythonConversionException e = refused(value);
    assertEquals(path, e.path());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void aValueThatCannotBeConvertedIsNamedByItsColumnAndRow() {
    context.exec("loop = []; loop.append(loop)");
    PythonConversionException e = refused("{'a': [1], 'b': [loop]}");
    assertTrue(e.path().startsWith("['b'][0][0]"), e.path());
  }

  @Test
  void anExceptionOfThePythonCodeThatATableRunsComesAsItIs() {
    context.exec("class Bad(dict):\n  def items(self): raise LookupError('gone')");
    PythonException e = assertThrows(PythonException.class, () -> table("Bad()"));
    assertEquals("LookupError", e.type());
  }

  @Test
  void aTableThatTakesMoreThanTwoGigabytesIsRefusedBeforeItIsCopied() {
    long[] column = new long[10_000_000];
    PythonTable.Builder builder = PythonTable.builder();
    for (int i = 0; i < 28; i++) {
      builder.longs("x" + i, column);
    }
    long before = python.stats().bufferBytes();
    PythonConversionException e =
        assertThrows(PythonConversionException.class, () -> context.set("t", builder.build()));
    assertTrue(e.getMessage().contains("pass it in parts"), e.getMessage());
    assertEquals(before, python.stats().bufferBytes());
    e =
        refused(
            "{f'x{i}': a for a in [__import__('array').array('q', bytes(80_000_000))] for i in"
                + " range(28)}");
    assertTrue(e.getMessage().contains("at most 2147483647 cross in one call"), e.getMessage());
  }

  @Test
  void aDataFrameWithoutPandasIsRefusedByHowToGetIt() {
    context.exec(
        "import sys; before = sys.modules.get('pandas', sys); sys.modules['pandas'] = None");
    PythonTable table = PythonTable.builder().longs("x", new long[1]).build();
    PythonException e = assertThrows(PythonException.class, () -> table.toPandas(context));
    context.exec(
        "if before is sys: del sys.modules['pandas']\nelse: sys.modules['pandas'] = before");
    assertEquals("ModuleNotFoundError", e.type());
    assertTrue(
        e.getMessage().contains("PythonEnvironment.builder().requirements(\"pandas\").create()"),
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> table.toPandas(context, "y"));
  }

  // ---- one crossing

  @Test
  void aTableCrossesAtOnceHoweverManyColumnsAndRowsItHas() {
    PythonTable.Builder builder = PythonTable.builder();
    for (int i = 0; i < 100; i++) {
      builder.longs("q" + i, new long[1000]).texts("t" + i, new String[1000]);
    }
    PythonTable table = builder.build();
    PythonObject same = context.eval("lambda t: t");
    same.applyTo(PythonTable.class, table); // imports what takes tables apart
    assertEquals(
        1,
        crossings(() -> assertEquals(1000, same.applyTo(PythonTable.class, table).rows())),
        "one attachment each way together");
  }

  // ---- what is left behind

  @Test
  void tablesLeaveNoHandlesBehind() {
    PythonTable table =
        PythonTable.builder().longs("x", new long[1000]).texts("t", new String[1000]).build();
    PythonObject same = context.eval("lambda t: t");
    assertEquals(table.longs("x").length, same.applyTo(PythonTable.class, table).rows());
    PythonObject failing = context.eval("lambda: {'a': [len, (x := []), x.append(x)]}");
    long before = python.stats().liveHandles();
    for (int i = 0; i < 50; i++) {
      same.applyTo(PythonTable.class, table);
      assertThrows(PythonConversionException.class, () -> failing.applyTo(PythonTable.class));
    }
    assertEquals(before, python.stats().liveHandles());
  }

  @Test
  void millionsOfRowsCross() {
    int rows = 2_000_000;
    long[] longs = new long[rows];
    double[] doubles = new double[rows];
    int[] ints = new int[rows];
    Arrays.setAll(longs, i -> (long) i * i);
    Arrays.setAll(doubles, i -> i / 3.0);
    Arrays.setAll(ints, i -> -i);
    PythonTable table =
        PythonTable.builder().longs("q", longs).doubles("d", doubles).ints("i", ints).build();
    PythonTable back = context.toPython(table).toTable();
    assertEquals(table, back);
    assertTrue(python.stats().bufferBytes() < 64 * MEGABYTE, "large buffers are given back");
  }
}
