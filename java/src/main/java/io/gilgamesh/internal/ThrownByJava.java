package io.gilgamesh.internal;

import io.gilgamesh.PythonException;
import org.jspecify.annotations.Nullable;

/** Java exceptions that leave Python as themselves. */
public final class ThrownByJava {

  private ThrownByJava() {}

  /**
   * Adds Python's frames to a Java exception that takes the place of Python's: a suppressed
   * exception, the first time. It has no exception object, since Python may hold the Java exception
   * that would hold it.
   *
   * @param thrown the Java exception
   * @param raised what it was in Python
   * @return the Java exception
   */
  public static Throwable withPythonsFrames(Throwable thrown, PythonException raised) {
    if (told(thrown) == null && !raised.frames().isEmpty()) {
      thrown.addSuppressed(ApiBridge.get().told(raised));
    }
    return thrown;
  }

  /** Gives what was added of Python's frames. */
  static @Nullable PythonException told(Throwable thrown) {
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (suppressed instanceof PythonException told && ApiBridge.get().liveValue(told) == null) {
        return told;
      }
    }
    return null;
  }
}
