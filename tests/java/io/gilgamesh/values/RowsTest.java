package io.gilgamesh.values;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonRowException;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many rows in one crossing. */
class RowsTest extends InContext {

  record Item(String name, int count, double price) {}

  record Total(String name, double sum) {}

  private PythonObject function(String source) {
    context.set("calls", 0);
    return context.eval(source);
  }

  @Test
  void recordsGoInAndRecordsComeOutInOrder() {
    context.exec(
        """
        def total(item):
          return {'name': item['name'], 'sum': item['count'] * item['price']}
        """);
    List<Total> totals =
        context
            .function("total")
            .mapRows(
                IntStream.range(0, 10_000).mapToObj(i -> new Item("n" + i, i, 0.5)),
                Total.class,
                1000)
            .toList();
    assertEquals(10_000, totals.size());
    for (int i = 0; i < totals.size(); i++) {
      assertEquals(new Total("n" + i, i * 0.5), totals.get(i));
    }
  }

  @Test
  void batchesThatDoNotComeOutEvenAreWhole() {
    PythonObject next = function("lambda x: x + 1");
    for (int rows : new int[] {0, 1, 6, 7, 8, 13, 14, 15}) {
      List<Long> expected = LongStream.rangeClosed(1, rows).boxed().toList();
      assertEquals(
          expected, next.mapRows(LongStream.range(0, rows).boxed(), Long.class, 7).toList());
    }
    assertEquals(
        Arrays.asList(null, List.of(1L)),
        function("lambda x: x")
            .mapRows(Stream.of(null, List.of(1)), new TypeRef<List<Long>>() {}, 2)
            .toList());
  }

  @Test
  void rowsAreTakenABatchAtATime() {
    List<Long> taken = new ArrayList<>();
    Iterator<Long> results =
        function("lambda x: x")
            .mapRows(LongStream.iterate(0, i -> i + 1).boxed().peek(taken::add), Long.class, 10)
            .iterator();
    assertEquals(0, results.next());
    assertTrue(taken.size() <= 20, () -> "taken ahead: " + taken.size());
    for (int i = 1; i < 25; i++) {
      assertEquals(i, results.next());
    }
    assertTrue(taken.size() <= 40, () -> "taken ahead: " + taken.size());
  }

  @Test
  void aBatchIsOneCrossing() {
    PythonObject same = function("lambda x: x");
    assertEquals(
        10,
        crossings(
            () ->
                assertEquals(
                    999,
                    same.mapRows(LongStream.range(0, 1000).boxed(), Long.class, 100)
                        .toList()
                        .get(999))));
  }

  @Test
  void aRowThatRaisesIsNamedAndTheResultsBeforeItAreKept() {
    PythonObject inverse = function("lambda x: 1 / (x - 25)");
    List<Double> results = new ArrayList<>();
    PythonRowException e =
        assertThrows(
            PythonRowException.class,
            () ->
                inverse
                    .mapRows(LongStream.range(0, 100).boxed(), Double.class, 10)
                    .forEach(results::add));
    assertEquals(25, e.row());
    assertEquals(25, results.size());
    assertEquals("ZeroDivisionError", assertInstanceOf(PythonException.class, e.getCause()).type());
    assertTrue(e.getMessage().startsWith("row 25: "), e.getMessage());
  }

