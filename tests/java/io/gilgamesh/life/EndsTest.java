package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonStartException;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.ChildJvm;
import io.gilgamesh.testing.ChildJvm.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends of the JVM that nobody asked for: main returns or throws, and hooks find Python in use. */
@Tag("exit")
class EndsTest {

  private static final String HANDLER = "exit handler ran";
  private static final String REPORT = "The JVM exits while Python is still in use";

  private static PythonContext start(String name) {
    PythonConfig config = PythonConfig.builder().shutdownTimeout(Duration.ofSeconds(1)).build();
    PythonContext context = Python.start(config).contexts().open(name);
    context.exec(
        "import atexit, threading, time, sys\n"
            + "atexit.register(lambda: print('exit handler ran', flush=True))");
    return context;
  }

  private static Result ended(Class<?> main, String... arguments) {
    Result result = ChildJvm.of(main).arguments(arguments).deadline(Duration.ofSeconds(20)).run();
    String output = result.output();
    assertTrue(result.time().toMillis() < 6_000, () -> result.time() + "\n" + output);
    assertFalse(output.contains("SIGSEGV") || output.contains("Fatal Python error"), output);
    return result;
  }

  /** How main ends, with which code, and what is printed. */
  enum Main {
    RETURNS(0, HANDLER),
    THROWS(1, "java.lang.IllegalStateException: mine", HANDLER),
    THROWS_WHAT_PYTHON_RAISED(1, "ZeroDivisionError: division by zero", HANDLER),
    THROWS_WHAT_SYS_EXIT_RAISED(1, "SystemExit: 3", HANDLER),
    LEAVES_A_PYTHON_DAEMON_THREAD(0, HANDLER),
    LEAVES_A_PYTHON_THREAD_THAT_ENDS_SOON(0, "thread ended", HANDLER),
    LEAVES_A_PYTHON_THREAD_THAT_SLEEPS(0, HANDLER, REPORT, "'sleeper'"),
    LEAVES_A_JAVA_THREAD_IN_PYTHON(0, "java thread ended", HANDLER),
    LEAVES_A_JAVA_DAEMON_THREAD_IN_PYTHON(0, HANDLER);

    final int code;
    final List<String> printed;

    Main(int code, String... printed) {
      this.code = code;
      this.printed = List.of(printed);
    }
  }

  static final class Ending {
    public static void main(String[] args) throws Exception {
      PythonContext context = start("ending");
      switch (Main.valueOf(args[0])) {
        case RETURNS -> {}
        case THROWS -> throw new IllegalStateException("mine");
        case THROWS_WHAT_PYTHON_RAISED -> context.exec("1 / 0");
        case THROWS_WHAT_SYS_EXIT_RAISED -> context.exec("sys.exit(3)");
        case LEAVES_A_PYTHON_DAEMON_THREAD ->
            context.exec(
                "def loop():\n  while True: pass\n"
                    + "threading.Thread(target=loop, daemon=True).start()");
        case LEAVES_A_PYTHON_THREAD_THAT_ENDS_SOON ->
            context.exec(
                "threading.Thread(target=lambda: (time.sleep(0.3), print('thread ended',"
                    + " flush=True)), daemon=False).start()");
        case LEAVES_A_PYTHON_THREAD_THAT_SLEEPS ->
            context.exec(
                "threading.Thread(target=time.sleep, args=(60,), name='sleeper',"
                    + " daemon=False).start()");
        case LEAVES_A_JAVA_THREAD_IN_PYTHON -> inside(context, false);
        case LEAVES_A_JAVA_DAEMON_THREAD_IN_PYTHON -> inside(context, true);
      }
    }

