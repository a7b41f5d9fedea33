package io.gilgamesh.internal.host;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.internal.StackTraces;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What Python's exceptions are made from. Exceptions of applications override what is asked here,
 * and may fail in it: whatever they do, there is an answer.
 */
final class ThrowableProtocol {

  /** Longer messages are cut; {@code getMessage()} gives the whole. */
  private static final int MOST_CHARACTERS = 100_000;

  private static final int MOST_FRAMES = 100;
  private static final int MOST_SUPPRESSED = 20;

  private ThrowableProtocol() {}

  /**
   * What is asked of every exception that arrives.
   *
   * @return the message, the identity hash, and whether there is a cause
   */
  @Protocol("throwable_facts")
  static PythonTuple facts(Throwable throwable) {
    return PythonTuple.of(
        shortened(messageOf(throwable)),
        System.identityHashCode(throwable),
        causeOf(throwable) != null);
  }

  /** The cause; Python's own exception where it is one that came from there. */
  @Protocol("throwable_cause")
  static @Nullable Object cause(Throwable throwable) {
    Throwable cause = causeOf(throwable);
    PythonObject raised = cause instanceof PythonException python ? liveValue(python) : null;
    return raised == null ? cause : raised;
  }

  @Protocol("throwable_same")
  static boolean isSame(Throwable throwable, @Nullable Object other) {
    return throwable == other;
  }

  /** The Java frames as a note, empty where there are none that the user would know. */
  @Protocol("throwable_frames")
  static String frames(Throwable throwable) {
    StringJoiner lines = new StringJoiner("\n");
    try {
      addFrames(StackTraces.insideJava(throwable.getStackTrace()), lines);
      addSuppressed(throwable.getSuppressed(), lines);
    } catch (Throwable e) {
      lines.add("  (its stack trace throws " + e.getClass().getName() + ")");
    }
    return lines.length() == 0 ? "" : "Java frames (most recent call first):\n" + lines;
  }

  private static void addFrames(StackTraceElement[] frames, StringJoiner to) {
    for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
      to.add("  at " + frames[i]);
    }
    if (frames.length > MOST_FRAMES) {
      to.add("  and " + (frames.length - MOST_FRAMES) + " more");
    }
  }

  /** Without what tells of Python's frames, which Python knows. */
  private static void addSuppressed(Throwable[] suppressed, StringJoiner to) {
    for (int i = 0; i < Math.min(suppressed.length, MOST_SUPPRESSED); i++) {
      if (!(suppressed[i] instanceof PythonException python) || liveValue(python) != null) {
        String message = shortened(messageOf(suppressed[i]));
        String name = suppressed[i].getClass().getName();
        to.add("  suppressed: " + (message == null ? name : name + ": " + message));
      }
    }
  }

  private static @Nullable String messageOf(Throwable throwable) {
    try {
      return throwable.getMessage();
    } catch (Throwable e) {
      return "(its getMessage() throws " + e.getClass().getName() + ")";
    }
  }

  private static @Nullable String shortened(@Nullable String message) {
    if (message == null || message.length() <= MOST_CHARACTERS) {
      return message;
    }
    int rest = message.length() - MOST_CHARACTERS;
    return message.substring(0, MOST_CHARACTERS) + "... (" + rest + " more characters)";
  }

  private static @Nullable Throwable causeOf(Throwable throwable) {
    try {
      return throwable.getCause();
    } catch (Throwable e) {
      return null;
    }
  }

  private static @Nullable PythonObject liveValue(PythonException raised) {
    try {
      PythonObject value = raised.value();
      return value.isClosed() ? null : value;
    } catch (IllegalStateException e) {
      return null;
    }
  }
}
