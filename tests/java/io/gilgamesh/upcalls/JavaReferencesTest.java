package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.testing.InContext;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Java objects that Python holds: counted, given back once, never too early. */
class JavaReferencesTest extends InContext {

  private long before;
  private long handlesBefore;

  /** What earlier tests left to the collectors is not counted. */
  @BeforeEach
  void count() throws InterruptedException {
    context.set("used", 1L);
    int same = 0;
    while (same < 3) {
      System.gc();
      context.exec("import gc; gc.collect()");
      long last = before;
      Thread.sleep(30);
      before = python.stats().javaObjects();
      same = before == last ? same + 1 : 0;
    }
    handlesBefore = python.stats().liveHandles();
  }

  private void expectLive(long count) throws InterruptedException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (python.stats().javaObjects() != before + count && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertEquals(count, python.stats().javaObjects() - before);
  }

  @Test
  void anObjectIsGivenBackWhenItsPythonObjectDies() throws InterruptedException {
    context.set("o", new Object());
    context.exec("other = o");
    expectLive(1);
    context.exec("del o");
    expectLive(1);
    context.exec("del other");
    expectLive(0);
  }

  @Test
  void objectsInACycleAreGivenBackByTheCollector() throws InterruptedException {
    context.set("o", new Object());
    context.exec("import gc\na = [o]; a.append(a); del a, o");
    expectLive(1);
    context.exec("gc.collect()");
    expectLive(0);
  }

  @Test
  void closingTheContextGivesBackWhatOnlyItHeld() throws InterruptedException {
    context.set("o", new Object());
    expectLive(1);
    context.close();
    expectLive(0);
  }

  @Test
  void whatARefusedRequestHandedOverIsTakenBack() throws InterruptedException {
    Map<Object, Object> unhashable = new HashMap<>();
    unhashable.put(new ArrayList<>(List.of(1L)), new Object());
    List<Object> values =
        new ArrayList<>(Arrays.asList(new Object(), new Object(), unhashable, new Object()));
    assertThrows(PythonConversionException.class, () -> context.set("o", values));
    expectLive(0);
    List<Object> cycle = new ArrayList<>(List.of(new Object()));
    cycle.add(cycle);
    assertThrows(PythonConversionException.class, () -> context.set("o", cycle));
    expectLive(0);
  }

  @Test
  void whatAnAnswerThatCannotCrossHandedOverIsTakenBack() throws InterruptedException {
    LocalTime tooExact = LocalTime.of(1, 2, 3, 4);
    String large = "x".repeat(100_000);
    context.set("make", (Supplier<Object>) () -> PythonTuple.of(new Object(), tooExact));
    context.set("large", (Supplier<Object>) () -> PythonTuple.of(new Object(), large, tooExact));
    context.exec(
        """
        refusals = 0
        for n in range(100):
          try:
            make() if n % 2 else large()
          except TypeError as error:
            refusals += 'nanoseconds' in str(error)
        del make, large
        """);
    assertEquals(100, context.evalLong("refusals"));
    expectLive(0);
  }

  @Test
  void aMillionCallbacksLeaveNothing() throws InterruptedException {
    context.set("make", (Supplier<Object>) Object::new);
    context.set("same", (Function<Object, Object>) x -> x);
    context.exec(
        """
        def work(n):
          for _ in range(n):
            same(make())
        work(500_000)
        """);
    context.exec("del make, same, work");
    expectLive(0);
    assertEquals(handlesBefore, python.stats().liveHandles());
  }

  @Test
  void aHundredThousandObjectsInOneCallAreAllThere() throws InterruptedException {
    context.set("make", (Function<Long, Object>) n -> new long[] {n});
    context.exec("kept = [make(n) for n in range(100_000)]");
    expectLive(100_001);
    context.exec("del kept, make");
    expectLive(0);
  }

  @Test
  void failuresInJavaLeaveNothing() throws InterruptedException {
    context.set(
        "fail",
        (Runnable)
            () -> {
              throw new IllegalStateException("x");
            });
    for (int i = 0; i < 200; i++) {
      assertThrows(PythonException.class, () -> context.exec("fail()")).value().close();
    }
    context.exec(
        """
        for _ in range(1000):
          try:
            fail()
          except Exception as e:
            pass
        del fail
        """);
    expectLive(0);
  }

  /** It is Java's last reference, and the collectors run while the thread waits for the GIL. */
  @Test
  void aHandleThatJavaReturnsLivesUntilPythonHasReadIt() throws Exception {
    context.set("make", (Supplier<Object>) () -> context.eval("object()"));
    context.exec(
        """
        import threading
        busy = True
        def spin():
          while busy: pass
        threads = [threading.Thread(target=spin) for _ in range(4)]
        for thread in threads: thread.start()
        """);
    AtomicBoolean done = new AtomicBoolean();
    Thread collecting = new Thread(() -> collectUntil(done));
    collecting.start();
    try {
      context.exec("for _ in range(15): make()");
    } finally {
      done.set(true);
      collecting.join();
      context.exec("busy = False\nfor thread in threads: thread.join()");
    }
  }

  private static void collectUntil(AtomicBoolean done) {
    while (!done.get()) {
      System.gc();
    }
  }

  @Test
  void buffersOfLargeRequestsAndAnswersAreGivenBack() {
    context.set("echo", (Function<Object, Object>) x -> x);
    context.exec("echo('x' * 40_000_000)");
    long before = python.stats().bufferBytes();
    context.exec("for _ in range(5): assert len(echo('x' * 40_000_000)) == 40_000_000");
    assertEquals(before, python.stats().bufferBytes());
    assertTrue(before < 30_000_000, () -> before + " bytes");
  }

  @Test
  void aListHandedOverAsItselfIsTheVeryList() {
    List<Object> list = new ArrayList<>(List.of(1L));
    context.set("copy", list);
    context.set("same", JavaObject.of(list));
    context.exec("copy.append(2)\nsame.add(3)");
    assertEquals(List.of(1L, 3L), list);
    assertTrue(context.get("same").toJava() == list);
  }
}