  @Test
  void aRowOrAResultWithoutAFormIsNamed() {
    PythonObject same = function("lambda x: x");
    List<Object> rows = new ArrayList<>(List.of(1, 2, 3));
    rows.add(List.of(kwargs("k", 1)));
    rows.add(4);
    List<Long> results = new ArrayList<>();
    PythonRowException e =
        assertThrows(
            PythonRowException.class,
            () -> same.mapRows(rows.stream(), Long.class, 10).forEach(results::add));
    assertEquals(3, e.row());
    assertEquals(List.of(1L, 2L, 3L), results);
    assertEquals("[0]", assertInstanceOf(PythonConversionException.class, e.getCause()).path());
    results.clear();
    e =
        assertThrows(
            PythonRowException.class,
            () -> same.mapRows(Stream.of(1, "x", 3), Long.class, 10).forEach(results::add));
    assertEquals(1, e.row());
    assertEquals(List.of(1L), results);
    assertTrue(e.getMessage().contains("str 'x' cannot become java.lang.Long"), e.getMessage());
    context.exec("loop = []; loop.append(loop)");
    e =
        assertThrows(
            PythonRowException.class,
            () ->
                function("lambda x: loop if x == 2 else x")
                    .mapRows(Stream.of(1, 2, 3), Object.class, 10)
                    .toList());
    assertEquals(1, e.row());
    assertTrue(e.getMessage().contains("contains itself"), e.getMessage());
  }

  @Test
  void whatTheRowsThemselvesThrowComesAfterTheResultsBeforeIt() {
    List<Long> results = new ArrayList<>();
    Stream<Long> rows =
        LongStream.range(0, 10)
            .boxed()
            .peek(
                i -> {
                  if (i == 7) {
                    throw new IllegalStateException("no row 7");
                  }
                });
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> function("lambda x: x").mapRows(rows, Long.class, 5).forEach(results::add));
    assertEquals("no row 7", e.getMessage());
    assertEquals(LongStream.range(0, 7).boxed().toList(), results);
  }

  @Test
  void objectsAmongTheResultsEndWithTheirTransaction() {
    PythonObject wrap = function("lambda x: {'x': x}.keys()");
    PythonObject first;
    long before = python.stats().liveHandles();
    try (PythonTransaction tx = context.begin()) {
      List<PythonObject> all =
          wrap.mapRows(LongStream.range(0, 100).boxed(), PythonObject.class, 30).toList();
      assertEquals("dict_keys([99])".replace("99", "'x'"), all.get(99).str());
      first = all.get(0);
    }
    assertTrue(first.isClosed());
    assertEquals(before, python.stats().liveHandles());
  }

  @Test
  void closingTheResultsClosesTheRows() {
    AtomicBoolean closed = new AtomicBoolean();
    try (Stream<Long> results =
        function("lambda x: x")
            .mapRows(Stream.of(1L).onClose(() -> closed.set(true)), Long.class)) {
      assertEquals(List.of(1L), results.toList());
    }
    assertTrue(closed.get());
  }

  @Test
  void aFunctionIsFoundByItsAddress() {
    assertEquals(
        List.of("[1]", "{\"a\": null}"),
        context
            .function("json:dumps")
            .mapRows(
                Stream.of(List.of(1), java.util.Collections.singletonMap("a", null)), String.class)
            .toList());
    assertEquals(3, context.function("collections:OrderedDict.fromkeys").apply("abc").length());
    assertThrows(NoSuchElementException.class, () -> context.function("nothing"));
    assertEquals(
        "ModuleNotFoundError",
        assertThrows(PythonException.class, () -> context.function("no_such:f")).type());
    assertEquals(
        "AttributeError",
        assertThrows(PythonException.class, () -> context.function("json:nothing")).type());
    assertTrue(
        assertThrows(PythonConversionException.class, () -> context.function("math:pi"))
            .getMessage()
            .contains("math:pi is of type float, which cannot be called"));
    for (String address : List.of("", ":", "a:", ":b", "a:b:c")) {
      assertThrows(IllegalArgumentException.class, () -> context.function(address), address);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> context.function("json:dumps").mapRows(Stream.of(1), String.class, 0));
  }

  @Test
  void aClosedFunctionSaysSo() {
    PythonObject same = function("lambda x: x");
    Stream<Long> results = same.mapRows(Stream.of(1L, 2L), Long.class);
    same.close();
    assertTrue(
        assertThrows(IllegalStateException.class, results::toList)
            .getMessage()
            .contains("is closed"));
  }
}
