package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ThreadsTest {

  private Python python;
  private PythonContext context;

  @BeforeEach
  void start() {
    python = Python.start();
    context = python.contexts().open("threads");
  }

  @AfterEach
  void close() {
    python.close();
  }

  private static <T> T on(String name, Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    new Thread(task, name).start();
    return task.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aHandleIsUsedOnAnyThreadPoolOrStream() throws Exception {
    PythonObject square = context.eval("lambda x: x * x");
    assertEquals(9, on("plain", () -> square.applyLong(3)));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      IntStream.range(0, 100).forEach(i -> tasks.add(() -> square.applyLong(i)));
      long sum = 0;
      for (Future<Long> result : pool.invokeAll(tasks)) {
        sum += result.get();
      }
      assertEquals(328_350, sum);
    } finally {
      pool.shutdown();
    }
    assertEquals(328_350, IntStream.range(0, 100).parallel().mapToLong(square::applyLong).sum());
    assertEquals(16, ForkJoinPool.commonPool().submit(() -> square.applyLong(4)).get());
  }

  @Test
  void whatAThreadSetsForItselfIsThereAtItsNextCall() throws Exception {
    context.exec(
        """
        import threading, contextvars, decimal
        local = threading.local()
        variable = contextvars.ContextVar('variable', default=0)
        """);
    on(
        "setter",
        () -> {
          context.exec("local.x = 5; variable.set(6); decimal.getcontext().prec = 7");
          context.exec("pass");
          assertEquals(5, context.evalLong("local.x"));
          assertEquals(6, context.evalLong("variable.get()"));
          assertEquals(7, context.evalLong("decimal.getcontext().prec"));
          return null;
        });
    on(
        "other",
        () -> {
          assertEquals(false, context.evalBoolean("hasattr(local, 'x')"));
          assertEquals(0, context.evalLong("variable.get()"));
          assertEquals(28, context.evalLong("decimal.getcontext().prec"));
          return null;
        });
  }

  @Test
  void aTraceFunctionSetInOneCallSeesTheNext() throws Exception {
    context.exec(
        """
        import sys
        seen = []
        def tracer(frame, event, arg):
          seen.append(frame.f_code.co_name)
        def traced(): pass
        """);
    on(
        "tracing",
        () -> {
          context.exec("sys.settrace(tracer)");
          context.exec("traced()");
          context.exec("sys.settrace(None)");
          return null;
        });
    assertTrue(context.evalBoolean("'traced' in seen"), () -> context.evalText("str(seen)"));
  }

  @Test
  void whatAThreadSetForItselfIsFreedWhenItEnds() throws Exception {
    context.exec(
        """
        import threading
        local = threading.local()
        freed = []
        class Mark:
          def __del__(self): freed.append(1)
        """);
    for (int i = 0; i < 10; i++) {
      on(
          "short",
          () -> {
            context.exec("local.mark = Mark()");
            return null;
          });
    }
    await(() -> context.evalLong("len(freed)") == 10);
  }

  @Test
  void tenThousandShortThreadsLeaveNoThreadStates() throws Exception {
    context.exec("n = 0");
    long before = python.stats().threadStates();
    for (int i = 0; i < 100; i++) {
      List<Thread> threads = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        threads.add(new Thread(() -> context.evalLong("1")));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    await(() -> python.stats().threadStates() <= before + 2);
  }

  @Test
  void sleepingThreadsSleepTogether() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    long start = System.nanoTime();
    List<Future<?>> tasks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      tasks.add(pool.submit(() -> context.exec("import time; time.sleep(0.5)")));
    }
    for (Future<?> task : tasks) {
      task.get();
    }
    pool.shutdown();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertTrue(millis < 2_500, "16 sleeps of 0.5 s on 8 threads took " + millis + " ms");
  }

  @Test
  void aPythonLoopOnOneThreadDoesNotStarveShortCallsOnAnother() throws Exception {
    context.exec("stop = False\ndef spin():\n  while not stop: pass");
    Thread spinner = new Thread(() -> context.exec("spin()"));
    spinner.start();
    long longest = 0;
    for (int i = 0; i < 100; i++) {
      long start = System.nanoTime();
      context.evalLong("1");
      longest = Math.max(longest, System.nanoTime() - start);
    }
    context.exec("stop = True");
    spinner.join();
    long millis = Duration.ofNanos(longest).toMillis();
    assertTrue(millis < 500, "a short call waited " + millis + " ms");
  }

  @Test
  void manySmallCallsOnOneThreadDoNotStarveAnother() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Thread busy =
        new Thread(
            () -> {
              while (!stop.get()) {
                context.transact(
                    tx -> {
                      for (int i = 0; i < 100_000 && !stop.get(); i++) {
                        tx.evalLong("1");
                      }
                      return 0;
                    });
              }
            });
    busy.start();
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      context.evalLong("1");
    }
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    stop.set(true);
    busy.join();
    assertTrue(millis < 5_000, "20 short calls took " + millis + " ms beside a busy transaction");
  }

  @Test
  void settingASignalHandlerOnAJavaThreadIsPythonsOwnError() {
    PythonException e =
        assertThrows(
            PythonException.class,
            () -> context.exec("import signal; signal.signal(signal.SIGUSR1, lambda *a: None)"));
    assertEquals("ValueError", e.type());
    assertTrue(e.pythonMessage().contains("main thread"), e.pythonMessage());
  }

  @Test
  void pythonThreadsRunBesideJava() throws Exception {
    context.exec(
        """
        import threading
        results = []
        workers = [threading.Thread(target=lambda i=i: results.append(i)) for i in range(5)]
        for w in workers: w.start()
        """);
    await(() -> context.evalLong("len(results)") == 5);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "did not come about");
      Thread.sleep(5);
    }
  }

  @Test
  void shortCallsOfSeveralThreadsGetTheirTurnsBesidePythonLoops() throws Exception {
    context.exec("stop = False\ndef spin():\n  while not stop: pass");
    ExecutorService spinners = Executors.newFixedThreadPool(2);
    spinners.execute(() -> context.exec("spin()"));
    spinners.execute(() -> context.exec("spin()"));
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      IntStream.range(0, 4).forEach(i -> tasks.add(this::longestOfTwentyCalls));
      for (Future<Long> longest : callers.invokeAll(tasks)) {
        long millis = Duration.ofNanos(longest.get()).toMillis();
        assertTrue(millis < 2_000, "a short call waited " + millis + " ms beside 5 others");
      }
    } finally {
      context.exec("stop = True");
      spinners.shutdown();
      callers.shutdown();
    }
    assertTrue(spinners.awaitTermination(30, TimeUnit.SECONDS));
  }

  private long longestOfTwentyCalls() {
    long longest = 0;
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      context.evalLong("1");
      longest = Math.max(longest, System.nanoTime() - start);
    }
    return longest;
  }
}
