package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import org.junit.jupiter.api.Test;

/** Sets seen as Java sets, and what can be iterated as Iterables. */
class SetViewTest extends InContext {

  private Set<Object> view(String expression) {
    return context.eval(expression).asSet();
  }

  @Test
  void changesAreSeenOnBothSides() {
    context.exec("s = {1}");
    Set<Object> s = context.get("s").asSet();
    context.exec("s.add('a')");
    assertEquals(Set.of(1L, "a"), s);
    assertTrue(s.add(2));
    assertFalse(s.add(2));
    assertTrue(s.remove("a"));
    assertFalse(s.remove("a"));
    assertTrue(s.addAll(List.of(2, 3)));
    assertFalse(s.addAll(s));
    assertTrue(s.add(null));
    assertTrue(context.evalBoolean("s == {1, 2, 3, None}"));
    assertTrue(s.retainAll(Arrays.asList(1L, null)));
    assertTrue(context.evalBoolean("s == {1, None}"));
    s.clear();
    assertEquals(0, s.size());
  }

  @Test
  void whatCannotChangeSaysSo() {
    Set<Object> frozen = view("frozenset({1})");
    assertEquals(Set.of(1L), frozen);
    assertEquals(
        "nothing can be added to a frozenset; change a copy of it, toSet()",
        assertThrows(UnsupportedOperationException.class, () -> frozen.add(2)).getMessage());
    assertThrows(UnsupportedOperationException.class, () -> frozen.remove(1));
    assertThrows(UnsupportedOperationException.class, frozen::clear);
    Set<Object> keys = view("{'a': 1}.keys()");
    assertEquals(Set.of("a"), keys);
    assertThrows(UnsupportedOperationException.class, () -> keys.add("b"));
    Set<Object> items = view("{'a': 1}.items()");
    assertTrue(items.contains(Map.entry("a", 1)));
  }

  @Test
  void whatCannotBeHashedIsInNoSet() {
    Set<Object> set = view("{1}");
    assertFalse(set.contains(List.of(1)));
    assertFalse(set.remove(List.of(1)));
    assertFalse(set.contains(new Object()));
    assertEquals(
        "a list cannot be hashed, so it is no key of a dict or element of a set",
        assertThrows(PythonConversionException.class, () -> set.add(List.of(1))).getMessage());
    assertEquals(
        "TypeError",
        assertThrows(PythonException.class, () -> set.addAll(List.of(List.of(1)))).type());
  }

  @Test
  void elementsAreRemovedWhileTheyAreIterated() {
    Set<Long> set = context.eval("set(range(1000))").asSet(Long.class);
    Iterator<Long> elements = set.iterator();
    assertThrows(IllegalStateException.class, elements::remove);
    while (elements.hasNext()) {
      if (elements.next() >= 3) {
        elements.remove();
      }
    }
    assertThrows(NoSuchElementException.class, elements::next);
    assertEquals(Set.of(0L, 1L, 2L), set);
    assertTrue(set.removeIf(element -> element == 1));
    assertEquals(2, set.size());
  }

  @Test
  void anElementThatIsNotEqualToItselfIsNotRemoved() {
    Iterator<Object> elements = view("{float('nan')}").iterator();
    elements.next();
    assertThrows(ConcurrentModificationException.class, elements::remove);
  }

  @Test
  void changesBesideAnIterationAreNoticed() {
    context.exec("s = set(range(100))");
    Iterator<Object> elements = context.get("s").asSet().iterator();
    elements.next();
    context.exec("s.add('new')");
    assertEquals(
        "Set changed size during iteration",
        assertThrows(
                ConcurrentModificationException.class, () -> elements.forEachRemaining(e -> {}))
            .getMessage());
    Set<Object> mine = view("{1, 2}");
    Iterator<Object> iterator = mine.iterator();
    mine.add(1);
    iterator.next();
    mine.add(3);
    assertThrows(ConcurrentModificationException.class, iterator::next);
  }

  @Test
  void equalSetsAreEqualAndHashAlike() {
    Set<Object> view = view("{1, 'a', None}");
    Set<Object> copy = new HashSet<>(Arrays.asList(1L, "a", null));
    assertEquals(copy, view);
    assertEquals(view, copy);
    assertEquals(copy.hashCode(), view.hashCode());
    assertEquals(new HashSet<>(Arrays.asList(view.toArray())), copy);
    assertArrayEquals(new String[] {"x"}, view("{'x'}").toArray(new String[0]));
    assertTrue(view.spliterator().hasCharacteristics(Spliterator.DISTINCT | Spliterator.SIZED));
  }

  @Test
  void anElementOfAnotherTypeIsTold() {
    Set<Integer> ints = context.eval("{'a'}").asSet(Integer.class);
    PythonConversionException refused =
        assertThrows(PythonConversionException.class, () -> ints.iterator().next());
    assertEquals("{}: str 'a' cannot become java.lang.Integer", refused.getMessage());
    assertThrows(PythonConversionException.class, ints::toArray);
    assertEquals(
        "a list is no set; use asList() instead",
        assertThrows(PythonConversionException.class, () -> view("[]")).getMessage());
  }

  @Test
  void aViewGoesBackAsTheVeryObject() {
    context.exec("s = {1}");
    assertTrue(context.evalBoolean("a is s", Map.of("a", context.get("s").asSet())));
    context.exec("g = (i for i in range(3))");
    Iterable<Object> g = context.get("g").asIterable();
    assertTrue(context.evalBoolean("a is g", Map.of("a", g)));
  }

  // ---- iterables

  @Test
  void whateverPythonIteratesIsAnIterable() {
    for (String made : List.of("[1, 2]", "(1, 2)", "{1: 0, 2: 0}", "range(1, 3)", "iter([1, 2])")) {
      List<Object> seen = new ArrayList<>();
      context.eval(made).asIterable().forEach(seen::add);
      assertEquals(List.of(1L, 2L), seen, made);
    }
    Iterable<Integer> twice = context.eval("[1, 2]").asIterable(Integer.class);
    int sum = 0;
    for (int element : twice) {
      for (int other : twice) {
        sum += element * other;
      }
    }
    assertEquals(9, sum);
    assertTrue(twice.spliterator().hasCharacteristics(Spliterator.ORDERED));
  }

  @Test
  void aGeneratorThatRaisesGivesWhatCameBefore() {
    context.exec("def numbers():\n    yield 1\n    yield 'two'\n    raise ValueError('third')");
    Iterator<Object> numbers = context.eval("numbers()").asIterable().iterator();
    assertEquals(1L, numbers.next());
    assertEquals("two", numbers.next());
    assertEquals("ValueError", assertThrows(PythonException.class, numbers::hasNext).type());
    assertFalse(numbers.hasNext());
    Iterator<Long> longs = context.eval("numbers()").asIterable(Long.class).iterator();
    longs.next();
    assertEquals("[1]", assertThrows(PythonConversionException.class, longs::next).path());
    assertThrows(UnsupportedOperationException.class, longs::remove);
  }

  @Test
  void whatCannotBeIteratedIsRefused() {
    assertEquals(
        "a int is no iterable; use toJava() or to(Class) for its value",
        assertThrows(PythonConversionException.class, () -> context.eval("1").asIterable())
            .getMessage());
  }
}
