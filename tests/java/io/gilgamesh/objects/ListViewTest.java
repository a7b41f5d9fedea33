package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sequences seen as Java lists. */
class ListViewTest extends InContext {

  private static final String[] MUTABLE = {
    "list('abc')", "collections.deque('abc')", "Rows(list('abc'))", "collections.UserList('abc')"
  };

  @BeforeEach
  void define() {
    context.exec(
        """
        import array, collections, collections.abc
        class Rows(collections.abc.MutableSequence):
            def __init__(self, rows): self.rows = rows
            def __len__(self): return len(self.rows)
            def __getitem__(self, i): return self.rows[i]
            def __setitem__(self, i, value): self.rows[i] = value
            def __delitem__(self, i): del self.rows[i]
            def insert(self, i, value): self.rows.insert(i, value)
        class Squares:
            def __len__(self): return 5
            def __getitem__(self, i):
                if i >= 5: raise IndexError(i)
                return i * i
        """);
  }

  private List<Object> view(String expression) {
    return context.eval(expression).asList();
  }

  private static void assertSays(String message, RuntimeException thrown) {
    assertTrue(String.valueOf(thrown.getMessage()).contains(message), thrown.getMessage());
  }

  // ---- both ways

  @Test
  void changesAreSeenOnBothSides() {
    context.exec("xs = [1, 2]");
    List<Object> xs = context.get("xs").asList();
    context.exec("xs.append('three'); xs[0] = None");
    assertEquals(Arrays.asList(null, 2L, "three"), xs);
    xs.set(0, 1.5);
    xs.add(true);
    xs.add(0, "first");
    xs.remove((Object) "three");
    assertEquals("['first', 1.5, 2, True]", context.evalText("repr(xs)"));
    assertEquals(1.5, xs.set(1, 0));
    assertEquals("first", xs.remove(0));
    xs.clear();
    assertEquals(0, context.evalLong("len(xs)"));
  }

  @Test
  void everyMutableSequenceTakesEveryChange() {
    for (String made : MUTABLE) {
      List<Object> letters = view(made);
      letters.add("d");
      letters.add(1, "x");
      letters.addAll(List.of("e", "f"));
      letters.addAll(0, List.of("y", "z"));
      assertEquals(List.of("y", "z", "a", "x", "b", "c", "d", "e", "f"), letters, made);
      assertEquals("x", letters.remove(3));
      assertEquals("y", letters.set(0, "Y"));
      letters.subList(1, 4).clear();
      assertEquals(List.of("Y", "c", "d", "e", "f"), letters, made);
      letters.removeIf(letter -> "ce".contains((String) letter));
      letters.replaceAll(letter -> letter + "!");
      letters.sort(Comparator.comparing(String::valueOf, Comparator.reverseOrder()));
      assertEquals(List.of("f!", "d!", "Y!"), letters, made);
      letters.clear();
      assertTrue(letters.isEmpty(), made);
    }
  }

  @Test
  void sequencesOfAllKindsAreRead() {
    assertEquals(List.of(0L, 2L, 4L), view("range(0, 6, 2)"));
    assertEquals(List.of(1L, "a"), view("(1, 'a')"));
    assertEquals(List.of(1.5, 2.5), view("array.array('d', [1.5, 2.5])"));
    assertEquals(List.of(0L, 1L, 4L, 9L, 16L), view("Squares()"));
    assertEquals(List.of("a", "b"), view("'ab'"));
    assertEquals(999_999L, view("range(10**6)").get(999_999));
  }

  @Test
  void anArraysElementsAreChangedWithinItsType() {
    List<Object> numbers = view("array.array('q', [3, 1, 2])");
    numbers.add(0L);
    numbers.sort(null);
    numbers.subList(0, 2).clear();
    assertEquals(List.of(2L, 3L), numbers);
    assertEquals("TypeError", assertThrows(PythonException.class, () -> numbers.add("x")).type());
    numbers.clear();
    assertEquals(List.of(), numbers);
  }

  // ---- contracts

