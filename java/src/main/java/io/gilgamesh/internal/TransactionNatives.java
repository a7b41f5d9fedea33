package io.gilgamesh.internal;

/**
 * The natives that attach a thread to a context for longer than one verb. Implemented by {@code
 * bridge-rs/jni}.
 */
public final class TransactionNatives {

  private TransactionNatives() {}

  /**
   * Attaches the calling thread.
   *
   * @param context id of the context
   * @param threadId Java's id of the calling thread, named in another thread's timeout
   * @param timeoutNanos how long to wait for the GIL, -1 without limit
   * @param exchange address of an exchange
   * @return a scope token greater than 0
   */
  public static native long begin(long context, long threadId, long timeoutNanos, long exchange);

  /**
   * Releases the handles of the scope and detaches. Must run on the thread that began it.
   *
   * @param context id of the context
   * @param scope token of {@link #begin}
   * @param exchange address of an exchange
   * @return 0
   */
  public static native long end(long context, long scope, long exchange);

  /**
   * Asks whether a scope whose thread ended without closing it has been repaired. Runs on any other
   * thread.
   *
   * @param context id of the context
   * @param scope token of {@link #begin}
   * @param exchange address of an exchange
   * @return 1 where it has been, once; else 0
   */
  public static native long abandon(long context, long scope, long exchange);

  /**
   * Makes the OS thread under a Java thread that has ended let the GIL go, where it holds it in a
   * transaction. Runs on any other thread; takes a moment to show.
   *
   * @param context id of the context
   * @param threadId Java's id of the thread that has ended
   * @param exchange address of an exchange
   * @return 0
   */
  public static native long letGo(long context, long threadId, long exchange);

  /**
   * Lets the GIL go inside a transaction.
   *
   * @param context id of the context
   * @param exchange address of an exchange
   * @return 0
   */
  public static native long detach(long context, long exchange);

  /**
   * Takes the GIL back after {@link #detach}.
   *
   * @param context id of the context
   * @param exchange address of an exchange
   * @return 0
   */
  public static native long reattach(long context, long exchange);

  /**
   * Runs a body below a native frame, which keeps a virtual thread on its carrier.
   *
   * @param body what to run
   */
  public static native void pinned(Runnable body);
}
