package io.gilgamesh.stopping;

import io.gilgamesh.PythonContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Python code that does not end by itself, and how to meet it while it runs. */
final class Loops {

  private static final String CODE =
      """
      import gilgamesh, time
      seen = []

      def loop(began=None):
          try:
              if began is not None:
                  began.countDown()
              while True:
                  pass
          except Exception as e:
              seen.append('swallowed')
          finally:
              seen.append('finally')

      def stubborn(seconds, began=None):
          try:
              if began is not None:
                  began.countDown()
              while True:
                  pass
          except gilgamesh.Interrupted as e:
              seen.append(str(e))
          end = time.monotonic() + seconds
          while time.monotonic() < end:
              pass
          return 'went on'

      def sleep(seconds, began=None):
          if began is not None:
              began.countDown()
          time.sleep(seconds)
      """;

  private Loops() {}

  /** Defines them in a context. */
  static void define(PythonContext context) {
    context.exec(CODE);
  }

  /** A thread that runs something and keeps what it threw. */
  static final class Runner extends Thread {
    private volatile Throwable thrown;

    Runner(String name, Runnable body) {
      super(body, name);
      setDaemon(true);
      setUncaughtExceptionHandler((thread, e) -> thrown = e);
    }

    static Runner started(String name, Runnable body) {
      Runner runner = new Runner(name, body);
      runner.start();
      return runner;
    }

    /** Waits for its end; what it threw, null where nothing. */
    Throwable outcome() throws InterruptedException {
      join(20_000);
      if (isAlive()) {
        throw new AssertionError(getName() + " does not end");
      }
      return thrown;
    }
  }

  /** Waits for the other side to say that it runs. */
  static void await(CountDownLatch began) throws InterruptedException {
    if (!began.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not begin");
    }
  }
}
