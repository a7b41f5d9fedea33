package io.gilgamesh.internal;

/** The natives that end or prolong a handle. Implemented by {@code bridge-rs/jni}. */
public final class HandleNatives {

  private HandleNatives() {}

  /**
   * Closes a handle. Never blocks: released at once where the thread is attached, queued otherwise.
   *
   * @param context id of the context
   * @param ref the handle
   * @param exchange address of an exchange
   * @return 0
   */
  public static native long close(long context, long ref, long exchange);

  /**
   * Makes a managed handle on the same object.
   *
   * @param context id of the context
   * @param ref the handle
   * @param exchange address of an exchange
   * @return a new managed ref
   */
  public static native long keep(long context, long ref, long exchange);

  /**
   * Queues the releases of managed handles whose Java objects are dead.
   *
   * @param interpreter id of the interpreter
   * @param refs the handles
   * @param count how many of {@code refs} count
   */
  public static native void reclaim(long interpreter, long[] refs, int count);
}
