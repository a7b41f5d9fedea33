package io.gilgamesh.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonProxy;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Proxies between threads, transactions and contexts; who owns them, and what they cost. */
@SuppressWarnings("unchecked") // as(Function.class) says nothing of parameters
class ProxyLifeTest extends InContext {

  // ---- round trips

  @Test
  void aProxyPassedToPythonIsTheVeryObject() {
    PythonObject object = context.eval("object()");
    Runnable proxy = object.as(Runnable.class);
    PythonObject is = context.eval("lambda a, b: a is b");
    assertTrue(is.applyBoolean(object, proxy));
    assertTrue(is.applyBoolean(proxy, object.as(Supplier.class)));
    context.set("given", proxy);
    assertTrue(is.applyBoolean(context.get("given"), object));
    assertTrue(
        context
            .eval("lambda xs, d: xs[0] is d['k'] and d['k'] is o", Map.of("o", proxy))
            .applyBoolean(List.of(proxy), Map.of("k", proxy)));
    assertTrue(context.toPython(proxy).isSame(object));
    Function<Object, ?> echo = is.as(Function.class);
    assertThrows(RuntimeException.class, () -> echo.apply(proxy));
  }

  @Test
  void aProxyOfACollectionsInterfaceIsTheVeryObjectToo() {
    PythonObject list = context.eval("[1]");
    Iterable<?> proxy = list.as(Iterable.class);
    assertTrue(context.eval("lambda a, b: a is b").applyBoolean(list, proxy));
  }

  @Test
  void theObjectBehindAProxyIsKnown() {
    PythonObject object = context.eval("lambda: 1");
    Object proxy = object.as(Supplier.class);
    assertTrue(PythonProxy.is(proxy));
    assertTrue(PythonProxy.objectOf(proxy).orElseThrow().isSame(object));
    assertFalse(PythonProxy.is(object));
    assertFalse(PythonProxy.is(null));
    Runnable lambda = () -> {};
    assertFalse(PythonProxy.is(lambda));
    assertThrows(IllegalArgumentException.class, () -> PythonProxy.close(lambda));
  }

  // ---- handles

  @Test
  void aProxyOutlivesItsHandleAndItsTransaction() {
    Supplier<?> proxy;
    try (PythonTransaction tx = context.begin()) {
      proxy = tx.eval("lambda: 1").as(Supplier.class);
      assertEquals(1L, proxy.get());
    }
    assertEquals(1L, proxy.get());
    PythonObject object = context.eval("lambda: 2");
    Supplier<?> other = object.as(Supplier.class);
    object.close();
    assertEquals(2L, other.get());
  }

  interface Node {
    Node next();
  }

  @Test
  void proxiesMadeOfResultsOutliveTheirTransaction() {
    PythonObject node = made("class Node:\n  def next(self): return Node()\nnode = Node()", "node");
    Node second;
    try (PythonTransaction tx = context.begin()) {
      second = tx.get("node").as(Node.class).next();
    }
    assertNotEquals(node.as(Node.class), second.next());
  }

  @Test
  void aClosedProxySaysSoAndClosingTwiceIsNothing() {
    Supplier<?> proxy = made("def one(): return 1", "one").as(Supplier.class);
    PythonProxy.close(proxy);
    PythonProxy.close(proxy);
    String message = assertThrows(IllegalStateException.class, proxy::get).getMessage();
    assertTrue(message.startsWith("the variable \"one\" in context"), message);
    assertThrows(IllegalStateException.class, () -> context.set("x", proxy));
    assertEquals(proxy, proxy);
    assertEquals(proxy.hashCode(), proxy.hashCode());
    assertNotEquals(proxy, context.get("one").as(Supplier.class));
    assertTrue(proxy.toString().startsWith("<closed"), proxy.toString());
  }

