package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Deadline;
import io.gilgamesh.internal.OpenTransaction;
import io.gilgamesh.internal.Parameters;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which one thread stays attached to a context: the way to do many things at
 * the price of one attach.
 *
 * <p>Handles made on its thread meanwhile belong to it and are released together at its end; {@link
 * PythonObject#keep} makes one outlive it. It is no lock: Python lets other threads run at its
 * switch interval and in blocking calls, and so does each verb here when others have waited that
 * long. Between two verbs, though, they wait, so put what takes long into {@link #detached}: a
 * transaction held for more than a second while others wait is logged once, with the stack of its
 * thread (by the {@link System.Logger} {@code io.gilgamesh.transaction}; the system property {@code
 * gilgamesh.transaction.warn.millis} sets another time, 0 none).
 *
 * <p>It belongs to the thread that began it, and is to be used and closed there; transactions of
 * one thread nest, and the innermost is closed first. With the system property {@code
 * gilgamesh.transaction.trace=true} such reports show where it was begun.
 */
public final class PythonTransaction implements PythonScope, AutoCloseable {

  private final PythonContext context;
  private final OpenTransaction open;

  PythonTransaction(PythonContext context, OpenTransaction open) {
    this.context = context;
    this.open = open;
  }

  /**
   * Gives the context that it is attached to.
   *
   * @return the context it was begun on
   */
  public PythonContext context() {
    return context;
  }

  /**
   * Lets other threads run Python while this one does something else, such as reading from a
   * socket, and attaches again before it returns. Only the innermost transaction of a thread can do
   * so.
   *
   * @param <T> the result's type
   * @param body what to do meanwhile
   * @return what the body returns
   * @throws IllegalStateException if this is another thread's, closed, detached already or not the
   *     innermost one
   */
  public <T extends @Nullable Object> T detached(Supplier<? extends T> body) {
    return open.detached(Parameters.required(body, "body"));
  }

  /**
   * Sets a deadline for the Python that runs in this transaction on its thread, whatever context it
   * is of: as {@link PythonContext#within}, from here on until the transaction is closed. It takes
   * the place of one that was set before.
   *
   * <pre>{@code
   * try (PythonTransaction tx = context.begin().deadline(Duration.ofSeconds(2))) {
   *   // stopped when two seconds have passed
   * }
   * }</pre>
   *
   * @param limit the time from now
   * @return this transaction
   * @throws IllegalArgumentException if the limit is negative
   * @throws IllegalStateException if this is another thread's or closed; a transaction that is made
   *     in the same expression stays open where this throws
   */
  public PythonTransaction deadline(Duration limit) {
    open.check().setDeadline(Deadline.begin(limit));
    return this;
  }

  /**
   * Releases the handles that were made meanwhile and detaches the thread. Closed already, it does
   * nothing.
   *
   * @throws IllegalStateException if another thread closes it: it is refused from then on and ends
   *     at its own thread's next transaction, or with that thread; or if a transaction begun later
   *     on this thread is open: both are closed
   */
  @Override
  public void close() {
    open.close();
  }

  /** The state of the context, for this thread while the transaction is open. */
  ContextState state() {
    open.check();
    return context.openState();
  }

  /** Says on what it was begun, by whom and when; never waits. */
  @Override
  public String toString() {
    return "PythonTransaction[" + open + "]";
  }
}
