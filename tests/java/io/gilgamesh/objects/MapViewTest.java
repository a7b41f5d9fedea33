package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mappings seen as Java maps. */
class MapViewTest extends InContext {

  @BeforeEach
  void define() {
    context.exec(
        """
        import collections, collections.abc, types
        class Table(collections.abc.MutableMapping):
            def __init__(self, rows): self.rows = dict(rows)
            def __len__(self): return len(self.rows)
            def __iter__(self): return iter(self.rows)
            def __getitem__(self, key): return self.rows[key]
            def __setitem__(self, key, value): self.rows[key] = value
            def __delitem__(self, key): del self.rows[key]
        """);
  }

  private Map<Object, Object> view(String expression) {
    return context.eval(expression).asMap();
  }

  @Test
  void changesAreSeenOnBothSides() {
    context.exec("d = {'a': 1}");
    Map<Object, Object> d = context.get("d").asMap();
    context.exec("d['b'] = None; d[3] = 'x'");
    Map<Object, Object> expected = new LinkedHashMap<>();
    expected.put("a", 1L);
    expected.put("b", null);
    expected.put(3L, "x");
    assertEquals(expected, d);
    assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(d.keySet()));
    assertEquals(1L, d.put("a", 2));
    assertNull(d.put("c", List.of(1)));
    assertNull(d.remove("b"));
    assertEquals("x", d.remove(3));
    d.putAll(Map.of("z", 0));
    assertEquals("{'a': 2, 'c': [1], 'z': 0}", context.evalText("repr(d)"));
    d.clear();
    assertEquals(0, context.evalLong("len(d)"));
  }

  @Test
  void mappingsOfAllKindsAreMaps() {
    for (String made :
        List.of(
            "{'a': 1, 'b': 2}",
            "Table({'a': 1, 'b': 2})",
            "collections.OrderedDict(a=1, b=2)",
            "collections.UserDict(a=1, b=2)",
            "collections.ChainMap({'a': 1}, {'b': 2})")) {
      Map<Object, Object> map = view(made);
      assertEquals(Map.of("a", 1L, "b", 2L), map, made);
      assertEquals(1L, map.put("a", 5));
      assertNull(map.put("c", 3));
      assertEquals(5L, map.remove("a"), made);
      map.entrySet().removeIf(entry -> entry.getKey().equals("c"));
      assertFalse(map.containsKey("c"), made);
      assertEquals(2L, map.get("b"));
    }
    Map<Object, Object> proxy = view("types.MappingProxyType({'a': 1})");
    assertEquals(Map.of("a", 1L), proxy);
    assertTrue(
        assertThrows(UnsupportedOperationException.class, () -> proxy.put("b", 1))
            .getMessage()
            .startsWith("nothing in a mappingproxy can be replaced; change a copy of it, toMap()"));
    assertThrows(UnsupportedOperationException.class, () -> proxy.remove("a"));
    assertThrows(UnsupportedOperationException.class, proxy::clear);
  }

  @Test
  void aLookUpMakesNoEntryAndTellsNoneFromNothing() {
    context.exec("defaults = collections.defaultdict(list, n=None)");
    Map<Object, Object> defaults = context.get("defaults").asMap();
    assertNull(defaults.get("absent"));
    assertNull(defaults.get("n"));
    assertTrue(defaults.containsKey("n"));
    assertFalse(defaults.containsKey("absent"));
    assertEquals("other", defaults.getOrDefault("absent", "other"));
    assertNull(defaults.getOrDefault("n", "other"));
    assertNull(defaults.remove("absent"));
    assertEquals(1, context.evalLong("len(defaults)"));
    assertEquals("made", defaults.computeIfAbsent("k", key -> "made"));
    assertEquals(3L, view("{'n': 1}").merge("n", 2L, (one, other) -> (Long) one + (Long) other));
  }

  @Test
  void whatNoDictCanHoldIsNotInIt() {
    Map<Object, Object> map = view("{'a': 1}");
    Object foreign = new Object();
    assertNull(map.get(foreign));
    assertFalse(map.containsKey(foreign));
    assertNull(map.remove(foreign));
    assertNull(map.get(List.of(1)));
    assertFalse(map.containsKey(List.of(1)));
    assertNull(map.remove(List.of(1)));
    assertFalse(map.equals(Map.of(List.of(1), 1L)));
    assertFalse(Map.of(List.of(1), 1L).equals(map));
    PythonConversionException refused =
        assertThrows(PythonConversionException.class, () -> map.put(new ArrayList<>(), 1));
    assertEquals(
        "[java.util.ArrayList]: a list cannot be hashed, so it is no key of a dict or element of a"
            + " set",
        refused.getMessage());
    assertEquals(Map.of("a", 1L), map);
    map.put(foreign, 1);
    assertEquals(Map.of("a", 1L, foreign, 1L), map);
  }

  @Test
  void keysValuesAndEntriesAreViewsToo() {
    context.exec("d = {'a': 1, 'b': 2, 'c': 2, 'e': 5}");
    Map<Object, Object> d = context.get("d").asMap();
    Set<Object> keys = d.keySet();
    assertTrue(keys.remove("a"));
    assertFalse(keys.remove("a"));
    assertTrue(d.values().remove(2L));
    assertTrue(d.entrySet().remove(Map.entry("e", 5L)));
    assertFalse(d.entrySet().remove(Map.entry("c", 5L)));
    assertEquals("{'c': 2}", context.evalText("repr(d)"));
    assertThrows(UnsupportedOperationException.class, () -> keys.add("x"));
    for (Map.Entry<Object, Object> entry : d.entrySet()) {
      assertEquals(2L, entry.setValue("two"));
      assertEquals("two", entry.getValue());
    }
    assertEquals("{'c': 'two'}", context.evalText("repr(d)"));
    context.exec("d['n'] = None");
    assertTrue(d.entrySet().contains(new java.util.AbstractMap.SimpleEntry<>("n", null)));
    assertFalse(d.entrySet().contains(new java.util.AbstractMap.SimpleEntry<>("m", null)));
    assertTrue(d.containsValue(null));
    keys.clear();
    assertTrue(d.isEmpty());
  }

  @Test
  void entriesAreRemovedWhileTheyAreIterated() {
    context.exec("d = {i: i * i for i in range(1000)}");
    Map<Long, Long> d = context.get("d").asMap(Long.class, Long.class);
    d.keySet().removeIf(key -> key % 2 == 0);
    d.values().removeIf(value -> value % 3 == 0);
    Iterator<Map.Entry<Long, Long>> entries = d.entrySet().iterator();
    assertThrows(IllegalStateException.class, entries::remove);
    while (entries.hasNext()) {
      if (entries.next().getKey() > 10) {
        entries.remove();
      }
    }
    assertThrows(NoSuchElementException.class, entries::next);
    assertEquals("{1: 1, 5: 25, 7: 49}", context.evalText("repr(d)"));
  }

  @Test
  void changesBesideAnIterationAreNoticed() {
    Map<Object, Object> mine = view("{'a': 1, 'b': 2}");
    Iterator<Object> keys = mine.keySet().iterator();
    keys.next();
    mine.put("b", 3);
    keys.next();
    mine.put("c", 3);
    assertThrows(ConcurrentModificationException.class, keys::next);
    context.exec("d = dict.fromkeys(range(100))");
    Iterator<Map.Entry<Object, Object>> entries = context.get("d").asMap().entrySet().iterator();
    entries.next();
    context.exec("d['new'] = 1");
    ConcurrentModificationException changed =
        assertThrows(
            ConcurrentModificationException.class, () -> entries.forEachRemaining(e -> {}));
    assertEquals("dictionary changed size during iteration", changed.getMessage());
    assertEquals(
        "RuntimeError", assertInstanceOf(PythonException.class, changed.getCause()).type());
  }

  @Test
  void equalMapsAreEqualAndHashAlike() {
    Map<Object, Object> view = view("{'a': 1, 'n': None}");
    Map<Object, Object> copy = new HashMap<>();
    copy.put("a", 1L);
    copy.put("n", null);
    assertEquals(copy, view);
    assertEquals(view, copy);
    assertEquals(copy.hashCode(), view.hashCode());
    assertEquals("{a=1, n=null}", view.toString());
    assertEquals(copy.keySet(), view.keySet());
    assertEquals(copy.entrySet(), view.entrySet());
  }

  @Test
  void typedEntriesAreConvertedAndToldWithTheirPlace() {
    Map<Integer, String> map =
        context.eval("{1: 'a', 2: 3, 'k': 'b'}").asMap(Integer.class, String.class);
    assertEquals("a", map.get(1));
    assertEquals(
        "[2]: int 3 cannot become java.lang.String",
        assertThrows(PythonConversionException.class, () -> map.get(2)).getMessage());
    Iterator<Map.Entry<Integer, String>> entries = map.entrySet().iterator();
    entries.next();
    assertEquals("[2]", assertThrows(PythonConversionException.class, entries::next).path());
    assertEquals(
        "[key 'k']: str 'k' cannot become java.lang.Integer",
        assertThrows(PythonConversionException.class, entries::next).getMessage());
    Map<String, PythonObject> nested =
        context.eval("{'a': {}, 'n': None}").asMap(String.class, PythonObject.class);
    nested.get("a").asMap().put("x", 1);
    assertEquals("{'x': 1}", nested.get("a").str());
    assertTrue(nested.get("n").isNone());
    assertNull(nested.get("absent"));
    nested.values().forEach(value -> assertEquals(value.isNone(), value.str().equals("None")));
  }

  @Test
  void whatIsNoMappingIsRefusedWithWhatToUse() {
    assertEquals(
        "a list is no mapping; use asList() instead",
        assertThrows(PythonConversionException.class, () -> view("[]")).getMessage());
    assertEquals(
        "a int is no mapping; use toJava() or to(Class) for its value",
        assertThrows(PythonConversionException.class, () -> view("1")).getMessage());
  }

  @Test
  void streamsKnowWhatMapsPromise() {
    Map<Object, Object> map = view("{i: i for i in range(300)}");
    int keys = Spliterator.DISTINCT | Spliterator.ORDERED | Spliterator.SIZED;
    assertTrue(map.keySet().spliterator().hasCharacteristics(keys));
    assertTrue(map.entrySet().spliterator().hasCharacteristics(keys));
    assertTrue(
        map.values().spliterator().hasCharacteristics(Spliterator.ORDERED | Spliterator.SIZED));
    assertEquals(44_850, map.values().stream().mapToLong(value -> (Long) value).sum());
  }

  @Test
  void aViewGoesBackAsTheVeryObject() {
    context.exec("d = {'a': 1}");
    Map<Object, Object> d = context.get("d").asMap();
    assertTrue(context.evalBoolean("a is d", Map.of("a", d)));
    d.put("self", d);
    assertTrue(context.evalBoolean("d['self'] is d"));
    view("{}").putAll(d);
    assertTrue(context.evalBoolean("type(a) is set and a == set(d)", Map.of("a", d.keySet())));
  }
}
