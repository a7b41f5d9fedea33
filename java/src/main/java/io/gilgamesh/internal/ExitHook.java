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

  private static final System.Logger LOG = System.getLogger("io.gilgamesh");

  private static boolean installed;

  private ExitHook() {}

  /** Registers the hook, once, before Python is begun. */
  static synchronized void install(PythonRuntime runtime) {
    if (installed) {
      return;
    }
    Thread hook = new Thread(null, () -> run(runtime), "gilgamesh-exit", 0, false);
    try {
      java.lang.Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw new PythonStartException("Python cannot be started: the JVM is exiting", e);
    }
    installed = true;
  }

  private static void run(PythonRuntime runtime) {
    PythonConfig config = runtime.beginStop();
    if (config == null) {
      return;
    }
    try {
      report(stop(config));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "Python was not shut down in order", e);
    } finally {
      runtime.endStop();
    }
  }

  /** Shuts down; what was still running, in words. */
  private static List<String> stop(PythonConfig config) {
    List<String> left = new ArrayList<>();
    try (Exchange exchange = Exchange.lease(null)) {
      long result = RuntimeNatives.shutdown(exchange.address(), nanos(config));
      if (Calls.value(exchange, result, Origin.VALUE, null) instanceof List<?> lines) {
        lines.forEach(line -> left.add(String.valueOf(line)));
      }
    }
    left.addAll(Holders.open());
    return left;
  }

  private static long nanos(PythonConfig config) {
    try {
      return config.shutdownTimeout().toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private static void report(List<String> left) {
    if (!left.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The JVM exits while Python is still in use:\n\t" + String.join("\n\t", left));
    }
  }
}
