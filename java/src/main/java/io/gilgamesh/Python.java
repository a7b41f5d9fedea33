package io.gilgamesh;

import io.gilgamesh.internal.Converters;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.PythonRuntime;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.Stats;
import io.gilgamesh.internal.StatsLayout;
import io.gilgamesh.internal.find.PythonFinder;
import java.time.Duration;
import java.util.List;

/**
 * An owner of the Python in this process.
 *
 * <p>A process holds one CPython, started once and ended with the JVM. Each {@link #start} with an
 * equal configuration gives another owner of it: an owner has contexts of its own, and closing it
 * closes these. The interpreter stays, with the modules it has imported. All methods may be called
 * by any thread, on JDK 21 and later by virtual ones too.
 *
 * <p>At the end of the JVM Gilgamesh stops taking work, waits for Python's non-daemon threads and
 * for Java threads inside Python as long as {@link PythonConfig#shutdownTimeout} says, runs {@code
 * atexit} and reports what was still running through the {@link System.Logger} {@code
 * io.gilgamesh}. The exit code is the JVM's own.
 */
public final class Python implements AutoCloseable {

  private final PythonContextManager contexts = new PythonContextManager(this);
  private final Converters registered = new Converters(null);
  private final boolean shared;
  private volatile boolean closed;

  private Python(boolean shared) {
    this.shared = shared;
  }

  /**
   * Starts Python with the default configuration, or joins it where it runs with that already.
   *
   * @return a new owner, to be closed
   * @throws PythonStartException if no Python can be found or started, or one runs with another
   *     configuration
   * @throws IllegalStateException if the JVM is exiting
   */
  public static Python start() {
    return start(PythonConfig.defaults());
  }

  /**
   * Starts Python, or joins it where it runs with an equal configuration already. Several threads
   * may do so at once: one starts it and the others wait. After a start that failed it can be tried
   * again, unless a libpython was loaded.
   *
   * @param config which Python, and how
   * @return a new owner, to be closed
   * @throws PythonStartException if it cannot be found or started, or one runs with another
   *     configuration
   * @throws IllegalStateException if the JVM is exiting
   */
  public static Python start(PythonConfig config) {
    PythonRuntime.get().start(Parameters.required(config, "config"));
    return new Python(false);
  }

  /**
   * Gives the owner that lasts as long as the JVM: of the running Python whatever its
   * configuration, or of one started with the default configuration. Closing it does nothing.
   *
   * @return always the same owner
   * @throws PythonStartException if none runs, and none can be found or started
   * @throws IllegalStateException if the JVM is exiting
   */
  public static Python shared() {
    PythonRuntime.get().start(null);
    return Shared.INSTANCE;
  }

  private static final class Shared {
    static final Python INSTANCE = new Python(true);
  }

  /**
   * Tells which Python a start with the default configuration would use, and why. Starts, loads and
   * unpacks nothing.
   *
   * @return every candidate with what became of it
   */
  public static PythonDiagnosis diagnose() {
    return diagnose(PythonConfig.defaults());
  }

  /**
   * Tells which Python a start would use, and why. Starts, loads and unpacks nothing.
   *
   * @param config the configuration of that start
   * @return every candidate with what became of it
   */
  public static PythonDiagnosis diagnose(PythonConfig config) {
    return PythonFinder.diagnose(Parameters.required(config, "config"));
  }

  /**
   * Gives the contexts of this owner.
   *
   * @return the same manager each time
   */
  public PythonContextManager contexts() {
    return contexts;
  }

  /**
   * Gives the converters that the contexts of this owner use, after their own.
   *
   * @return where to register them
   */
  public PythonConverters converters() {
    return new PythonConverters(registered);
  }

  Converters registered() {
    return registered;
  }

  /**
   * Reads the counters of the runtime, which all owners share. Never waits for Python.
   *
   * @return the counters of this moment
   */
  public PythonStats stats() {
    long[] counters = Stats.read();
    return new PythonStats(
        counters[StatsLayout.LIVE_HANDLES],
        counters[StatsLayout.SCOPED_HANDLES],
        counters[StatsLayout.MANAGED_HANDLES],
        counters[StatsLayout.HANDLES_MADE],
        counters[StatsLayout.HANDLES_RELEASED],
        counters[StatsLayout.RECLAIM_QUEUED],
        counters[StatsLayout.RECLAIMED],
        counters[StatsLayout.ABANDONED],
        counters[StatsLayout.OPEN_TRANSACTIONS],
        counters[StatsLayout.THREAD_STATES],
        counters[StatsLayout.ATTACHES],
        counters[StatsLayout.CONTEXTS],
        counters[StatsLayout.WAITING_THREADS],
        Duration.ofNanos(counters[StatsLayout.LONGEST_WAIT_NANOS]),
        Exchange.allocatedBytes() + counters[StatsLayout.REPLY_BYTES],
        Stats.javaObjects(),
        new PythonInterpreterStats(
            counters[StatsLayout.INTERPRETERS_MADE],
            counters[StatsLayout.INTERPRETERS_REUSED],
            counters[StatsLayout.INTERPRETERS_IDLE],
            counters[StatsLayout.INTERPRETERS_ABANDONED],
            counters[StatsLayout.INTERPRETERS_LOST]));
  }

  /**
   * Tells what the running interpreter is.
   *
   * @return its version and where it lies
   */
  public PythonInfo info() {
    return PythonRuntime.get().facts().info();
  }

  /**
   * Closes the contexts of this owner, as {@link PythonContext#close()} does; what runs in them is
   * waited for together. The interpreter stays in the process, for other owners and later starts.
   * Does nothing on the shared owner, on a closed one, and once the JVM is exiting.
   *
   * @throws IllegalStateException if a transaction was still open on one of them; all are closed
   *     nevertheless, and the message names who began it
   */
  @Override
  public void close() {
    if (shared) {
      return;
    }
    closed = true;
    List<String> open = contexts.closeEach();
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "Python was closed while " + String.join("; and while ", open));
    }
  }

  boolean isClosed() {
    return closed;
  }

  void checkOpen() {
    if (closed) {
      throw StackTraces.trimmed(
          new IllegalStateException("this Python was closed; start another one"));
    }
  }
}
