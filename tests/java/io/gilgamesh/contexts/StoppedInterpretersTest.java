package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Isolation;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonDeadlineException;
import io.gilgamesh.PythonExecutor;
import io.gilgamesh.PythonInterruptedException;
import io.gilgamesh.PythonStuckException;
import io.gilgamesh.testing.RecordedLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stopping code that runs in interpreters of its own, and what becomes of these. */
@Tag("long")
class StoppedInterpretersTest extends IsolatedContexts {

  private static final String LOOP =
      """
      seen = []
      def loop(begun=None):
          try:
              if begun: begun()
              while True: pass
          finally:
              seen.append("finally")
      """;

  @Test
  void aDeadlineStopsALoopAndFinallySeesIt() {
    PythonContext context = isolated();
    context.exec(LOOP);
    for (int i = 1; i <= 3; i++) {
      assertThrows(
          PythonDeadlineException.class,
          () -> context.within(Duration.ofMillis(500), () -> context.call("loop")));
      assertEquals(i, context.evalLong("len(seen)"));
    }
  }

  @Test
  void aDeadlineHoldsInEveryInterpreterThatTheThreadEnters() {
    PythonContext outer = contexts.open("outer");
    PythonContext inner = isolated();
    inner.exec(LOOP);
    outer.set("inner", (Runnable) () -> inner.call("loop"));
    outer.exec(
        """
        def run():
            try:
                inner()
            finally:
                global seen
                seen = True
        """);
    RuntimeException e =
        assertThrows(
            RuntimeException.class,
            () -> outer.within(Duration.ofMillis(500), () -> outer.call("run")));
    assertTrue(causes(e).contains(PythonDeadlineException.class), e.toString());
    assertTrue(outer.evalBoolean("seen"));
    assertEquals(1, inner.evalLong("len(seen)"));
  }

  private static List<Class<?>> causes(Throwable thrown) {
    List<Class<?>> classes = new ArrayList<>();
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      classes.add(one.getClass());
    }
    return classes;
  }

  @Test
  void anInterruptOfTheOuterContextWaitsUntilItsCodeGoesOn() throws Exception {
    PythonContext outer = contexts.open("outer");
    PythonContext inner = isolated();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch posted = new CountDownLatch(1);
    inner.set("begun", (Runnable) begun::countDown);
    inner.set("is_posted", (BooleanSupplier) () -> posted.getCount() == 0);
    inner.exec(
        """
        def count():
            begun()
            while not is_posted(): pass
            return sum(range(10000))
        """);
    outer.set("inner", (LongSupplier) () -> inner.callLong("count"));
    outer.exec("got = []\ndef run():\n  got.append(inner())\n  while True: pass");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> running = thread.submit(() -> outer.call("run"));
      assertTrue(begun.await(20, TimeUnit.SECONDS));
      assertEquals(1, outer.interrupt());
      posted.countDown();
      ExecutionException e =
          assertThrows(ExecutionException.class, () -> running.get(30, TimeUnit.SECONDS));
      assertTrue(e.getCause() instanceof PythonInterruptedException, e.toString());
      assertEquals(49995000, inner.evalLong("sum(range(10000))"));
    } finally {
      posted.countDown();
      thread.shutdownNow();
    }
  }

  @Test
  void aContextThatLoopsIsInterruptedByItsCloseAndItsInterpreterIsUsedAgain() throws Exception {
    awaitIdle();
    PythonContext context = contexts.open("looping", Isolation.INTERPRETER);
    CountDownLatch begun = new CountDownLatch(1);
    context.exec(LOOP);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> running = thread.submit(() -> context.call("loop", (Runnable) begun::countDown));
      assertTrue(begun.await(20, TimeUnit.SECONDS));
      context.close(Duration.ofMillis(20));
      assertThrows(ExecutionException.class, () -> running.get(30, TimeUnit.SECONDS));
      RecordedLogs.await("context 'looping' was closed while", "interrupted");
    } finally {
      thread.shutdownNow();
    }
    awaitIdle();
    assertEquals(made(), idle());
    assertEquals(0, python.stats().interpreters().abandoned());
  }

  @Test
  void anInterpreterWithStuckCodeIsAbandonedUntilThatComesOut() throws Exception {
    awaitIdle();
    PythonContext context = contexts.open("stuck", Isolation.INTERPRETER);
    context.exec("import time");
    PythonExecutor executor = context.executor(1);
    PythonStuckException e =
        assertThrows(
            PythonStuckException.class,
            () -> executor.call(Duration.ofMillis(500), () -> context.eval("time.sleep(4)")));
    assertTrue(e.getMessage().contains("stuck in native code"), e.getMessage());
    assertTrue(context.stuck().isPresent());
    long begin = System.nanoTime();
    context.close(Duration.ofMillis(10));
    assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(2), "the close waited");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (python.stats().interpreters().abandoned() == 0 && System.nanoTime() < deadline) {
      Thread.sleep(2);
    }
    assertEquals(1, python.stats().interpreters().abandoned());
    try (PythonContext other = isolated()) {
      assertEquals(2, other.evalLong("1 + 1"));
    }
    awaitIdle();
    assertEquals(0, python.stats().interpreters().abandoned());
    assertEquals(made(), idle());
  }

  @Test
  void aLoopInCThatHoldsItsGilDoesNotHoldUpTheClose() throws Exception {
    awaitIdle();
    PythonContext context = contexts.open("c-loop", Isolation.INTERPRETER);
    CountDownLatch begun = new CountDownLatch(1);
    context.set("begun", (Runnable) begun::countDown);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      thread.submit(() -> context.exec("begun()\nsum(range(200_000_000))"));
      assertTrue(begun.await(20, TimeUnit.SECONDS));
      Thread.sleep(50);
      long begin = System.nanoTime();
      context.close(Duration.ofMillis(10));
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(2), "the close waited");
      assertThrows(IllegalStateException.class, () -> context.evalLong("1"));
      try (PythonContext other = isolated()) {
        assertEquals(2, other.evalLong("1 + 1"));
      }
    } finally {
      thread.shutdown();
    }
    assertTrue(thread.awaitTermination(60, TimeUnit.SECONDS));
    awaitIdle();
    assertEquals(made(), idle());
  }
}
