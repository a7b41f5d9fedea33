package io.gilgamesh.internal;

/**
 * The natives that stop code. None of them waits for Python but {@link #stacks}. Implemented by
 * {@code bridge-rs/jni}.
 */
public final class StopNatives {

  private StopNatives() {}

  /**
   * Opens a scope on the calling thread: of all Python that it begins to run from here on.
   *
   * @param exchange address of an exchange
   * @return the scope's name
   */
  public static native long open(long exchange);

  /**
   * Stops what runs in a scope, and what begins in it later. Runs on any thread.
   *
   * @param scope name of the scope
   * @param kind a number of {@link StopScope}
   * @param exchange address of an exchange whose payload is the reason, a Text
   * @return 1 where it was open and this is the first time, else 0
   */
  public static native long fire(long scope, int kind, long exchange);

  /**
   * Closes a scope: nothing of it is left.
   *
   * @param scope name of the scope
   * @param exchange address of an exchange
   * @return 1 where it was fired, else 0
   */
  public static native long close(long scope, long exchange);

  /**
   * Interrupts what runs in a context at this moment.
   *
   * @param context id of the context
   * @param exchange address of an exchange whose payload is the reason, a Text
   * @return in how many threads
   */
  public static native long interrupt(long context, long exchange);

  /**
   * Tells what runs in a context on other threads.
   *
   * @param context id of the context
   * @param exchange address of an exchange
   * @return length of the reply, a LIST as {@link RunningCode} reads it
   */
  public static native long running(long context, long exchange);

  /**
   * Tells the Python stacks of what runs in a context on other threads. Waits for the GIL.
   *
   * @param context id of the context
   * @param exchange address of an exchange
   * @return length of the reply, a LIST as {@link RunningCode} reads it
   */
  public static native long stacks(long context, long exchange);
}
