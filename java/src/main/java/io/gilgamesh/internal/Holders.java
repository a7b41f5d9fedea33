package io.gilgamesh.internal;

import io.gilgamesh.PythonTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who holds on to Python, in words: for timeouts and for the report at the end. */
public final class Holders {

  private static final int SHOWN_FRAMES = 8;

  private Holders() {}

  /**
   * Makes the exception for a wait that was too long.
   *
   * @param threadId Java's id of the thread that holds on, 0 where it is not known
   * @param heldNanos how long it has held on
   * @return the exception, with that thread's name and stack
   */
  public static PythonTimeoutException timeout(long threadId, long heldNanos) {
    Duration held = Duration.ofNanos(heldNanos);
    OpenTransaction holder = threadId == 0 ? null : find(threadId);
    if (holder == null) {
      return StackTraces.trimmed(
          new PythonTimeoutException(
              "Python was not free in time; it is not known which thread holds it", null, held));
    }
    Thread thread = holder.owner();
    StackTraceElement[] stack = thread.getStackTrace();
    String message =
        "Python was not free in time: "
            + holder
            + " has held it for "
            + Threads.seconds(held)
            + ". Its thread is at"
            + Threads.stack(stack, SHOWN_FRAMES);
    return StackTraces.trimmed(new PythonTimeoutException(message, thread.getName(), held, stack));
  }

  @SuppressWarnings("deprecation") // Thread.threadId() is of a newer JDK
  private static @Nullable OpenTransaction find(long threadId) {
    for (ThreadRecord record : ThreadRecord.listed()) {
      OpenTransaction open = record.open();
      if (open != null && open.owner().getId() == threadId) {
        return open;
      }
    }
    return null;
  }

  /** Describes all transactions that are open now, one line each. */
  static List<String> open() {
    return describe(open -> true);
  }

  /**
   * Describes the transactions that are open on some contexts, one line each.
   *
   * @param contexts the contexts
   * @return the lines, none where no transaction is open on them
   */
  public static List<String> openOn(Collection<ContextState> contexts) {
    return describe(open -> contexts.contains(open.context()));
  }

  private static List<String> describe(Predicate<OpenTransaction> which) {
    List<String> lines = new ArrayList<>();
    for (ThreadRecord record : ThreadRecord.listed()) {
      for (OpenTransaction open = record.open(); open != null; open = open.outer()) {
        if (!open.isEnded() && which.test(open)) {
          lines.add(open + " is still open");
        }
      }
    }
    return lines;
  }
}
