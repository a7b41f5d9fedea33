package io.gilgamesh.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A deadline for the Python that one thread runs, from its begin until it is closed by that thread.
 *
 * <p>One daemon thread watches the clock for all of them. It only posts what is to be stopped, so
 * no deadline waits for another.
 */
public final class Deadline {

  /** Longer ones never come: they would not fit what is counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(100L * 365);

  private final StopScope scope;
  private final @Nullable Future<?> alarm;

  private Deadline(Duration limit) {
    scope = StopScope.open();
    if (limit.isZero()) {
      scope.fire(StopScope.DEADLINE, reason(limit));
    }
    alarm =
        limit.isZero() || limit.compareTo(LONGEST) > 0
            ? null
            : Timer.SHARED.schedule(
                () -> scope.fire(StopScope.DEADLINE, reason(limit)),
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  /** Made at the first deadline. */
  private static final class Timer {
    static final ScheduledThreadPoolExecutor SHARED = start();

    private static ScheduledThreadPoolExecutor start() {
      ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Timer::thread);
      timer.setRemoveOnCancelPolicy(true);
      return timer;
    }

    private static Thread thread(Runnable work) {
      Thread thread = new Thread(null, work, "gilgamesh-deadlines", 0, false);
      thread.setDaemon(true);
      return thread;
    }
  }

  /**
   * Does something later, on the thread that watches the clock. It must not wait for anything.
   *
   * @param work what to do
   * @param delay when, from now
   */
  static void later(Runnable work, Duration delay) {
    Timer.SHARED.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Sets one for this thread, from here on.
   *
   * @param limit the time from now; zero: nothing runs any more
   * @return the deadline, to be closed by this thread
   * @throws IllegalArgumentException if the limit is negative
   */
  public static Deadline begin(Duration limit) {
    return new Deadline(checked(limit));
  }

  /**
   * Refuses a limit that is none.
   *
   * @param limit what was passed
   * @return the limit
   * @throws IllegalArgumentException if it is negative
   */
  public static Duration checked(@Nullable Duration limit) {
    Duration given = Parameters.required(limit, "limit");
    if (given.isNegative()) {
      throw StackTraces.trimmed(
          new IllegalArgumentException("the limit is negative: " + Threads.plain(given)));
    }
    return given;
  }

  /**
   * Counts a limit in nanoseconds.
   *
   * @param limit the limit
   * @return the nanoseconds; of one that does not fit, as many as there can be
   */
  public static long nanos(Duration limit) {
    boolean fits = limit.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0;
    return fits ? limit.toNanos() : Long.MAX_VALUE;
  }

  /**
   * Runs a body under one. A virtual thread stays on its carrier meanwhile.
   *
   * @param <T> the result's type
   * @param limit the time from now
   * @param body what to run, on this thread
   * @return what the body returns
   */
  public static <T extends @Nullable Object> T within(Duration limit, Supplier<? extends T> body) {
    checked(limit);
    return VirtualThreads.pinned(
        () -> {
          Deadline deadline = begin(limit);
          try {
            return body.get();
          } finally {
            deadline.close();
          }
        });
  }

  /** The text of the exception. */
  static String reason(Duration limit) {
    return "the deadline of " + Threads.plain(limit) + " has passed";
  }

  /** Ends it, on its own thread: nothing of it hits what follows. */
  public void close() {
    if (alarm != null) {
      alarm.cancel(false);
    }
    scope.close();
  }
}
