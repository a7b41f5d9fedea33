package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonTuple;
import io.gilgamesh.internal.host.HostCallException;
import io.gilgamesh.internal.host.HostCallException.Kind;
import io.gilgamesh.internal.host.Protocols;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The steps of Python's protocols do on Java's objects what Python does on its own. */
class ProtocolsTest {

  /** Calls a step as Python does: that of the object's class or of a superclass. */
  private static Object step(String name, Object target, Object... others) {
    Object[] arguments = new Object[others.length + 1];
    arguments[0] = target;
    System.arraycopy(others, 0, arguments, 1, others.length);
    try {
      Method method = find(name, target.getClass());
      method.setAccessible(true);
      return method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Method find(String name, Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      Method method = Protocols.protocolsOf(each).get(name);
      if (method != null) {
        return method;
      }
    }
    throw new AssertionError(type + " has no " + name);
  }

  private static void assertRefused(Kind kind, Runnable call) {
    HostCallException error = assertThrows(HostCallException.class, call::run);
    assertEquals(kind, error.kind(), error.getMessage());
  }

  private static List<Object> drained(Object cursor, int most) {
    List<Object> all = new ArrayList<>();
    PythonTuple batch = (PythonTuple) step("next_batch", cursor, most);
    while (!batch.isEmpty()) {
      all.addAll(batch);
      batch = (PythonTuple) step("next_batch", cursor, most);
    }
    return all;
  }

  @SafeVarargs
  private static <T> List<T> listOf(T... values) {
    List<T> list = new ArrayList<>();
    for (T value : values) {
      list.add(value);
    }
    return list;
  }

  // ---- which class has what

  @Test
  void aClassHasOnlyWhatItsSuperclassHasNot() {
    assertTrue(Protocols.protocolsOf(AbstractList.class).containsKey("list_get"));
    assertEquals(Map.of(), Protocols.protocolsOf(ArrayList.class));
    assertFalse(Protocols.protocolsOf(List.class).containsKey("__eq__"));
    assertTrue(Protocols.protocolsOf(Object.class).containsKey("__eq__"));
  }

  @Test
  void aTypeTakesPartByItsInterfaces() {
    assertEquals(
        Set.of("__len__", "__contains__", "discard", "discard_all", "open_cursor"),
        Protocols.protocolsOf(Collection.class).keySet());
    assertEquals(Set.of("__exit__"), Protocols.protocolsOf(AutoCloseable.class).keySet());
    assertEquals(
        Set.of("throwable_facts", "throwable_cause", "throwable_same", "throwable_frames"),
        Protocols.protocolsOf(Throwable.class).keySet());
    assertTrue(Protocols.protocolsOf(int[].class).containsKey("array_get"));
    assertTrue(Protocols.protocolsOf(ArrayDeque.class).containsKey("open_reversed_cursor"));
  }

  // ---- lists

  @Test
  void indicesCountFromTheEndWhereTheyAreNegative() {
    List<String> list = listOf("a", "b", "c");
    assertEquals("a", step("list_get", list, 0L));
    assertEquals("c", step("list_get", list, -1L));
    assertRefused(Kind.INDEX, () -> step("list_get", list, 3L));
    assertRefused(Kind.INDEX, () -> step("list_get", list, -4L));
    assertRefused(Kind.INDEX, () -> step("list_get", list, Long.MIN_VALUE));
    assertRefused(Kind.INDEX, () -> step("list_pop", listOf(), -1L));
  }

  @Test
  void insertingBeyondTheEndsInsertsThere() {
    List<String> list = listOf("b");
    step("list_insert", list, -9L, "a");
    step("list_insert", list, 9L, "d");
    step("list_insert", list, -1L, "c");
    assertEquals(List.of("a", "b", "c", "d"), list);
  }

  @Test
  void slicesGoByAnyStep() {
    List<Integer> list = List.of(0, 1, 2, 3, 4);
    assertEquals(List.of(1, 2), step("list_slice", list, 1, 1, 2));
    assertEquals(List.of(4, 2, 0), step("list_slice", list, 4, -2, 3));
    assertEquals(List.of(), step("list_slice", list, 5, 1, 0));
  }

  @Test
  void aSliceIsReplacedByMoreAndByFewer() {
    List<Integer> list = listOf(0, 1, 2, 3);
    step("list_replace", list, 1, 2, List.of(7, 8, 9));
    assertEquals(List.of(0, 7, 8, 9, 3), list);
    step("list_replace", list, 0, 4, List.of());
    assertEquals(List.of(3), list);
    step("list_replace", list, 1, 0, list);
    assertEquals(List.of(3, 3), list);
  }

  @Test
  void aSliceIsDeleted() {
    List<Integer> list = listOf(0, 1, 2, 3, 4);
    step("list_delete_slice", list, 0, 2, 3);
    assertEquals(List.of(1, 3), list);
    step("list_delete_slice", list, 0, 1, 2);
    assertEquals(List.of(), list);
  }

  @Test
  void whatAListDoesNotAllowIsJavasError() {
    assertThrows(
        UnsupportedOperationException.class, () -> step("list_set", List.of(1), 0L, (Object) 2));
  }

  // ---- what is one value in Python

  @Test
  void aWholeNumberIsFoundInAnyClass() {
    assertTrue((boolean) step("__contains__", List.of(1, 2), 2L));
    assertTrue((boolean) step("__contains__", Set.of((short) 2), 2L));
    assertTrue((boolean) step("__contains__", Set.of(2.0), 2L));
    assertTrue((boolean) step("__contains__", Set.of(2), 2.0));
    assertTrue((boolean) step("__contains__", new int[] {1, 2}, 2L));
    assertFalse((boolean) step("__contains__", List.of(1, 2), 3L));
    assertFalse((boolean) step("__contains__", Set.of(1), 1L + (1L << 32)));
  }

  @Test
  void aTextOfOneCharacterIsFoundAsChar() {
    assertTrue((boolean) step("__contains__", List.of('x'), "x"));
    assertFalse((boolean) step("__contains__", List.of('x'), "xy"));
  }

  @Test
  void whatACollectionCannotHoldIsNotInIt() {
    assertFalse((boolean) step("__contains__", new TreeSet<>(Set.of("a")), 1L));
    assertFalse((boolean) step("__contains__", new TreeMap<>(Map.of("a", 1)), 1L));
    assertFalse((boolean) step("__contains__", List.of(1), (Object) null));
  }

  @Test
  void aValueIsDiscardedInAnyForm() {
    Set<Object> set = new HashSet<>(List.of(1, 2L, "c"));
    step("discard_all", set, List.of(1L, 2L, 3L));
    assertEquals(Set.of("c"), set);
  }

  @Test
  void aValueIsNotAddedInASecondForm() {
    Set<Object> set = new HashSet<>(List.of(1));
    step("add_all", set, List.of(1L, 2L));
    assertEquals(Set.of(1, 2L), set);
  }

  // ---- maps

  @Test
  void aKeyIsFoundInAnyForm() {
    Map<Object, Object> map = new HashMap<>(Map.of(1, "one"));
    assertEquals("one", step("map_get", map, 1L));
    step("map_put", map, 1L, "uno");
    step("map_put_all", map, Map.of(2L, "due"));
    assertEquals(Map.of(1, "uno", 2L, "due"), map);
    assertEquals("uno", step("map_remove", map, 1L));
  }

  @Test
  void aMissingKeyIsAKeyErrorAndANullValueIsNone() {
    Map<String, String> map = new HashMap<>();
    map.put("a", null);
    assertNull(step("map_get", map, "a"));
    assertRefused(Kind.KEY, () -> step("map_get", map, "b"));
    assertRefused(Kind.KEY, () -> step("map_remove", map, "b"));
    assertRefused(Kind.KEY, () -> step("map_pop", new HashMap<>()));
  }

  @Test
  void aMapIsIteratedByItsKeysAndByItsPairs() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("a", 1);
    map.put("b", 2);
    assertEquals(List.of("a", "b"), drained(step("open_cursor", map), 16));
    assertEquals(
        List.of(PythonTuple.of("a", 1), PythonTuple.of("b", 2)),
        drained(step("open_items_cursor", map), 16));
  }