  @Test
  void afterItsContextAProxyTellsWhatItWas() {
    Supplier<?> used;
    Supplier<?> unused;
    Set<Object> set = new HashSet<>();
    try (PythonContext other = python.contexts().open("other")) {
      other.exec("def one(): return 1");
      used = other.get("one").as(Supplier.class);
      unused = other.get("one").as(Supplier.class);
      used.get();
      set.add(used);
    }
    for (Supplier<?> proxy : List.of(used, unused)) {
      assertEquals(
          "the variable \"one\" in context 'other' cannot be used: the context is closed",
          assertThrows(IllegalStateException.class, proxy::get).getMessage());
    }
    assertTrue(set.remove(used), "its hash stays");
    assertThrows(IllegalStateException.class, () -> context.set("x", used));
  }

  @Test
  void theCollectorReleasesWhatProxiesHold() throws InterruptedException {
    context.exec(
        """
        import weakref
        class Thing:
            def run(self): pass
        """);
    PythonObject thing = context.eval("Thing()");
    PythonObject alive = context.eval("weakref.ref(thing)", Map.of("thing", thing));
    Runnable proxy = thing.as(Runnable.class);
    thing.close();
    proxy.run();
    assertFalse(alive.apply().isNone());
    proxy = null;
    for (int i = 0; i < 500 && !gone(alive); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertTrue(gone(alive));
  }

  private static boolean gone(PythonObject weak) {
    try (PythonObject object = weak.apply()) {
      return object.isNone();
    }
  }

  @Test
  void callsLeaveNoHandleBehind() {
    PythonObject object = context.eval("lambda *a: 1");
    Function<Object, ?> function = object.as(Function.class);
    function.apply(1);
    long before = python.stats().liveHandles();
    for (int i = 0; i < 100; i++) {
      function.apply(function);
    }
    assertEquals(before, python.stats().liveHandles());
  }

  @Test
  void aCallIsOneCrossingOnceItsWayIsKnown() {
    Runnable run = context.eval("lambda: None").as(Runnable.class);
    run.run();
    assertEquals(1, crossings(run));
    Supplier<?> text = context.eval("'abc'.upper").as(Supplier.class);
    text.get();
    assertEquals(1, crossings(text::get));
  }

  // ---- threads

  @Test
  void anyThreadMayCall() throws Exception {
    Function<Object, ?> square = context.eval("lambda x: x * x").as(Function.class);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Object>> results =
          IntStream.range(0, 200)
              .mapToObj(i -> pool.submit(() -> (Object) square.apply(i)))
              .toList();
      for (int i = 0; i < results.size(); i++) {
        assertEquals((long) i * i, results.get(i).get(60, TimeUnit.SECONDS));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aFutureRunsPythonCallbacksOnItsThread() throws Exception {
    context.exec("import threading\ndef where(): return threading.get_ident()");
    long here = context.callLong("where");
    Supplier<Object> where = context.get("where").as(Supplier.class);
    CompletableFuture<Object> there =
        CompletableFuture.supplyAsync(where)
            .thenApply(context.eval("lambda x: x").as(Function.class));
    assertNotEquals(here, there.get(60, TimeUnit.SECONDS));
  }

  @Test
  void aPythonFunctionIsTheBodyOfAThread() throws InterruptedException {
    context.exec("ran = []");
    Thread thread = new Thread(context.eval("lambda: ran.append(1)").as(Runnable.class));
    thread.start();
    thread.join(60_000);
    assertEquals(1, context.evalLong("len(ran)"));
  }

  @Test
  void virtualThreadsMayCall() throws Exception {
    Assumptions.assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    context.exec("count = []");
    Runnable body = context.eval("lambda: count.append(1)").as(Runnable.class);
    List<Thread> threads =
        IntStream.range(0, 50)
            .mapToObj(
                i -> {
                  try {
                    return (Thread) start.invoke(null, body);
                  } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();
    for (Thread thread : threads) {
      thread.join(60_000);
    }
    assertEquals(50, context.evalLong("len(count)"));
  }

  @Test
  void insideATransactionOfAnotherContextItRunsInItsOwn() {
    try (PythonContext other = python.contexts().open("other")) {
      other.exec("where = 'other'\ndef get(): return where");
      Supplier<?> proxy = other.get("get").as(Supplier.class);
      try (PythonTransaction tx = context.begin()) {
        tx.set("where", "here");
        assertEquals("other", proxy.get());
      }
    }
  }
}
