package io.gilgamesh;

import io.gilgamesh.internal.StackTraces;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A context of a {@link PythonContextPool} that belongs to whoever holds the lease, until it is
 * closed. Usable by any thread.
 */
public final class PythonLease implements AutoCloseable {

  private final PythonContextPool pool;
  private final PooledContext leased;
  private final AtomicBoolean returned = new AtomicBoolean();
  private volatile boolean broken;

  PythonLease(PythonContextPool pool, PooledContext leased) {
    this.pool = pool;
    this.leased = leased;
  }

  /**
   * Gives the context. Not to be used after the lease is closed: it is somebody else's then.
   *
   * @return the context
   * @throws IllegalStateException if the lease is closed
   */
  public PythonContext context() {
    if (returned.get()) {
      throw StackTraces.trimmed(
          new IllegalStateException(
              "the lease of context '"
                  + leased.context().name()
                  + "' is closed; take another one"));
    }
    return leased.context();
  }

  /** Notes that the context is broken: it is closed with the lease, and another takes its place. */
  public void markBroken() {
    broken = true;
  }

  /**
   * Returns the context to the pool, which resets and checks it in the background. Closing again
   * does nothing.
   */
  @Override
  public void close() {
    if (returned.compareAndSet(false, true)) {
      pool.giveBack(leased, broken);
    }
  }
}
