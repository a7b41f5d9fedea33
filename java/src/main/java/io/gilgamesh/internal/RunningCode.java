package io.gilgamesh.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The Python code that other threads run in some contexts: who does, how to stop it, and how to
 * wait for its end.
 */
public final class RunningCode {

  /** How long code that was stopped may take to leave Python, before it counts as stuck. */
  static final Duration GRACE = Duration.ofMillis(250);

  private static final long FIRST_PAUSE_NANOS = 200_000;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000;

  private static final String LOG = "io.gilgamesh";
  private static final int PARTS = 5;

  private RunningCode() {}

  /**
   * One thread's stay in a context: from the outermost call that runs in it to that call's end.
   *
   * @param context the context
   * @param stay its name, the same until it ends
   * @param thread Java's id of the thread
   * @param stoppedNanos for how long it has gone on after it was stopped, -1 where it was not
   * @param seen whether its Python code has seen the exception
   * @param reason why it was stopped
   */
  record Stay(
      ContextState context,
      long stay,
      long thread,
      long stoppedNanos,
      boolean seen,
      String reason) {

    boolean isStuck() {
      return stoppedNanos > GRACE.toNanos();
    }
  }

  /** Lists what runs in a context on other threads than this one; never waits. */
  static List<Stay> in(ContextState context) {
    List<?> parts;
    try (Exchange exchange = Exchange.lease(null)) {
      long result = StopNatives.running(context.id(), exchange.address());
      parts = list(Calls.value(exchange, result, Origin.VALUE, null));
    }
    List<Stay> stays = new ArrayList<>(parts.size() / PARTS);
    for (int i = 0; i < parts.size(); i += PARTS) {
      stays.add(
          new Stay(
              context,
              number(parts.get(i)),
              number(parts.get(i + 1)),
              number(parts.get(i + 2)),
              number(parts.get(i + 3)) != 0,
              String.valueOf(parts.get(i + 4))));
    }
    return stays;
  }

  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  static long number(@Nullable Object value) {
    return value instanceof Long number ? number : 0;
  }

  /**
   * Interrupts what runs in a context at this moment; never waits.
   *
   * @param context the context
   * @param reason the text of the exception
   * @return in how many threads
   */
  public static int interrupt(ContextState context, String reason) {
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.text(reason);
      return (int) Calls.number(exchange, StopNatives.interrupt(context.id(), exchange.address()));
    }
  }

  /**
   * Says that the running thread interrupts.
   *
   * @return the text of the exception
   */
  public static String byThisThread() {
    return "interrupted by " + Threads.current();
  }

  // ---- the end of a context

  /**
   * Waits for what other threads run in some contexts now, and interrupts what runs there when time
   * is up. What was interrupted, and what goes on nevertheless, is logged. Where this thread is
   * interrupted meanwhile, the time is up.
   *
   * @param contexts the contexts
   * @param limit how long to wait before that
   * @param what what is done to the contexts, such as {@code closed}
   * @return whether all that ran came to its end
   */
  static boolean end(Collection<ContextState> contexts, Duration limit, String what) {
    List<Stay> stays = stays(contexts);
    if (stays.isEmpty() || await(stays, contexts, limit)) {
      return true;
    }
    Map<Stay, String> left = new LinkedHashMap<>();
    for (ContextState context : contexts) {
      in(context).forEach(stay -> left.put(stay, StuckCode.name(stay)));
      interrupt(context, "context '" + context.name() + "' is being " + what);
    }
    boolean ended = await(left.keySet(), contexts, GRACE);
    report(left, stays(contexts), what);
    return ended;
  }

  private static List<Stay> stays(Collection<ContextState> contexts) {
    List<Stay> stays = new ArrayList<>();
    for (ContextState context : contexts) {
      stays.addAll(in(context));
    }
    return stays;
  }

  /**
   * Waits for the end of these stays; whether they all came to it. Later ones are not waited for.
   */
  private static boolean await(
      Collection<Stay> stays, Collection<ContextState> contexts, Duration limit) {
    Set<Long> awaited = names(stays);
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      awaited.retainAll(names(stays(contexts)));
      long left = Deadline.nanos(limit) - (System.nanoTime() - begin);
      if (awaited.isEmpty() || left <= 0 || Thread.currentThread().isInterrupted()) {
        return awaited.isEmpty();
      }
      LockSupport.parkNanos(Math.min(pause, left));
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
  }

  private static Set<Long> names(Collection<Stay> stays) {
    Set<Long> names = new HashSet<>();
    stays.forEach(stay -> names.add(stay.stay));
    return names;
  }

  private static void report(Map<Stay, String> interrupted, List<Stay> now, String what) {
    interrupted.forEach(
        (stay, thread) -> {
          String end = "its Python code was interrupted";
          for (Stay latest : now) {
            end = latest.stay == stay.stay ? StuckCode.of(latest).text() : end;
          }
          String context = "context '" + stay.context.name() + "' was " + what;
          Log.warn(LOG, context + " while " + thread + " ran in it: " + end, null);
        });
  }
}