  // ---- iteration

  @Test
  void batchesHoldAtMostWhatIsAskedFor() {
    List<Integer> list = Stream.iterate(0, i -> i + 1).limit(100).toList();
    Object cursor = step("open_cursor", list);
    assertEquals(16, ((PythonTuple) step("next_batch", cursor, 16)).size());
    assertEquals(list.subList(16, 100), drained(cursor, 64));
    assertEquals(99, drained(step("open_reversed_cursor", list), 16).get(0));
  }

  @Test
  void aChangeDuringAnyElementButTheLastIsNoticed() {
    for (Collection<Integer> collection :
        List.of(listOf(1, 2, 3), new HashSet<>(Set.of(1, 2, 3)))) {
      Object cursor = step("open_cursor", collection);
      step("next_batch", cursor, 16);
      collection.add(4);
      assertThrows(ConcurrentModificationException.class, () -> drained(cursor, 16));
    }
  }

  @Test
  void aListThatChangedAfterTheLastElementIsNoticed() {
    List<Integer> list = listOf(1);
    Object cursor = step("open_cursor", list);
    step("next_batch", cursor, 16);
    list.add(2);
    assertThrows(ConcurrentModificationException.class, () -> step("next_batch", cursor, 16));
  }

  @Test
  void whatIsMadeOnDemandIsNotTakenAhead() {
    AtomicInteger made = new AtomicInteger();
    Object cursor = step("open_cursor", Stream.generate(made::incrementAndGet));
    step("next_batch", cursor, 16);
    assertEquals(1, made.get());
  }

