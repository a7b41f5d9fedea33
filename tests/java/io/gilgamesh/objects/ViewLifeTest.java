package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Views between threads and transactions, what they cost in crossings, and what they leave behind.
 */
class ViewLifeTest extends InContext {

  @Test
  void theCountIsOneForEachCrossing() {
    PythonObject number = context.eval("1");
    assertEquals(0, crossings(() -> {}));
    assertEquals(1, crossings(number::asLong));
    assertEquals(2, crossings(() -> Math.addExact(number.asLong(), number.asLong())));
  }

  @Test
  void anElementOfAListIsOneCrossing() {
    for (String made : List.of("[1, 'a', None]", "(1, 'a', None)", "range(3)")) {
      List<Object> xs = context.eval(made).asList();
      assertEquals(1, crossings(() -> xs.get(1)), made);
      assertEquals(3, crossings(() -> Arrays.asList(xs.get(0), xs.get(1), xs.get(2))), made);
      assertEquals(1, crossings(xs::size), made);
      assertEquals(1, crossings(() -> xs.contains("a")), made);
      assertEquals(1, crossings(() -> xs.indexOf("b")), made);
      assertEquals(1, crossings(xs::toArray), made);
    }
    List<Object> xs = context.eval("[0] * 100").asList();
    assertEquals(1, crossings(() -> xs.set(0, 2)));
    assertEquals(1, crossings(() -> xs.add(2)));
    assertEquals(1, crossings(() -> xs.remove(0)));
    assertEquals(1, crossings(() -> xs.subList(0, 2)), "a part asks for the size");
  }

  @Test
  void anEntryOfAMapIsOneCrossing() {
    for (String made : List.of("{'a': 1}", "__import__('types').MappingProxyType({'a': 1})")) {
      Map<Object, Object> map = context.eval(made).asMap();
      assertEquals(1, crossings(() -> map.get("a")), made);
      assertEquals(1, crossings(() -> map.get("absent")), made);
      assertEquals(1, crossings(() -> map.containsKey("a")), made);
      assertEquals(1, crossings(map::size), made);
    }
    Map<Object, Object> map = context.eval("{'a': 1}").asMap();
    assertEquals(1, crossings(() -> map.put("a", 2)));
    assertEquals(1, crossings(() -> map.remove("b")));
    Set<Object> set = context.eval("{1}").asSet();
    assertEquals(1, crossings(() -> set.contains(1)));
    assertEquals(1, crossings(() -> set.add(1)));
  }

  @Test
  void anIterationIsOneCrossingForABatch() {
    // Batches of 16, 32, 64, 128, 256: a thousand elements take seven.
    List<Object> list = context.eval("list(range(1000))").asList();
    Map<Object, Object> map = context.eval("{i: i for i in range(1000)}").asMap();
    Set<Object> set = context.eval("set(range(1000))").asSet();
    Iterable<Object> any = context.eval("range(1000)").asIterable();
    for (Iterable<?> elements :
        List.of(list, map.entrySet(), map.keySet(), map.values(), set, any)) {
      long crossings = crossings(() -> elements.forEach(element -> {}));
      // The iterator's handle is closed at the end, by this thread or by the reclaimer.
      assertTrue(crossings >= 7 && crossings <= 8, elements.getClass() + ": " + crossings);
    }
    List<Object> small = context.eval("list(range(15))").asList();
    assertEquals(1, crossings(() -> small.forEach(element -> {})), "and a small one takes one");
    assertEquals(1, crossings(small::hashCode));
  }

  @Test
  void readingLeavesNoHandleBehind() {
    PythonObject list = context.eval("list(range(100))");
    PythonObject dict = context.eval("{str(i): [i] for i in range(100)}");
    List<Object> xs = list.asList();
    Map<Object, Object> map = dict.asMap();
    long before = python.stats().liveHandles();
    long made = python.stats().handlesMade();
    for (int i = 0; i < 10_000; i++) {
      assertEquals(i % 100L, xs.get(i % 100));
      assertEquals(List.of(i % 100L), map.get(Integer.toString(i % 100)));
    }
    assertEquals(made, python.stats().handlesMade(), "values need no handles");
    for (int i = 0; i < 100; i++) {
      assertEquals(4950L, xs.stream().mapToLong(x -> (Long) x).sum());
      assertEquals(100, new HashMap<>(map).size());
    }
    // Closing never waits: a thread that is attached releases what was closed.
    while (python.stats().liveHandles() > before) {
      assertEquals(100, list.length());
    }
  }

  @Test
  void aViewEndsWithItsHandle() {
    PythonObject list = context.eval("[1]");
    List<Object> xs = list.asList();
    PythonObject kept = list.keep();
    list.close();
    IllegalStateException closed = assertThrows(IllegalStateException.class, () -> xs.get(0));
    assertTrue(closed.getMessage().contains("keep()"), closed.getMessage());
    assertTrue(closed.getMessage().startsWith("the result of eval(\"[1]\")"), closed.getMessage());
    assertThrows(IllegalStateException.class, xs::size);
    assertThrows(IllegalStateException.class, () -> xs.iterator().hasNext());
    assertThrows(IllegalStateException.class, () -> xs.add(1));
    assertThrows(IllegalStateException.class, () -> xs.contains(1));
    assertThrows(IllegalStateException.class, () -> xs.get(-1));
    assertThrows(IllegalStateException.class, () -> context.toPython(xs));
    assertThrows(IllegalStateException.class, list::asList);
    assertEquals(1L, kept.asList().get(0));
    PythonObject dict = context.eval("{}");
    Map<Object, Object> map = dict.asMap();
    Set<Object> set = context.eval("set()").asSet();
    python.contexts().close(context.name());
    assertThrows(IllegalStateException.class, () -> map.get("a"));
    assertThrows(IllegalStateException.class, () -> set.add("a"));
  }

  @Test
  void aViewMadeInATransactionEndsWithIt() {
    List<Object> scoped;
    List<Object> kept;
    try (PythonTransaction transaction = context.begin()) {
      scoped = transaction.eval("[1, 2]").asList();
      kept = transaction.eval("[1, 2]").keep().asList();
      assertEquals(List.of(1L, 2L), scoped);
      scoped.add(3);
      assertEquals(3, scoped.size());
    }
    assertTrue(
        assertThrows(IllegalStateException.class, () -> scoped.get(0))
            .getMessage()
            .contains("ended with its transaction; call keep() on it"));
    assertEquals(List.of(1L, 2L), kept);
    try (PythonTransaction transaction = context.begin()) {
      kept.add(transaction.eval("'in'"));
      assertEquals("in", kept.get(2));
    }
  }

  @Test
  void manyThreadsUseOneView() throws Exception {
    List<Object> xs = context.eval("[]").asList();
    Map<Object, Object> map = context.eval("{}").asMap();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int own = thread;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    xs.add(i);
                    map.put(own + ":" + i, i);
                    assertTrue(xs.contains(i));
                    assertEquals((long) i, map.get(own + ":" + i));
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(2000, xs.size());
    assertEquals(2000, map.size());
  }
}
