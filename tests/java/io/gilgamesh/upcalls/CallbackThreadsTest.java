package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls from Python into Java on every kind of thread, and locks of both sides in both orders. */
@Timeout(60)
@Tag("crash")
public class CallbackThreadsTest extends InContext {

  /** An application class: what Java returns to a thread that Python made. */
  public record Answer(long number) {}

  @Test
  void pythonsThreadsCallJavaAndGetItsObjects() {
    context.set("answer", (Function<Long, Object>) Answer::new);
    context.exec(
        """
        import threading
        seen = []
        def work(n):
          seen.append(answer(n).number() == n)
        threads = [threading.Thread(target=work, args=(n,)) for n in range(50)]
        for t in threads: t.start()
        for t in threads: t.join()
        """);
    assertEquals(true, context.eval("seen == [True] * 50").toJava());
  }

  @Test
  void asyncioAndItsExecutorCallJava() {
    context.set("answer", (Function<Long, Object>) Answer::new);
    context.exec(
        """
        import asyncio
        async def main():
          loop = asyncio.get_running_loop()
          done = loop.create_future()
          loop.call_soon(lambda: done.set_result(answer(1).number()))
          far = await loop.run_in_executor(None, lambda: answer(2).number())
          return await done, far
        result = asyncio.run(main())
        """);
    assertEquals(List.of(1L, 2L), context.get("result").toJava());
  }

  @Test
  void poolThreadsOfJavaCallPythonThatCallsJava() throws Exception {
    context.set("twice", (Function<Long, Object>) x -> 2 * x);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Long>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        long n = i;
        results.add(pool.submit(() -> context.eval("twice(n)", java.util.Map.of("n", n)).asLong()));
      }
      for (int i = 0; i < 200; i++) {
        assertEquals(2L * i, results.get(i).get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aTimerCallsPythonAgainAndAgain() throws Exception {
    AtomicLong steps = new AtomicLong();
    context.exec("ticks = []\ndef tick(): ticks.append(step())");
    context.set("step", (Supplier<Long>) steps::incrementAndGet);
    Runnable tick = context.get("tick").as(Runnable.class);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      CountDownLatch three = new CountDownLatch(3);
      timer.scheduleAtFixedRate(
          () -> {
            tick.run();
            three.countDown();
          },
          0,
          1,
          TimeUnit.MILLISECONDS);
      assertTrue(three.await(10, TimeUnit.SECONDS));
    } finally {
      timer.shutdown();
      assertTrue(timer.awaitTermination(10, TimeUnit.SECONDS));
    }
    assertEquals(true, context.eval("ticks == list(range(1, len(ticks) + 1))").toJava());
  }

  /** By reflection, since the tests compile for JDK 17. */
  @Test
  void virtualThreadsCallPythonThatCallsJava() throws Exception {
    Assumptions.assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    context.exec("def twice(n): return add(n, n)");
    context.set("add", (BinaryOperator<Object>) (a, b) -> (Long) a + (Long) b);
    PythonObject twice = context.get("twice");
    ExecutorService pool =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try {
      List<Future<Long>> all = new ArrayList<>();
      for (long i = 0; i < 200; i++) {
        long n = i;
        all.add(pool.submit(() -> twice.applyLong(n)));
      }
      for (int i = 0; i < all.size(); i++) {
        assertEquals(2L * i, all.get(i).get(20, TimeUnit.SECONDS));
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void pythonMayWaitForAPoolThreadThatNeedsPython() {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      context.exec("def inner(): return 41");
      context.set(
          "wait",
          (Supplier<Object>)
              () ->
                  CompletableFuture.supplyAsync(() -> context.eval("inner()").asLong(), pool)
                      .orTimeout(30, TimeUnit.SECONDS)
                      .join());
      assertEquals(42L, context.eval("wait() + 1").asLong());
      try (PythonTransaction tx = context.begin()) {
        assertEquals(42L, tx.eval("wait() + 1").asLong());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aMonitorAndTheGilInBothOrdersDoNotDeadlock() throws Exception {
    Object monitor = new Object();
    AtomicInteger inside = new AtomicInteger();
    context.set(
        "locked",
        (Runnable)
            () -> {
              synchronized (monitor) {
                inside.incrementAndGet();
              }
            });
    Thread pythonFirst = new Thread(() -> context.exec("for i in range(2000): locked()"));
    Thread monitorFirst =
        new Thread(
            () -> {
              for (int i = 0; i < 2000; i++) {
                synchronized (monitor) {
                  context.exec("pass");
                }
              }
            });
    pythonFirst.start();
    monitorFirst.start();
    pythonFirst.join(50_000);
    monitorFirst.join(50_000);
    assertTrue(!pythonFirst.isAlive() && !monitorFirst.isAlive(), "both are done");
    assertEquals(2000, inside.get());
  }

  @Test
  void aThreadOfPythonsKeepsItsStateInJava() {
    try (PythonContext other = python.contexts().open("other")) {
      context.exec("import threading; local = threading.local()");
      PythonObject local = context.get("local");
      context.set("read", (Supplier<Object>) () -> local.attr("value").asLong());
      context.exec(
          """
          result = []
          def work():
            local.value = 7
            result.append(read())
          t = threading.Thread(target=work); t.start(); t.join()
          """);
      assertEquals(List.of(7L), context.get("result").toJava());
    }
  }

  @Test
  void shortThreadsOfPythonsLeaveNothing() {
    context.set("call", (Runnable) () -> {});
    context.exec(
        """
        import threading
        def batch(n):
          for _ in range(n):
            t = threading.Thread(target=call); t.start(); t.join()
        batch(200)
        """);
    long states = python.stats().threadStates();
    int threads = Thread.activeCount();
    context.exec("batch(3000)");
    assertTrue(python.stats().threadStates() <= states + 2, () -> python.stats().toString());
    assertTrue(
        Thread.activeCount() <= threads + 4, "threads of Python's leave the JVM when they end");
  }
}
