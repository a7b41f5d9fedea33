package io.gilgamesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.testing.ChildJvm;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Deep recursion is an exception, on stacks of all sizes; each size in a JVM of its own, which must
 * live.
 */
@Tag("crash")
class DeepRecursionTest {

  @ParameterizedTest
  @CsvSource({"256, 0", "256, 100000", "1024, 0", "1024, 100000", "8192, 0", "8192, 100000"})
  void recursionEndsInRecursionErrorOnAStackOf(String kilobytes, String limit) {
    run(kilobytes, limit);
  }

  @ParameterizedTest
  @CsvSource({"1024, 0", "1024, 100000"})
  void itDoesSoWhereJavaHasUsedMuchOfTheStack(String kilobytes, String limit) {
    run(kilobytes, limit, "java");
  }

  @ParameterizedTest
  @CsvSource({"1024, 0", "1024, 100000"})
  void itDoesSoWhereTheThreadEnteredPythonBefore(String kilobytes, String limit) {
    run(kilobytes, limit, "later");
  }

  private static void run(String... arguments) {
    ChildJvm.of(DeepRecursionMain.class)
        .arguments(arguments)
        .deadline(Duration.ofSeconds(180))
        .run()
        .expectExit(0)
        .expectOutput(", bad 0");
  }

  @Test
  void aStackThatIsTooSmallIsRefusedWithItsSizeAndTheRemedy() throws InterruptedException {
    try (Python python = Python.start()) {
      PythonContext context = python.contexts().open("small");
      FutureTask<Long> task = new FutureTask<>(() -> context.evalLong("1 + 1"));
      Thread thread = new Thread(null, task, "small", 200 * 1024);
      thread.start();
      thread.join();
      Throwable cause = assertThrows(ExecutionException.class, task::get).getCause();
      assertEquals(IllegalStateException.class, cause.getClass());
      assertTrue(
          cause.getMessage().contains("200 KB") && cause.getMessage().contains("-Xss"),
          cause.getMessage());
    }
  }

  @Test
  void theRecursionLimitIsShownAsItWasSetAndMayBeRestored() {
    ChildJvm.of(RaisedAndRestored.class)
        .run()
        .expectExit(0)
        .expectOutput("java 500, python [500, 500]");
  }

  /**
   * Threads that have run Python before, Java's and Python's, go on where one of them changes the
   * limit.
   */
  static final class RaisedAndRestored {
    public static void main(String[] args) throws Exception {
      Python python = Python.start();
      PythonContext context = python.contexts().open("limit");
      context.exec(THREADS);
      ExecutorService other = Executors.newSingleThreadExecutor();
      other.submit(() -> context.evalLong("deep(500)")).get();
      context.exec("sys.setrecursionlimit(54321); shown = sys.getrecursionlimit()");
      context.exec("sys.setrecursionlimit(1000)");
      assertEquals(54321, context.evalLong("shown"));
      long java = other.submit(() -> context.evalLong("deep(500)")).get();
      context.exec(
          "go.set(); running.join(); later = threading.Thread(target=work); later.start();"
              + " later.join()");
      System.out.println("java " + java + ", python " + context.evalText("str(result)"));
      other.shutdown();
      python.close();
    }

    private static final String THREADS =
        """
        import sys, threading
        def deep(n):
            return 0 if n == 0 else 1 + deep(n - 1)
        result, go = [], threading.Event()
        def work():
            go.wait()
            result.append(deep(500))
        running = threading.Thread(target=work)
        running.start()
        """;
  }
}
