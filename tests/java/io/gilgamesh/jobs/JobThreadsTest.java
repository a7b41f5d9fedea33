package io.gilgamesh.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonJob;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** One job, many threads; its setup. */
class JobThreadsTest extends InContext {

  private static final int THREADS = 10;

  private static <T> List<T> onThreads(Callable<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<T>> futures = new ArrayList<>();
      CountDownLatch together = new CountDownLatch(THREADS);
      for (int i = 0; i < THREADS; i++) {
        futures.add(
            pool.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return work.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void ten_threads_with_their_own_inputs_do_not_mix() throws Exception {
    PythonJob job =
        context
            .job(
                """
                import time
                mine = number
                def check():
                    global seen
                    seen = number
                    time.sleep(0)
                    return [number for _ in range(50)]
                all_mine = all(n == mine for n in check()) and seen == number == mine
                """)
            .input("number", long.class)
            .output("mine", long.class)
            .output("all_mine", boolean.class)
            .build();
    AtomicInteger next = new AtomicInteger();
    onThreads(
        () -> {
          for (int i = 0; i < 200; i++) {
            long number = next.incrementAndGet();
            Map<String, Object> result = job.run(Map.of("number", number)).asMap();
            assertEquals(Map.of("mine", number, "all_mine", true), result);
          }
          return true;
        });
    assertEquals(THREADS * 200, next.get());
  }

  @Test
  void setup_runs_once_for_many_threads() throws Exception {
    AtomicInteger setups = new AtomicInteger();
    LongSupplier counted = setups::incrementAndGet;
    context.set("counted", counted);
    PythonJob job =
        context
            .job("number = made")
            .setup("import time\ntime.sleep(0.05)\nmade = hook()")
            .output("number")
            .build();
    context.exec("import builtins; builtins.hook = counted");
    try {
      for (Object number : onThreads(() -> String.valueOf(job.run().get("number")))) {
        assertEquals("1", number);
      }
    } finally {
      context.exec("del builtins.hook");
    }
    assertEquals(1, setups.get());
  }

  @Test
  void threads_in_transactions_wait_for_setup_without_holding_python() throws Exception {
    PythonJob job =
        context.job("b = a").setup("import time\ntime.sleep(0.2)\na = 1").output("b").build();
    onThreads(
        () -> {
          try (PythonTransaction transaction = context.begin()) {
            assertTrue(transaction.evalBoolean("True"));
            assertEquals(1L, job.run().get("b"));
          }
          return true;
        });
  }

  @Test
  void a_setup_that_fails_is_told_and_tried_again() {
    context.exec("import builtins; builtins.tries = []");
    PythonJob job =
        context
            .job("number = len(tries)")
            .name("late")
            .setup("half = 1\ntries.append(1)\nif len(tries) < 3: raise OSError('not yet')")
            .output("number")
            .build();
    try {
      for (int i = 0; i < 2; i++) {
        PythonException raised = assertThrows(PythonException.class, job::run);
        assertEquals("OSError", raised.type());
        assertEquals(
            List.of("raised by the setup of job 'late', which the next run tries again"),
            raised.notes());
        assertEquals(3, raised.getStackTrace()[0].getLineNumber());
      }
      assertEquals(3L, job.run().get("number"));
      assertEquals(3L, job.run().get("number"));
    } finally {
      context.exec("del builtins.tries");
    }
  }

  @Test
  void a_setup_that_runs_its_own_job_is_refused() {
    context.exec("import builtins");
    PythonJob job = context.job("a = 1").setup("again()").name("loop").build();
    Runnable again = job::run;
    context.set("again", again);
    context.exec("builtins.again = again");
    try {
      PythonException raised = assertThrows(PythonException.class, job::run);
      assertTrue(
          raised.toString().contains("the setup of job 'loop' runs the job itself"),
          raised::toString);
    } finally {
      context.exec("del builtins.again");
    }
  }

  @Test
  void a_run_may_run_its_own_job() {
    PythonJob job =
        context
            .job("r = 1 if n == 0 else n * again(n - 1)")
            .input("n", long.class)
            .input("again")
            .output("r", long.class)
            .build();
    LongUnaryOperator[] again = new LongUnaryOperator[1];
    again[0] = n -> (Long) job.run(Map.of("n", n, "again", again[0])).get("r");
    assertEquals(120, again[0].applyAsLong(5));
  }

  @Test
  void runs_leave_no_handles() {
    PythonJob job =
        context.job("b = [a]\nclass K: pass").input("a").output("b", Object.class).build();
    job.run(Map.of("a", 1));
    long before = python.stats().liveHandles();
    for (int i = 0; i < 1000; i++) {
      job.run(Map.of("a", i));
    }
    assertEquals(before, python.stats().liveHandles());
  }
}
