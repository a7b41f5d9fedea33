package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonIterator;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Iteration in batches. */
class IterationTest extends InContext {

  @BeforeEach
  void define() {
    context.exec(
        """
        ended = []
        def numbers(n, fail_at=None):
            try:
                for i in range(n):
                    if i == fail_at: raise ValueError(f'at {i}')
                    yield i
            finally:
                ended.append(n)
        """);
  }

  private PythonObject numbers(Object... arguments) {
    return context.get("numbers").apply(arguments);
  }

  @Test
  void everyElementOnceInOrder() {
    for (int count : new int[] {0, 1, 15, 16, 17, 48, 49, 1000, 10_000}) {
      List<Long> seen = new ArrayList<>();
      for (PythonObject element : numbers(count)) {
        seen.add(element.asLong());
      }
      assertEquals(count, seen.size());
      assertTrue(count == 0 || seen.get(count - 1) == count - 1);
    }
  }

  @Test
  void aGeneratorThatRaisesGivesWhatCameBefore() {
    PythonIterator iterator = numbers(100, 40).iterator();
    for (int i = 0; i < 40; i++) {
      assertEquals(i, iterator.next().asLong());
    }
    assertEquals("at 40", assertThrows(PythonException.class, iterator::hasNext).pythonMessage());
    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
  }

  @Test
  void aGeneratorClosedEarlyRunsItsFinally() {
    try (PythonIterator iterator = numbers(1_000_000).iterator()) {
      assertEquals(0, iterator.next().asLong());
      assertEquals(0, context.evalLong("len(ended)"));
    }
    assertEquals(1, context.evalLong("len(ended)"));
    try (Stream<PythonObject> stream = numbers(1_000_000).stream()) {
      assertEquals(
          3, stream.mapToLong(PythonObject::asLong).filter(n -> n > 2).findFirst().orElseThrow());
    }
    assertEquals(2, context.evalLong("len(ended)"));
  }

  @Test
  void aListChangedMeanwhileBehavesAsInPython() {
    PythonObject list = context.eval("list(range(5))");
    int seen = 0;
    for (PythonObject element : list) {
      assertTrue(element.asLong() >= 0);
      if (seen++ < 20) {
        list.call("append", 9);
      }
    }
    assertTrue(seen >= 5);
    PythonObject dict = context.eval("{i: i for i in range(100)}");
    PythonIterator keys = dict.iterator();
    keys.next();
    dict.setItem("new", 1);
    assertEquals(
        "RuntimeError",
        assertThrows(PythonException.class, () -> keys.forEachRemaining(k -> {})).type());
  }

  @Test
  void whatCannotBeIteratedSaysSo() {
    assertEquals(
        "TypeError",
        assertThrows(PythonException.class, () -> context.eval("1").iterator()).type());
  }

  @Test
  void anythingIterableBecomesAList() {
    assertEquals(List.of(0L, 1L), context.eval("range(2)").toList());
    assertEquals(List.of("a"), context.eval("{'a': 1}.keys()").toList());
    assertEquals(2, context.eval("[1, 1, 2]").toSet().size());
  }

  @Test
  void inATransactionElementsEndWithIt() {
    PythonObject first;
    try (var tx = context.begin()) {
      first = tx.eval("[[1]]").iterator().next();
      assertEquals(1, first.length());
    }
    assertTrue(first.isClosed());
  }

  @Test
  void aListEmptiedOrFilledMeanwhileEndsWithoutAnError() {
    PythonObject emptied = context.eval("[[i] for i in range(1000)]");
    int seen = 0;
    for (PythonObject element : emptied) {
      assertEquals(seen++, element.itemLong(0), "an element that the list has let go of");
      emptied.call("clear");
    }
    assertTrue(seen >= 1 && seen < 1000, seen + " elements");
    PythonObject filled = context.eval("list(range(100))");
    seen = 0;
    for (PythonObject element : filled) {
      if (seen++ < 100) {
        filled.call("append", element);
      }
    }
    assertEquals(200, seen);
  }

  @Test
  void aListChangedByAnotherThreadMeanwhileEndsWithoutAnError() throws Exception {
    PythonObject list = context.eval("list(range(20_000))");
    Thread changer =
        new Thread(
            () -> {
              for (int i = 0; i < 5_000; i++) {
                list.call("pop");
                list.call("insert", 0, 1);
                list.call("pop", 0);
              }
            });
    changer.start();
    int seen = 0;
    for (PythonObject element : list) {
      assertTrue(element.asLong() >= 0);
      seen++;
    }
    changer.join();
    assertTrue(seen >= 10_000 && seen <= 25_000, seen + " elements");
    assertEquals(15_000, list.length());
  }

  @Test
  void aGeneratorsFinallyMayRaiseWhenItIsClosedEarly() {
    context.exec(
        """
        def stubborn():
            try:
                yield 1
                yield 2
            finally:
                ended.append('stubborn')
                raise ValueError('at the end')
        """);
    PythonIterator iterator = context.get("stubborn").apply().iterator();
    assertEquals(1, iterator.next().asLong());
    try {
      iterator.close();
    } catch (PythonException e) {
      assertEquals("ValueError: at the end", e.getMessage());
    }
    assertTrue(context.evalBoolean("'stubborn' in ended"));
    assertEquals(2, context.evalLong("1 + 1"));
  }
}
