package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/**
 * The transaction that runs on this thread: what its handles want to know of it.
 *
 * <p>Begun, ended, detached and reattached by the life cycle, on the thread that runs it; only
 * {@link #abandon} and the questions may come from other threads.
 */
public final class CurrentTransaction {

  private final ContextState context;
  private final @Nullable CurrentTransaction outer;
  private boolean detached;
  private volatile boolean ended;

  /** The time that was set for it; on its own thread only. */
  private @Nullable Deadline deadline;

  private CurrentTransaction(ContextState context, @Nullable CurrentTransaction outer) {
    this.context = context;
    this.outer = outer;
  }

  /**
   * Gives the innermost transaction of this thread.
   *
   * @return the transaction, null where none runs
   */
  public static @Nullable CurrentTransaction get() {
    return ThreadRecord.own().running;
  }

  /**
   * Makes a transaction the running one of this thread, after the core has begun it.
   *
   * @param context the context it is attached to
   * @return the transaction, to be ended on this thread
   */
  public static CurrentTransaction begin(ContextState context) {
    ThreadRecord thread = ThreadRecord.own();
    CurrentTransaction begun = new CurrentTransaction(context, thread.running);
    thread.running = begun;
    return begun;
  }

  /** Ends the transaction, on its thread and innermost first, after the core has ended it. */
  public void end() {
    ThreadRecord thread = ThreadRecord.own();
    if (thread.running != this) {
      throw StackTraces.trimmed(
          new IllegalStateException("this transaction is not the innermost one of this thread"));
    }
    ended = true;
    thread.running = outer;
    setDeadline(null);
  }

  /**
   * Sets the time that is left to it, in the place of what was set before.
   *
   * @param next the deadline, which ends with the transaction
   */
  public void setDeadline(@Nullable Deadline next) {
    Deadline former = deadline;
    deadline = next;
    if (former != null) {
      former.close();
    }
  }

  /**
   * Notes that the transaction is over although its thread never ended it. May run on any thread.
   */
  public void abandon() {
    ended = true;
  }

  /**
   * Tells whether the transaction is over, and its handles with it.
   *
   * @return whether it ended or was abandoned
   */
  public boolean isEnded() {
    return ended;
  }

  /**
   * Notes that the thread lets the GIL go inside the transaction, or took it back.
   *
   * @param detached whether the thread is detached now
   */
  public void setDetached(boolean detached) {
    this.detached = detached;
  }

  /**
   * Tells whether the thread is detached inside the transaction.
   *
   * @return what {@link #setDetached} was told last
   */
  public boolean isDetached() {
    return detached;
  }

  /**
   * Gives the context the transaction is attached to.
   *
   * @return its state
   */
  public ContextState context() {
    return context;
  }

  /**
   * Gives the transaction around this one.
   *
   * @return the outer transaction of the same thread, null where there is none
   */
  public @Nullable CurrentTransaction outer() {
    return outer;
  }

  /**
   * Tells whether this thread may run Python of an interpreter without waiting.
   *
   * @param interpreter the interpreter
   * @return whether the innermost transaction is attached to it
   */
  public static boolean isAttached(InterpreterState interpreter) {
    CurrentTransaction running = get();
    return running != null && !running.detached && running.context.interpreter() == interpreter;
  }
}