  @Test
  void placesOutsideAreJavasException() {
    for (String made : new String[] {"[1, 2]", "(1, 2)", "Rows([1, 2])"}) {
      List<Object> xs = view(made);
      for (int index : new int[] {-1, 2, Integer.MAX_VALUE}) {
        IndexOutOfBoundsException thrown =
            assertThrows(IndexOutOfBoundsException.class, () -> xs.get(index));
        assertEquals("index " + index + " of a list of 2", thrown.getMessage());
      }
    }
    List<Object> xs = view("[1, 2]");
    assertThrows(IndexOutOfBoundsException.class, () -> xs.set(-1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> xs.set(2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> xs.add(3, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> xs.remove(2));
    assertThrows(IndexOutOfBoundsException.class, () -> xs.addAll(-1, List.of(1)));
    assertEquals(List.of(1L, 2L), xs);
  }

  @Test
  void whatASequenceCannotDoIsUnsupportedAndSaysSo() {
    List<Object> tuple = view("(1, 2)");
    assertSays(
        "nothing in a tuple can be replaced; change a copy of it, toList()",
        assertThrows(UnsupportedOperationException.class, () -> tuple.set(0, 1)));
    assertSays(
        "nothing can be added to a tuple",
        assertThrows(UnsupportedOperationException.class, () -> tuple.add(1)));
    assertSays(
        "nothing can be removed from a tuple",
        assertThrows(UnsupportedOperationException.class, () -> tuple.remove(0)));
    assertThrows(UnsupportedOperationException.class, tuple::clear);
    assertThrows(UnsupportedOperationException.class, () -> tuple.sort(null));
    assertThrows(UnsupportedOperationException.class, () -> tuple.addAll(List.of(1)));
    assertThrows(UnsupportedOperationException.class, () -> view("range(3)").set(0, 1));
    assertThrows(UnsupportedOperationException.class, () -> view("Squares()").remove(0));
  }

  @Test
  void whatIsNoSequenceIsRefusedWithWhatToUse() {
    record Refused(String made, String message) {}
    List<Refused> all =
        List.of(
            new Refused("{}", "a dict is no sequence; use asMap() instead"),
            new Refused("{1}", "a set is no sequence; use asSet() instead"),
            new Refused("iter([])", "a list_iterator is no sequence; use asIterable()"),
            new Refused("5", "a int is no sequence; use toJava() or to(Class)"),
            new Refused("None", "a NoneType is no sequence"));
    for (Refused refused : all) {
      assertSays(
          refused.message, assertThrows(PythonConversionException.class, () -> view(refused.made)));
    }
  }

  @Test
  void equalListsAreEqualAndHashAlike() {
    List<Object> xs = view("[1, None, 'a', [2.5]]");
    List<Object> copy = Arrays.asList(1L, null, "a", List.of(2.5));
    assertEquals(copy, xs);
    assertEquals(xs, copy);
    assertEquals(copy.hashCode(), xs.hashCode());
    assertEquals(copy.toString(), xs.toString());
    assertNotEquals(xs, view("[1, None, 'a']"));
    assertEquals(view("(1, 2)"), view("[1, 2]"));
  }

  @Test
  void elementsAreFoundAsPythonFindsThem() {
    List<Object> xs = view("[1, 'a', 1.0, None, 'a']");
    assertTrue(xs.contains(1.0));
    assertTrue(xs.contains(null));
    assertFalse(xs.contains("b"));
    assertEquals(0, xs.indexOf(1.0));
    assertEquals(2, xs.lastIndexOf(1));
    assertEquals(4, xs.lastIndexOf("a"));
    assertEquals(-1, xs.indexOf("b"));
    Object foreign = new Object();
    assertFalse(xs.contains(foreign));
    assertEquals(-1, xs.indexOf(foreign));
    assertFalse(xs.remove(foreign));
    assertTrue(xs.containsAll(List.of("a", 1)));
  }

  @Test
  void iteratorsKeepTheirContract() {
    List<Object> xs = view("list(range(100))");
    Iterator<Object> iterator = xs.iterator();
    assertThrows(IllegalStateException.class, iterator::remove);
    for (long i = 0; i < 100; i++) {
      assertEquals(i, iterator.next());
      if (i % 2 == 0) {
        iterator.remove();
        assertThrows(IllegalStateException.class, iterator::remove);
      }
    }
    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
    assertEquals(LongStream.range(0, 50).mapToObj(i -> 2 * i + 1).toList(), xs);
  }

  @Test
  void aListIteratorGoesBothWaysAndChanges() {
    List<Object> xs = view("[1, 2, 3]");
    ListIterator<Object> at = xs.listIterator(3);
    List<Object> backwards = new ArrayList<>();
    while (at.hasPrevious()) {
      backwards.add(at.previous());
    }
    assertEquals(List.of(3L, 2L, 1L), backwards);
    at.next();
    at.set("one");
    at.add("more");
    assertEquals("[one, more, 2, 3]", xs.toString());
    assertEquals(2, at.nextIndex());
  }

  @Test
  void changesBesideAnIterationAreNoticed() {
    List<Object> xs = view("[1, 2, 3]");
    Iterator<Object> iterator = xs.iterator();
    iterator.next();
    xs.add(4);
    assertThrows(ConcurrentModificationException.class, iterator::next);
    PythonObject deque = context.eval("collections.deque(range(100))");
    Iterator<Object> elements = deque.asList().iterator();
    elements.next();
    deque.call("append", 1);
    ConcurrentModificationException changed =
        assertThrows(
            ConcurrentModificationException.class, () -> elements.forEachRemaining(e -> {}));
    assertEquals(
        "RuntimeError", assertInstanceOf(PythonException.class, changed.getCause()).type());
  }

  @Test
  void arraysAreFilledAsTheContractSays() {
    List<String> xs = context.eval("['a', 'b']").asList(String.class);
    assertArrayEquals(new Object[] {"a", "b"}, xs.toArray());
    assertArrayEquals(new String[] {"a", "b"}, xs.toArray(new String[0]));
    String[] larger = {"x", "x", "x", "x"};
    assertArrayEquals(new String[] {"a", "b", null, "x"}, xs.toArray(larger));
    assertThrows(ArrayStoreException.class, () -> xs.toArray(new Integer[0]));
  }

  @Test
  void streamsKnowTheSizeAndTheOrder() {
    List<Object> xs = view("list(range(1000))");
    Spliterator<Object> split = xs.spliterator();
    assertTrue(split.hasCharacteristics(Spliterator.ORDERED | Spliterator.SIZED));
    assertEquals(1000, split.getExactSizeIfKnown());
    assertEquals(499_500, xs.stream().mapToLong(x -> (Long) x).sum());
    assertEquals(499_500, xs.parallelStream().mapToLong(x -> (Long) x).sum());
    assertFalse(xs instanceof RandomAccess, "its iterator is faster than a loop of get(i)");
  }

  @Test
  void sortingMovesTheVeryObjects() {
    context.exec("rows = [['b'], ['a'], ['c']]; before = {row[0]: id(row) for row in rows}");
    List<Object> rows = context.get("rows").asList();
    rows.sort(Comparator.comparing(String::valueOf));
    assertTrue(context.evalBoolean("rows == [['a'], ['b'], ['c']]"));
    assertTrue(context.evalBoolean("all(before[row[0]] == id(row) for row in rows)"));
    List<Object> numbers = view("[3, 1, 2]");
    Collections.sort(context.eval("['b', 'a']").asList(String.class));
    numbers.sort(null);
    assertEquals(List.of(1L, 2L, 3L), numbers);
    assertThrows(ClassCastException.class, () -> view("[1, 'a']").sort(null));
  }

  // ---- typed

  @Test
  void typedElementsAreConvertedAsTheyAreRead() {
    record Point(int x, int y) {}
    List<Integer> ints = context.eval("[1, 2]").asList(Integer.class);
    assertEquals(List.of(1, 2), ints);
    assertEquals(2, ints.remove(1));
    assertTrue(ints.add(7));
    assertEquals(7, ints.get(1));
    List<Point> points = context.eval("[(1, 2), {'x': 3, 'y': 4}]").asList(Point.class);
    assertEquals(new Point(3, 4), points.get(1));
    assertEquals(List.of(new Point(1, 2), new Point(3, 4)), points);
    List<long[]> rows = context.eval("[array.array('q', [1, 2]), [3]]").asList(long[].class);
    assertArrayEquals(new long[] {3}, rows.get(1));
    assertArrayEquals(new long[] {1, 2}, rows.iterator().next());
  }

  @Test
  void anElementOfAnotherTypeIsToldWithItsPlace() {
    record Point(int x, int y) {}
    List<Integer> ints = context.eval("[1, 'two']").asList(Integer.class);
    PythonConversionException refused =
        assertThrows(PythonConversionException.class, () -> ints.get(1));
    assertEquals("[1]", refused.path());
    assertEquals("[1]: str 'two' cannot become java.lang.Integer", refused.getMessage());
    Iterator<Integer> iterator = ints.iterator();
    assertEquals(1, iterator.next());
    assertEquals("[1]", assertThrows(PythonConversionException.class, iterator::next).path());
    assertEquals("[1]", assertThrows(PythonConversionException.class, ints::toArray).path());
    List<Point> points = context.eval("[(1, 'a')]").asList(Point.class);
    assertEquals(
        "[0].y: str 'a' cannot become int",
        assertThrows(PythonConversionException.class, () -> points.get(0)).getMessage());
  }

  @Test
  void handlesGiveTheVeryElements() {
    context.exec("nested = [[1], [2]]");
    List<PythonObject> nested = context.get("nested").asList(PythonObject.class);
    nested.get(0).asList().add("more");
    for (PythonObject inner : nested) {
      inner.asList().add(0, "first");
    }
    assertEquals("[['first', 1, 'more'], ['first', 2]]", context.evalText("repr(nested)"));
    PythonObject first = context.eval("nested[0]");
    assertTrue(nested.get(0).isSame(first));
    assertTrue(((PythonObject) nested.toArray()[0]).isSame(first));
    assertEquals(0, nested.indexOf(first));
    assertTrue(context.eval("[None]").asList(PythonObject.class).get(0).isNone());
  }

  // ---- back to Python

  @Test
  void aViewGoesBackAsTheVeryObject() {
    context.exec("xs = [1, 2]");
    List<Object> xs = context.get("xs").asList();
    assertTrue(context.evalBoolean("a is xs", java.util.Map.of("a", xs)));
    assertTrue(
        context.evalBoolean("a[0][0] is xs", java.util.Map.of("a", List.of(PythonTuple.of(xs)))));
    xs.addAll(xs);
    assertEquals(List.of(1L, 2L, 1L, 2L), xs);
    xs.add(xs);
    assertTrue(context.evalBoolean("xs[4] is xs"));
    List<Object> other = view("[]");
    other.add(view("[1]"));
    assertEquals("[[1]]", other.toString());
    assertTrue(
        context.evalBoolean("a is not xs and a == xs[:2]", java.util.Map.of("a", xs.subList(0, 2))),
        "a part of a view is a copy");
  }
}
