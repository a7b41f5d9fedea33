package io.gilgamesh.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** How messages name threads, stacks and spans of time. */
public final class Threads {

  /** Who closed a transaction, where that was its own thread. */
  static final String SAME = "its own thread";

  private static final int SHOWN_FRAMES = 32;

  private Threads() {}

  static String current() {
    return name(Thread.currentThread());
  }

  @SuppressWarnings("deprecation") // Thread.threadId() is of a newer JDK
  static String name(Thread thread) {
    String name = thread.getName();
    return name.isEmpty() ? "thread #" + thread.getId() : "thread '" + name + "'";
  }

  /** Shows where a thread is, one indented line a frame. */
  static String stack(Thread thread) {
    return stack(thread.getStackTrace(), SHOWN_FRAMES);
  }

  /** Shows the top of a stack, one indented line a frame. */
  static String stack(StackTraceElement[] frames, int most) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(frames.length, most); i++) {
      out.append("\n\tat ").append(frames[i]);
    }
    if (frames.length > most) {
      out.append("\n\t... ").append(frames.length - most).append(" more");
    }
    return out.toString();
  }

  /** Shows a span as it was set, such as {@code 2 s} or {@code 0.05 s}. */
  static String plain(Duration span) {
    BigDecimal seconds =
        BigDecimal.valueOf(span.getNano(), 9).add(BigDecimal.valueOf(span.getSeconds()));
    return seconds.stripTrailingZeros().toPlainString() + " s";
  }

  /**
   * Shows a span of time in seconds.
   *
   * @param span the span
   * @return a text such as {@code 0.250 s}
   */
  public static String seconds(Duration span) {
    return String.format(Locale.ROOT, "%.3f s", span.toNanos() / 1e9);
  }
}