  @Test
  void anIteratorEndsByStopIteration() {
    Object iterator = List.of(1).iterator();
    assertEquals(1, step("__next__", iterator));
    assertRefused(Kind.STOP_ITERATION, () -> step("__next__", iterator));
  }

  @Test
  void dequesAndSortedSetsAreReversed() {
    assertEquals(
        List.of(2, 1), drained(step("open_reversed_cursor", new ArrayDeque<>(List.of(1, 2))), 16));
    assertEquals(
        List.of(2, 1), drained(step("open_reversed_cursor", new TreeSet<>(List.of(1, 2))), 16));
  }

  // ---- arrays and texts

  @Test
  void arraysTakeWhatFitsTheirElements() {
    int[] array = {1, 2, 3};
    step("array_set", array, -1L, 9L);
    step("array_set_slice", array, 0, 1, List.of(7L, 8L));
    assertArrayEquals(new int[] {7, 8, 9}, array);
    assertEquals(List.of(9, 8, 7), step("array_slice", array, 2, -1, 3));
    assertRefused(Kind.VALUE, () -> step("array_set", array, 0L, 1L << 31));
    assertRefused(Kind.TYPE, () -> step("array_set", array, 0L, "1"));
    assertRefused(Kind.TYPE, () -> step("array_set", array, 0L, (Object) null));
    assertRefused(Kind.INDEX, () -> step("array_get", array, 3L));
  }

  @Test
  void aSliceOfAnArrayIsSetWholeOrNotAtAll() {
    byte[] array = {1, 2};
    assertRefused(Kind.VALUE, () -> step("array_set_slice", array, 0, 1, List.of(5L, 500L)));
    assertArrayEquals(new byte[] {1, 2}, array);
  }

  @Test
  void charactersAndNullsAreElementsWhereTheyFit() {
    char[] characters = {'a'};
    step("array_set", characters, 0L, "b");
    String[] texts = {"a"};
    step("array_set", texts, 0L, (Object) null);
    assertEquals('b', characters[0]);
    assertNull(texts[0]);
    assertRefused(Kind.TYPE, () -> step("array_set", texts, 0L, 1L));
  }

  @Test
  void theTextOfAnArrayIsThatOfItsElements() {
    assertEquals("[[1, 2], [3]]", step("__str__", new int[][] {{1, 2}, {3}}, new Object[0]));
  }

  @Test
  void textsGoByUnit() {
    StringBuilder text = new StringBuilder("abcd");
    assertEquals("d", step("text_get", text, -1L));
    assertEquals("db", step("text_slice", text, 3, -2, 2));
    assertEquals(List.of("a", "b", "c", "d"), drained(step("open_cursor", text), 16));
  }

  // ---- every object

  @Test
  void whatDoesNotCompareGivesNull() {
    assertTrue((int) step("compare", "a", "b") < 0);
    assertNull(step("compare", "a", 1L));
  }

  @Test
  void wholeNumbersOfAnySizeAreExact() {
    assertEquals("9223372036854775807", step("__int__", new AtomicLong(Long.MAX_VALUE)).toString());
    assertEquals("3", step("__int__", 3.9).toString());
    assertEquals("10000000000000000000000", step("__int__", 1e22).toString());
    assertRefused(Kind.VALUE, () -> step("__int__", Double.NaN));
  }

  @Test
  void theShortTextIsShortAndNeverAnError() {
    List<Integer> many = new ArrayList<>(Stream.iterate(0, i -> i + 1).limit(100_000).toList());
    String text = (String) step("__repr__", many);
    assertTrue(text.startsWith("[0, 1, 2") && text.endsWith(", ...]"), text);
    assertEquals("[1, 2]", step("__repr__", new int[] {1, 2}));
    assertEquals("{a=1}", step("__repr__", new HashMap<>(Map.of("a", 1))));
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("broken");
          }
        };
    assertEquals(
        "(its toString() throws java.lang.IllegalStateException)", step("__repr__", broken));
  }

  @Test
  void factsOfAnExceptionAreItsMessageItsIdentityAndWhetherItHasACause() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    int identity = System.identityHashCode(second);
    assertEquals(PythonTuple.of("second", identity, true), step("throwable_facts", second));
    identity = System.identityHashCode(first);
    assertEquals(PythonTuple.of("first", identity, false), step("throwable_facts", first));
    assertEquals(first, step("throwable_cause", second));
  }
}
