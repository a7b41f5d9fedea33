package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.internal.LoadOnly;
import io.gilgamesh.testing.ChildJvm;
import io.gilgamesh.testing.ChildJvm.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends of the JVM, each of one of its own, with the exit code 7 and handlers of atexit that tell
 * that they ran.
 */
@Tag("exit")
class ExitTest {

  private static final String HANDLER = "exit handler ran";
  private static final String REPORT = "The JVM exits while Python is still in use";

  /**
   * What goes on at the end, and what is printed then. Only C code that never yields keeps Python's
   * exit handlers from running.
   */
  enum Situation {
    NOTHING(HANDLER),
    PYTHON_DAEMON_THREAD_LOOPS(HANDLER),
    PYTHON_THREAD_SLEEPS(HANDLER, REPORT, "'sleeper'"),
    PYTHON_THREAD_ENDS_SOON("thread ended", HANDLER),
    JAVA_THREAD_LOOPS_IN_PYTHON(HANDLER),
    JAVA_THREAD_SLEEPS_IN_PYTHON(HANDLER),
    JAVA_THREAD_IN_C_CODE(REPORT),
    JAVA_THREADS_KEEP_CALLING(HANDLER, "refused: Python has been shut down: the JVM is exiting"),
    TRANSACTION_OPEN_ON_THE_EXITING_THREAD(HANDLER, REPORT, "'exiting' begun by thread 'main'"),
    TRANSACTION_OPEN_ON_ANOTHER_THREAD(HANDLER, REPORT, "'exiting' begun by thread 'holder'"),
    TRANSACTIONS_KEEP_CALLING(HANDLER, "refused: Python has been shut down: the JVM is exiting"),
    TRANSACTION_DETACHED(HANDLER, "begun by thread 'holder'"),
    TRANSACTION_LEFT_OPEN_BY_A_THREAD_THAT_ENDED(HANDLER);

    final List<String> printed;

    Situation(String... printed) {
      this.printed = List.of(printed);
    }
  }

  static final class Exiting {
    private static PythonContext context;

    public static void main(String[] args) throws Exception {
      Python python =
          Python.start(PythonConfig.builder().shutdownTimeout(Duration.ofSeconds(1)).build());
      context = python.contexts().open("exiting");
      context.exec(
          """
          import atexit, threading, time, sys
          atexit.register(lambda: print('exit handler ran', flush=True))
          def loop():
            while True: pass
          """);
      bring(Situation.valueOf(args[0]));
      System.out.println("exiting");
      System.exit(7);
    }

    private static void bring(Situation situation) throws Exception {
      switch (situation) {
        case NOTHING -> {}
        case PYTHON_DAEMON_THREAD_LOOPS ->
            context.exec("threading.Thread(target=loop, daemon=True).start()");
        case PYTHON_THREAD_SLEEPS ->
            context.exec(
                "threading.Thread(target=time.sleep, args=(60,), name='sleeper',"
                    + " daemon=False).start()");
        case PYTHON_THREAD_ENDS_SOON ->
            context.exec(
                """
                threading.Thread(target=lambda: (time.sleep(0.3), print('thread ended', flush=True)), daemon=False).start()
                """);
        case JAVA_THREAD_LOOPS_IN_PYTHON -> inside("loop()");
        case JAVA_THREAD_SLEEPS_IN_PYTHON -> inside("time.sleep(60)");
        case JAVA_THREAD_IN_C_CODE -> inside("sum(range(10**12))");
        case JAVA_THREADS_KEEP_CALLING -> {
          for (int i = 0; i < 8; i++) {
            keepCalling();
          }
          Thread.sleep(100);
        }
        case TRANSACTION_OPEN_ON_THE_EXITING_THREAD -> context.begin().exec("x = 1");
        case TRANSACTION_OPEN_ON_ANOTHER_THREAD -> hold(false);
        case TRANSACTIONS_KEEP_CALLING -> {
          for (int i = 0; i < 3; i++) {
            daemon("caller", Exiting::callInTransactions);
          }
          Thread.sleep(100);
        }
        case TRANSACTION_DETACHED -> hold(true);
        case TRANSACTION_LEFT_OPEN_BY_A_THREAD_THAT_ENDED -> {
          Thread careless = new Thread(() -> context.begin().exec("x = 1"), "careless");
          careless.start();
          careless.join();
        }
      }
    }

    private static void inside(String code) throws Exception {
      daemon("inside", () -> context.exec(code));
      Thread.sleep(200);
    }

    private static void keepCalling() {
      daemon(
          "caller",
          () -> {
            try {
              while (true) {
                context.evalLong("1 + 1");
              }
            } catch (IllegalStateException e) {
              System.out.println("refused: " + e.getMessage());
            }
          });
    }

