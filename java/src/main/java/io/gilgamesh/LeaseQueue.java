package io.gilgamesh;

import io.gilgamesh.internal.Deadline;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.Threads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of a pool that wait to be leased, and the threads that wait for one. A place of the
 * pool is ready, leased, vacant, or on its way to one of these; under the lock is nothing that
 * calls Python.
 */
final class LeaseQueue {

  private final int size;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();

  private final Deque<PooledContext> ready = new ArrayDeque<>();
  private int vacant;
  private int leased;
  private int waiting;
  private long leases;
  private long timeouts;
  private long replaced;
  private boolean closed;

  LeaseQueue(int size) {
    this.size = size;
  }

  // ---- places

  /** Takes a context that is ready; whether it is still wanted. */
  boolean arrive(PooledContext context) {
    lock.lock();
    try {
      if (!closed) {
        ready.add(context);
        changed.signal();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a place is empty: the next lease fills it. */
  void vacate() {
    lock.lock();
    try {
      vacant++;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a leased context came back, or could not be opened for the lease. */
  void endLease() {
    lock.lock();
    try {
      leased--;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a context that was broken; whether another is wanted in its place. */
  boolean countReplaced() {
    lock.lock();
    try {
      if (!closed) {
        replaced++;
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  // ---- leases

  /** Gives a context that is ready; null where the caller is to open one. Both count as leased. */
  @Nullable PooledContext lease(Duration limit) {
    long left = Deadline.nanos(limit);
    lock.lock();
    try {
      while (ready.isEmpty() && vacant == 0 && !closed) {
        if (left <= 0) {
          timeouts++;
          throw noneFree(limit);
        }
        left = awaitChange(left);
      }
      checkOpen();
      PooledContext found = ready.poll();
      if (found == null) {
        vacant--;
      }
      leased++;
      leases++;
      return found;
    } finally {
      lock.unlock();
    }
  }

  private long awaitChange(long nanos) {
    waiting++;
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the thread was interrupted while it waited for a lease", e);
    } finally {
      waiting--;
    }
  }

  private PythonTimeoutException noneFree(Duration limit) {
    String message =
        "none of the "
            + size
            + " contexts of the pool was free in "
            + Threads.seconds(limit)
            + ": "
            + leased
            + " are leased, "
            + (size - leased)
            + " are being made ready, "
            + waiting
            + " other threads wait";
    return StackTraces.trimmed(new PythonTimeoutException(message, null, Duration.ZERO));
  }

  private void checkOpen() {
    if (closed) {
      throw StackTraces.trimmed(new IllegalStateException("the pool is closed"));
    }
  }

  // ---- facts and the end

  PythonPoolStats stats() {
    lock.lock();
    try {
      return new PythonPoolStats(size, ready.size(), leased, waiting, leases, timeouts, replaced);
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting; the contexts that were ready. */
  List<PooledContext> close() {
    lock.lock();
    try {
      closed = true;
      List<PooledContext> idle = new ArrayList<>(ready);
      ready.clear();
      changed.signalAll();
      return idle;
    } finally {
      lock.unlock();
    }
  }
}
