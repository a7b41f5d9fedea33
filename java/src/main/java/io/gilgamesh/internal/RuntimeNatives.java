package io.gilgamesh.internal;

/**
 * The natives of the whole runtime: start, shutdown, counters, drain. Implemented by {@code
 * bridge-rs/jni}.
 */
public final class RuntimeNatives {

  private RuntimeNatives() {}

  /**
   * Starts CPython in this process.
   *
   * @param exchange address of an exchange whose payload is the DICT of settings
   * @return length of the reply, the DICT of facts about the running interpreter
   */
  public static native long start(long exchange);

  /**
   * Runs a program on Python's main thread, and waits for its end.
   *
   * @param exchange address of an exchange; request: a LIST of texts, as {@code gilgamesh._main}
   *     takes them
   * @return the exit code
   */
  public static native long runProgram(long exchange);

  /**
   * Stops taking work and runs what Python runs at exit. The interpreter stays in the process.
   *
   * @param exchange address of an exchange
   * @param timeoutNanos how long to wait for what still runs
   * @return length of the reply, a LIST of texts: what was still running
   */
  public static native long shutdown(long exchange, long timeoutNanos);

  /**
   * Reads the counters.
   *
   * @param exchange address of an exchange
   * @return length of the reply, an ARRAY 'q' in the order of StatsLayout
   */
  public static native long stats(long exchange);

  /**
   * Attaches to each interpreter that has queued releases and drains its queue.
   *
   * @param exchange address of an exchange
   * @return how many references were released
   */
  public static native long drain(long exchange);

  /**
   * Tells the core a form of values, once.
   *
   * @param exchange address of an exchange with the definition, BYTES as {@link ShapeDefinition}
   *     writes them
   * @return the {@link Want} that names the form, the same for the same definition
   */
  public static native long defineShape(long exchange);
}
