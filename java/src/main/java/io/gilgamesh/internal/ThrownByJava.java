package io.gilgamesh.internal;

import io.gilgamesh.PythonException;
import java.util.Arrays;

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
    boolean told =
        Arrays.stream(thrown.getSuppressed()).anyMatch(PythonException.class::isInstance);
    if (!told && !raised.frames().isEmpty()) {
      thrown.addSuppressed(ApiBridge.get().told(raised));
    }
    return thrown;
  }
}