    private static void callInTransactions() {
      try {
        while (true) {
          try (PythonTransaction tx = context.begin()) {
            for (int i = 0; i < 1000; i++) {
              tx.evalLong("1 + 1");
            }
          }
        }
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }

    private static void hold(boolean detached) throws Exception {
      CountDownLatch held = new CountDownLatch(1);
      daemon(
          "holder",
          () -> {
            try (PythonTransaction tx = context.begin()) {
              if (detached) {
                tx.detached(() -> sleepLong(held));
              } else {
                sleepLong(held);
              }
            }
          });
      held.await();
    }

    private static Object sleepLong(CountDownLatch held) {
      held.countDown();
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return held;
    }

    private static void daemon(String name, Runnable body) {
      Thread thread = new Thread(body, name);
      thread.setDaemon(true);
      thread.start();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theExitCodeIsKeptInTimeAndWhatRanIsReported(Situation situation) {
    Result result =
        ChildJvm.of(Exiting.class)
            .arguments(situation.name())
            .deadline(Duration.ofSeconds(20))
            .run();
    result.expectExit(7).expectOutput("exiting");
    situation.printed.forEach(result::expectOutput);
    String output = result.output();
    assertTrue(
        result.time().compareTo(Duration.ofSeconds(5)) < 0, () -> result.time() + "\n" + output);
    assertTrue(situation != Situation.NOTHING || !output.contains("WARNING"), output);
    assertFalse(output.contains("SIGSEGV") || output.contains("Fatal Python error"), output);
  }

  // ----

  static final class Returning {
    public static void main(String[] args) {
      PythonContext context = Python.start().contexts().open("returning");
      context.exec("import atexit; atexit.register(lambda: print('exit handler ran', flush=True))");
      if (args.length > 0) {
        context.begin().exec("x = 1");
      }
    }
  }

  @Test
  void aMainThatReturnsExitsWithZeroAlsoWithATransactionOpen() {
    ChildJvm.of(Returning.class).run().expectExit(0).expectOutput(HANDLER);
    ChildJvm.of(Returning.class)
        .arguments("open")
        .run()
        .expectExit(0)
        .expectOutput(HANDLER)
        .expectOutput("begun by thread 'main'");
  }

  // ----

  static final class LeavingMain {
    public static void main(String[] args) {
      PythonContext context = Python.start().contexts().open("left");
      PythonTransaction tx = context.begin();
      PythonObject kept = tx.eval("[1, 2]");
      new Thread(
              () -> {
                System.out.println("worker got " + context.evalLong("40 + 2"));
                System.out.println("of " + kept.length());
              })
          .start();
    }
  }

  @Test
  void whatMainLeftOpenWhenItReturnedKeepsNobodyOut() {
    ChildJvm.of(LeavingMain.class)
        .deadline(Duration.ofSeconds(30))
        .run()
        .expectExit(0)
        .expectOutput("worker got 42")
        .expectOutput("of 2")
        .expectOutput("was left open by thread 'main'");
  }

  // ----

  static final class SlowHandler {
    public static void main(String[] args) {
      Python.start(PythonConfig.builder().shutdownTimeout(Duration.ofMillis(200)).build())
          .contexts()
          .open("slow")
          .exec(
              "import atexit, time; atexit.register(lambda: (time.sleep(1), print('slow handler"
                  + " ran', flush=True)))");
      System.exit(3);
    }
  }

  @Test
  void exitHandlersHaveTheTimeTheyTake() {
    ChildJvm.of(SlowHandler.class).run().expectExit(3).expectOutput("slow handler ran");
  }

  // ----

  static final class ExitFromPython {
    public static void main(String[] args) {
      PythonContext context = Python.start().contexts().open("exit");
      try {
        context.exec("import sys; sys.exit(3)");
      } catch (io.gilgamesh.PythonException e) {
        System.out.println(e.type() + " " + e.exitCode());
      }
      System.exit(5);
    }
  }

  @Test
  void sysExitIsAnExceptionAndTheJvmLives() {
    ChildJvm.of(ExitFromPython.class)
        .run()
        .expectExit(5)
        .expectOutput("SystemExit")
        .expectOutput("3");
  }

  // ----

  @Test
  void loadedAndNeverStartedItExitsWithZero() {
    for (int i = 0; i < 10; i++) {
      ChildJvm.of(LoadOnly.class).run().expectExit(0).expectOutput("loaded");
    }
  }

  @Test
  @Tag("soak")
  void loadedAndNeverStartedItExitsWithZeroAHundredTimes() {
    for (int i = 0; i < 100; i++) {
      ChildJvm.of(LoadOnly.class).run().expectExit(0);
    }
  }

  // ----

  static final class CloseInHook {
    public static void main(String[] args) throws Exception {
      Python python = Python.start();
      PythonContext context = python.contexts().open("hook");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    long start = System.nanoTime();
                    python.close();
                    System.out.println(
                        "closed in " + (System.nanoTime() - start) / 1_000_000 + " ms");
                  }));
      Thread inside = new Thread(() -> context.exec(args[0]));
      inside.setDaemon(true);
      inside.start();
      Thread.sleep(300);
      System.exit(7);
    }
  }

  @Test
  void closeInAShutdownHookReturnsWithinItsLimit() {
    for (String code :
        new String[] {"sum(range(10**12))", "while True: pass", "import time; time.sleep(60)"}) {
      Result result =
          ChildJvm.of(CloseInHook.class).arguments(code).deadline(Duration.ofSeconds(20)).run();
      result.expectExit(7).expectOutput("closed in ");
      assertTrue(result.time().toMillis() < 6_000, () -> code + ": " + result);
    }
  }

  // ----

  static final class ClosedWhileOpen {
    public static void main(String[] args) {
      Python python = Python.start();
      python.contexts().open("guarded").begin();
      try {
        python.close();
        System.exit(99);
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void closedWhileATransactionIsOpenTheErrorNamesItAndTheProcessExits() {
    ChildJvm.of(ClosedWhileOpen.class)
        .run()
        .expectExit(0)
        .expectOutput("begun by thread 'main'")
        .expectOutput("'guarded'");
  }
}
