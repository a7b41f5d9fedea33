package io.gilgamesh.internal;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonStartException;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to Python at the end of the JVM: no new work is taken, the core runs what Python
 * runs at exit and waits for what still runs as long as was configured, and what was still running
 * then is reported. CPython itself is never finalised; the process ends around it.
 */
final class ExitHook {

  private static final String LOG = "io.gilgamesh";

  private static boolean installed;

  private ExitHook() {}

  /** Registers the hook, once, before Python is begun. */
  static synchronized void install(PythonRuntime runtime) {
    if (installed) {
      return;
    }
    Thread hook = new Hook(runtime);
    try {
      java.lang.Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw new PythonStartException("Python cannot be started: the JVM is exiting", e);
    }
    installed = true;
  }

  /**
   * A class and not a lambda: the first lambda of a process costs as much as the rest of a start.
   */
  private static final class Hook extends Thread {

    private final PythonRuntime runtime;

    Hook(PythonRuntime runtime) {
      super(null, null, "gilgamesh-exit", 0, false);
      this.runtime = runtime;
    }

    @Override
    public void run() {
      end(runtime);
    }
  }

  private static void end(PythonRuntime runtime) {
    PythonConfig config = runtime.beginStop();
    if (config == null) {
      return;
    }
    try {
      report(stop(config));
    } catch (RuntimeException e) {
      Log.warn(LOG, "Python was not shut down in order", e);
    } finally {
      runtime.endStop();
    }
  }

  /** Shuts down; what was still running, in words. */
  private static List<String> stop(PythonConfig config) {
    List<String> left = new ArrayList<>();
    try (Exchange exchange = Exchange.lease(null)) {
      long result =
          RuntimeNatives.shutdown(exchange.address(), Deadline.nanos(config.shutdownTimeout()));
      if (Calls.value(exchange, result, Origin.VALUE, null) instanceof List<?> lines) {
        for (Object line : lines) {
          left.add(String.valueOf(line));
        }
      }
    }
    left.addAll(Holders.open());
    return left;
  }

  private static void report(List<String> left) {
    if (!left.isEmpty()) {
      Log.warn(
          LOG, "The JVM exits while Python is still in use:\n\t" + String.join("\n\t", left), null);
    }
  }
}
