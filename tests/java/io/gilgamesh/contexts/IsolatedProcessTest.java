package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import io.gilgamesh.testing.ChildJvm;
import io.gilgamesh.testing.ChildJvm.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that end while isolated contexts are in use; each in a JVM of its own. */
@Tag("exit")
@Tag("crash")
class IsolatedProcessTest extends IsolatedContexts {

  /** What goes on in isolated contexts when the JVM exits. */
  enum Situation {
    OPEN,
    LOOPING,
    IN_C_CODE,
    WITH_A_THREAD_THAT_SLEEPS,
    BEING_CLEANED,
    BEING_OPENED
  }

  static final class Exiting {

    private static Python python;

    public static void main(String[] args) throws Exception {
      python = Python.start(PythonConfig.builder().shutdownTimeout(Duration.ofSeconds(1)).build());
      bring(Situation.valueOf(args[0]));
      System.out.println("exiting");
      System.exit(7);
    }

    private static PythonContext isolated() {
      return python.contexts().openAnonymous(Isolation.INTERPRETER);
    }

    private static void bring(Situation situation) throws Exception {
      switch (situation) {
        case OPEN -> {
          PythonContext context = isolated();
          context.exec(
              "import atexit, json, ssl\natexit.register(print, 'exit handler ran', flush=True)");
        }
        case LOOPING -> inside("while True: pass");
        case IN_C_CODE -> inside("sum(range(10**12))");
        case WITH_A_THREAD_THAT_SLEEPS -> {
          PythonContext context = isolated();
          context.exec(
              "import threading, time\n"
                  + "threading.Thread(target=time.sleep, args=(60,), daemon=False).start()");
        }
        case BEING_CLEANED -> {
          List<PythonContext> contexts = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            PythonContext context = isolated();
            context.exec("import asyncio, json, decimal, ssl");
            contexts.add(context);
          }
          contexts.forEach(PythonContext::close);
        }
        case BEING_OPENED -> {
          Thread opener = new Thread(Exiting::openForEver, "opener");
          opener.setDaemon(true);
          opener.start();
          Thread.sleep(100);
        }
      }
    }

    private static void openForEver() {
      try {
        while (true) {
          isolated();
        }
      } catch (IllegalStateException e) {
        // the JVM is exiting
      }
    }

    private static void inside(String code) throws Exception {
      PythonContext context = isolated();
      CountDownLatch begun = new CountDownLatch(1);
      context.set("begun", (Runnable) begun::countDown);
      Thread thread = new Thread(() -> context.exec("begun()\n" + code), "inside");
      thread.setDaemon(true);
      thread.start();
      begun.await();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theExitCodeIsKeptInTimeWhateverGoesOn(Situation situation) {
    Result result =
        ChildJvm.of(Exiting.class)
            .arguments(situation.name())
            .deadline(Duration.ofSeconds(30))
            .run();
    result.expectExit(7).expectOutput("exiting");
    if (situation == Situation.OPEN) {
      result.expectOutput("exit handler ran");
    }
    assertTrue(result.time().compareTo(Duration.ofSeconds(8)) < 0, result.output());
  }

  @RepeatedTest(5)
  void exitsDuringCleaningNeverCrash() {
    ChildJvm.of(Exiting.class)
        .arguments(Situation.BEING_CLEANED.name())
        .deadline(Duration.ofSeconds(30))
        .run()
        .expectExit(7);
  }
}
