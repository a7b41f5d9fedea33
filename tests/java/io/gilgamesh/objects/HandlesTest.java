package io.gilgamesh.objects;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long handles live, and what stale ones say. */
class HandlesTest extends InContext {

  @BeforeEach
  void define() {
    context.exec(
        """
        import threading
        alive, deaths = set(), []
        class Thing:
            def __init__(self, name=None):
                self.name = name
                alive.add(id(self))
            def __del__(self):
                alive.discard(id(self))
                deaths.append(threading.current_thread().name)
        def make(n): return [Thing(i) for i in range(n)]
        """);
  }

  private long alive() {
    return context.evalLong("len(alive)");
  }

  private PythonObject thing() {
    return context.get("Thing").apply();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      System.gc();
      Thread.sleep(20);
    }
  }

  private static String refusal(Runnable use) {
    return String.valueOf(assertThrows(IllegalStateException.class, use::run).getMessage());
  }

  @Test
  void droppedHandlesAreFreedWhileTheProgramIsIdle() throws InterruptedException {
    PythonObject deaths = context.get("deaths");
    for (int i = 0; i < 2000; i++) {
      thing();
    }
    long before = python.stats().liveHandles();
    while (python.stats().liveHandles() > before - 1900) {
      System.gc();
      Thread.sleep(20);
    }
    await(() -> deaths.length() == 2000);
  }

  @Test
  void droppedHandlesOf32ThreadsDieOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(32);
    List<Future<?>> done = new ArrayList<>();
    for (int t = 0; t < 32; t++) {
      done.add(pool.submit(() -> LongStream.range(0, 200).forEach(i -> thing())));
    }
    for (Future<?> each : done) {
      each.get();
    }
    pool.shutdown();
    await(() -> alive() == 0);
    assertEquals(32 * 200, context.evalLong("len(deaths)"));
  }

  @Test
  void closeReleasesAtOnceInATransactionAndSoonOutside() throws InterruptedException {
    try (PythonTransaction tx = context.begin()) {
      PythonObject thing = tx.get("Thing").apply();
      assertEquals(1, alive());
      thing.close();
      assertEquals(0, alive());
    }
    PythonObject outside = thing();
    outside.close();
    outside.close();
    await(() -> alive() == 0);
    assertEquals(2, context.evalLong("len(deaths)"));
  }

  @Test
  void whatATransactionMadeEndsWithItAndKeptObjectsLive() {
    PythonObject kept;
    PythonObject scoped;
    List<PythonObject> innermosts = new ArrayList<>();
    try (PythonTransaction tx = context.begin()) {
      scoped = tx.get("make").apply(10);
      kept = scoped.item(3).keep();
      try (PythonTransaction inner = context.begin()) {
        PythonObject innermost = thing().keep();
        assertTrue(inner.eval("[1]").isTrue());
        innermosts.add(innermost);
      }
      assertEquals("Thing", innermosts.get(0).typeName());
      innermosts.get(0).close();
      assertEquals(10, alive());
    }
    assertEquals(1, alive());
    assertEquals(3, kept.attrLong("name"));
    assertTrue(scoped.isClosed() && !kept.isClosed());
    assertTrue(refusal(scoped::length).contains("call keep() on it inside the transaction"));
    assertTrue(
        refusal(scoped::length).startsWith("the result of apply() in context 'HandlesTest'"));
  }

  @Test
  void handlesOnOneObjectAreIndependent() {
    PythonObject one = thing();
    PythonObject two = one.keep();
    assertTrue(one.isSame(two));
    one.close();
    assertEquals("Thing", two.typeName());
    assertTrue(refusal(() -> two.isSame(one)).contains("is closed"));
    two.close();
  }

  @Test
  void aClosedHandleIsNamedAsReceiverAndAsArgument() {
    PythonObject print = context.get("make");
    PythonObject closed = context.eval("[1]").call("copy");
    closed.close();
    String name = "the result of call(\"copy\") in context 'HandlesTest' is closed";
    assertTrue(refusal(closed::length).startsWith(name), refusal(closed::length));
    assertTrue(refusal(() -> print.apply(closed)).startsWith(name));
    assertTrue(refusal(() -> print.apply(List.of(1, Map.of("k", closed)))).startsWith(name));
    assertTrue(refusal(() -> context.set("x", closed)).startsWith(name));
    assertEquals("<closed PythonObject of context 'HandlesTest'>", closed.toString());
  }

  @Test
  void handlesOfAClosedContextSaySo() {
    PythonObject thing = thing();
    context.close();
    assertTrue(thing.isClosed());
    assertTrue(refusal(thing::str).contains("closed"), refusal(thing::str));
    thing.close();
  }

  @Test
  void closeWhileOthersUseItIsRefusedOrRuns() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    for (int round = 0; round < 300; round++) {
      PythonObject list = context.eval("[1, 2, 3]");
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        boolean closes = t >= 2;
        done.add(
            pool.submit(
                () -> {
                  try {
                    if (closes) {
                      list.close();
                    } else {
                      assertEquals(3, list.length());
                    }
                  } catch (IllegalStateException e) {
                    assertTrue(e.getMessage().contains("is closed"), e.getMessage());
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    pool.shutdown();
  }

  @Test
  void theReceiverStaysAliveDuringItsOwnCall() {
    context.exec("def answer(x): return x * 2");
    long sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += context.eval("answer").applyLong(1);
      if (i % 20_000 == 0) {
        System.gc();
      }
    }
    assertEquals(200_000, sum);
  }

  @Test
  void aHandleWorksOnAnyThread() throws Exception {
    PythonObject list = context.eval("list(range(1000))");
    long sum = LongStream.range(0, 1000).parallel().map(list::itemLong).sum();
    assertEquals(499_500, sum);
    ExecutorService pool = Executors.newCachedThreadPool();
    assertEquals(1000, pool.submit(list::length).get());
    pool.shutdown();
  }

  @Test
  void referenceCountsAreAsBeforeEachOperation() throws InterruptedException {
    context.exec(
        "import sys\n"
            + "class O:\n"
            + "  x = 1\n"
            + "  def m(self, *a): return self\n"
            + "  def __iter__(self): return iter((self,))\n"
            + "  def __add__(self, o): return self\n"
            + "  def __getitem__(self, k): return self\n"
            + "  def __eq__(self, o): return True\n"
            + "o = O()");
    PythonObject o = context.get("o");
    long before = context.evalLong("sys.getrefcount(o)");
    for (int i = 0; i < 50; i++) {
      try (PythonTransaction tx = context.begin()) {
        tx.get("o").typeName();
        o.call("m", o, List.of(o), Map.of("k", o));
        o.attr("m").apply(o);
        o.item(o);
        o.setAttr("y", o);
        o.deleteAttr("y");
        o.add(o);
        o.pyEquals(o);
        o.isSame(o);
        o.keep().close();
        o.iterator().forEachRemaining(each -> {});
        o.findAttr("m");
        o.findAttr("absent");
        o.toJava();
        o.typeName();
        assertThrows(RuntimeException.class, () -> o.call("absent", o));
        assertThrows(RuntimeException.class, () -> o.call("m", o, List.of(kwargs("k", 1))));
      }
    }
    await(
        () ->
            context.evalLong("sys.getrefcount(o)")
                == before); // the AttributeErrors die first: they know o
  }

  @Test
  void cyclesBehindADroppedHandleAreCollected() throws InterruptedException {
    context.exec("def ring():\n  t = Thing()\n  t.me = t\n  return t");
    for (int i = 0; i < 100; i++) {
      context.get("ring").apply();
    }
    await(
        () -> {
          context.exec("import gc\ngc.collect()");
          return alive() == 0;
        });
  }

  @Test
  void toStringNeitherWaitsNorThrows() throws Exception {
    PythonObject list = context.eval("[1]");
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (PythonTransaction tx = context.begin()) {
      assertEquals("[2]", tx.eval("[2]").toString());
      assertEquals("[1]", list.toString());
      assertEquals("<PythonObject of context 'HandlesTest'>", pool.submit(list::toString).get());
    }
    pool.shutdown();
    assertEquals("<PythonObject of context 'HandlesTest'>", list.toString());
    assertEquals("None", context.eval("None").toString());
    assertFalse(list.isClosed());
  }

  @Test
  void randomUseFromManyThreadsStaysRight() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<Long>> sums = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      sums.add(
          pool.submit(
              () -> {
                long sum = 0;
                for (int i = 0; i < 2000; i++) {
                  int n = ThreadLocalRandom.current().nextInt(5);
                  PythonObject made = context.toPython(List.of(1L, n, "x"));
                  PythonObject second = n == 0 ? made.keep() : made;
                  sum += second.itemLong(1) - n;
                  if (n > 2) {
                    made.close();
                  }
                }
                return sum;
              }));
    }
    for (Future<Long> sum : sums) {
      assertEquals(0, sum.get());
    }
    pool.shutdown();
  }
}