    private static void inside(PythonContext context, boolean daemon) throws Exception {
      String code = "entered = True; time.sleep(" + (daemon ? 60 : 1) + ")";
      Thread thread =
          new Thread(
              () -> {
                context.exec(code);
                System.out.println("java thread ended");
              });
      thread.setDaemon(daemon);
      thread.start();
      while (context.find("entered").isEmpty()) {
        Thread.sleep(5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMainThatEndsByItselfKeepsItsExitCodeAndRunsExitHandlers(Main main) {
    Result result = ended(Ending.class, main.name()).expectExit(main.code);
    main.printed.forEach(result::expectOutput);
  }

  // ----

  static final class Handlers {
    public static void main(String[] args) {
      start("handlers")
          .exec(
              """
              atexit.register(lambda: print('first', flush=True))
              atexit.register(lambda: 1 / 0)
              def with_thread():
                  thread = threading.Thread(target=print, args=('last, in a thread',))
                  thread.start()
                  thread.join()
                  sys.stdout.flush()
              atexit.register(with_thread)
              """);
      System.exit(7);
    }
  }

  @Test
  void exitHandlersRunInReverseOrderAndOneThatRaisesStopsNone() {
    String output = ended(Handlers.class).expectExit(7).output();
    int last = output.indexOf("last, in a thread");
    int first = output.indexOf("first");
    int registered = output.indexOf(HANDLER);
    assertTrue(0 <= last && last < first && first < registered, output);
    assertTrue(output.contains("ZeroDivisionError"), output);
  }

  // ----

  static final class ClosedByAHook {
    public static void main(String[] args) throws Exception {
      Python python = Python.start();
      PythonContext context = python.contexts().open("hook");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(python)));
      Path entered = Path.of(args[0]);
      Thread inside = new Thread(() -> count(context, entered), "counting");
      inside.setDaemon(true);
      inside.start();
      while (!Files.exists(entered)) {
        Thread.sleep(5);
      }
      System.exit(7);
    }

    /** Holds the GIL from when the file is there, so only a file can tell. */
    private static void count(PythonContext context, Path entered) {
      try (PythonTransaction tx = context.begin()) {
        tx.set("entered", entered.toString());
        tx.exec("open(entered, 'w').close(); sum(range(10**12))");
      }
    }

    private static void close(Python python) {
      try {
        python.close();
        System.out.println("closed");
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  @Test
  void closeInAShutdownHookReportsWhichThreadIsInsidePython(@TempDir Path folder) {
    ended(ClosedByAHook.class, folder.resolve("entered").toString())
        .expectExit(7)
        .expectOutput("refused: ")
        .expectOutput("'hook'")
        .expectOutput("'counting'")
        .expectOutput(REPORT);
  }

  // ----

  static final class ClosedBesideAnotherThread {
    public static void main(String[] args) throws Exception {
      Python python = Python.start();
      PythonContext context = python.contexts().open("guarded");
      context.exec("import atexit; atexit.register(print, 'exit handler ran', flush=True)");
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch closed = new CountDownLatch(1);
      Thread holder =
          new Thread(
              () -> {
                try {
                  try (PythonTransaction tx = context.begin()) {
                    tx.exec("x = 1");
                    begun.countDown();
                    closed.await();
                  }
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                System.out.println("holder ended");
              },
              "holder");
      holder.start();
      begun.await();
      try {
        python.close();
        System.out.println("closed as if nothing was open");
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
      closed.countDown();
    }
  }

  @Test
  void aGuardLeftOpenByAnotherThreadIsNamedAtCloseAndTheProcessExits() {
    ended(ClosedBesideAnotherThread.class)
        .expectExit(0)
        .expectOutput("'holder'")
        .expectOutput("holder ended")
        .expectOutput(HANDLER);
  }

  // ----

  static final class ExitsWhileStarting {
    public static void main(String[] args) throws Exception {
      CountDownLatch begun = new CountDownLatch(1);
      Thread starter =
          new Thread(
              () -> {
                begun.countDown();
                try {
                  start("starting");
                } catch (IllegalStateException | PythonStartException e) {
                  System.out.println("refused: " + e.getMessage());
                }
              });
      starter.start();
      begun.await();
      Thread.sleep(Long.parseLong(args[0]));
      System.exit(7);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 100, 120, 150, 200, 300})
  void anExitWhilePythonIsStartingKeepsItsCode(int millis) {
    ended(ExitsWhileStarting.class, Integer.toString(millis)).expectExit(7);
  }
}
