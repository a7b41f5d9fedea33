package io.gilgamesh.internal;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A task whose Python code can be stopped while it runs, and that is stopped at its begin where
 * that was asked before. A cancel interrupts both of its codes: Java's by the thread's flag,
 * Python's by an exception.
 *
 * @param <T> the result's type
 */
public final class StoppableTask<T extends @Nullable Object> extends FutureTask<T> {

  private final StoppableTasks owner;

  /** What was given to {@code execute}, whose exceptions are the thread's; null for a future. */
  private final @Nullable Runnable plain;

  private @Nullable Throwable thrown;
  private @Nullable StopScope scope;
  private @Nullable Thread runner;
  private boolean ended;

  /** Why it is to be stopped, and how, where that was asked before it began. */
  private @Nullable String reason;

  private int kind;

  /** Whether its thread was given up. */
  private boolean givenUp;

  StoppableTask(StoppableTasks owner, Callable<T> body) {
    super(body);
    this.owner = owner;
    this.plain = null;
  }

  @SuppressWarnings("NullAway") // the result of a plain task is nobody's
  StoppableTask(StoppableTasks owner, Runnable plain) {
    super(plain, null);
    this.owner = owner;
    this.plain = plain;
  }

  /** Gives what was executed: the task itself, or the plain one that it is made of. */
  Runnable executed() {
    return plain == null ? this : plain;
  }

  @Override
  public void run() {
    begin();
    try {
      super.run();
    } finally {
      end();
    }
    if (plain != null && thrown != null) {
      throwUnchecked(thrown);
    }
  }

  @Override
  protected void setException(Throwable t) {
    thrown = t;
    super.setException(t);
  }

  private static void throwUnchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
  }

  private void begin() {
    StopScope opened = StopScope.open();
    synchronized (this) {
      scope = opened;
      runner = Thread.currentThread();
      if (reason != null) {
        opened.fire(kind, reason);
      }
    }
    owner.begun(this);
  }

  private void end() {
    StopScope open;
    synchronized (this) {
      open = scope;
      scope = null;
      runner = null;
      ended = true;
    }
    if (open != null) {
      open.close();
    }
    owner.ended(this);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled && mayInterruptIfRunning) {
      stop(StopScope.INTERRUPT, "cancelled by " + Threads.current());
    }
    return cancelled;
  }

  /**
   * Stops its Python code, now or at its begin.
   *
   * @param how a number of {@link StopScope}
   * @param why the text of the exception
   */
  void stop(int how, String why) {
    synchronized (this) {
      if (ended || reason != null) {
        return;
      }
      reason = why;
      kind = how;
      if (scope != null) {
        scope.fire(how, why); // posts it and waits for nobody
      }
    }
    owner.stopped(this);
  }

  /** Gives the thread that runs it, null where none does. */
  synchronized @Nullable Thread runner() {
    return runner;
  }

  /** Gives up its thread, where one runs it; whether this is the first time. */
  synchronized boolean giveUp() {
    boolean first = runner != null && !givenUp;
    givenUp |= first;
    return first;
  }

  /** Whether its thread was given up, asked when it has come out. */
  synchronized boolean wasGivenUp() {
    return givenUp;
  }
}
