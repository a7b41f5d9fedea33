package io.gilgamesh.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The daemon thread that looks after open transactions: it warns once of one that is held long
 * while others wait, and reports one that was left open by a thread that ended.
 *
 * <p>It starts with the first transaction and looks twice per limit while any is open. With none
 * open it sleeps until a begin wakes it: a begin reads one flag. The flag falls before the last
 * look, so a begin that missed the fall is seen by that look.
 */
final class Watch {

  private static final String LOG = "io.gilgamesh.transaction";

  /** From when on a held transaction is worth a warning; 0 or less: never. */
  private static final long LIMIT_NANOS =
      1_000_000L * Long.getLong("gilgamesh.transaction.warn.millis", 1_000);

  private static final long PERIOD_NANOS =
      Math.max(10_000_000, Math.min(500_000_000, LIMIT_NANOS / 2));

  private static volatile boolean awake;
  private static @Nullable Thread thread;

  private Watch() {}

  /** Says that a transaction was begun. */
  static void notice() {
    if (!awake) {
      wake();
    }
  }

  private static synchronized void wake() {
    awake = true;
    Thread known = thread;
    if (known == null) {
      known = new Thread(null, Watch::work, "gilgamesh-watch", 0, false);
      known.setDaemon(true);
      thread = known;
      known.start();
    }
    LockSupport.unpark(known);
  }

  private static void work() {
    while (true) {
      pause();
      boolean open = lookSafely();
      if (open) {
        awake = true;
      } else if (awake) {
        awake = false;
      } else {
        sleepUntilAwake();
      }
    }
  }

  /** Waits for one period, however often a begin unparks meanwhile. */
  private static void pause() {
    long end = System.nanoTime() + PERIOD_NANOS;
    for (long left = PERIOD_NANOS; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(Watch.class, left);
    }
  }

  private static void sleepUntilAwake() {
    while (!awake) {
      LockSupport.park(Watch.class);
    }
  }

  private static boolean lookSafely() {
    try {
      return look();
    } catch (RuntimeException e) {
      // The runtime is stopping, or a logger failed: nothing here is worth the thread.
      return false;
    }
  }

  /** Looks at every record; whether any transaction is open. */
  private static boolean look() {
    boolean open = false;
    List<OpenTransaction> longHeld = new ArrayList<>();
    for (ThreadRecord record : ThreadRecord.listed()) {
      OpenTransaction innermost = record.open();
      if (record.livingThread() == null) {
        open |= !bury(record, innermost);
      } else if (innermost != null) {
        open = true;
        addIfLong(longHeld, innermost);
      }
    }
    if (!longHeld.isEmpty()) {
      warn(longHeld);
    }
    return open;
  }

  /**
   * Ends what an ended thread left open, innermost first; whether the core was done with all of it.
   */
  private static boolean bury(ThreadRecord record, @Nullable OpenTransaction innermost) {
    for (OpenTransaction left = innermost; left != null; left = left.outer()) {
      if (!left.abandon()) {
        return false;
      }
      record.setOpen(left.outer());
    }
    record.unlist();
    return true;
  }

  private static void addIfLong(List<OpenTransaction> longHeld, OpenTransaction innermost) {
    OpenTransaction outermost = innermost;
    for (OpenTransaction next = outermost.outer(); next != null; next = next.outer()) {
      outermost = next;
    }
    boolean isLong = outermost.seenNanos() > LIMIT_NANOS - PERIOD_NANOS && LIMIT_NANOS > 0;
    if (isLong && !outermost.reported && !innermost.isDetached()) {
      longHeld.add(outermost);
    }
  }

  private static void warn(List<OpenTransaction> longHeld) {
    long[] stats = Stats.read();
    long waiting = stats[StatsLayout.WAITING_THREADS];
    long nanos = stats[StatsLayout.LONGEST_WAIT_NANOS];
    if (waiting == 0 || nanos < LIMIT_NANOS / 2) {
      return;
    }
    String wait =
        waiting
            + (waiting == 1 ? " thread waits" : " threads wait")
            + " for Python, the longest for "
            + Threads.seconds(Duration.ofNanos(nanos));
    for (OpenTransaction held : longHeld) {
      held.reported = true;
      Log.warn(
          LOG,
          held
              + " is still open while "
              + wait
              + ". Use tx.detached(...) around Java that takes long. Its thread is at"
              + Threads.stack(held.owner()),
          held.site());
    }
  }
}
