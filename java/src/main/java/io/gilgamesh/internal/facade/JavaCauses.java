package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonException;
import io.gilgamesh.internal.ThrownByJava;

/** Exceptions of Java that came through Python, and reach the Java caller as themselves. */
final class JavaCauses {

  private JavaCauses() {}

  /**
   * Chooses what a method throws. An exception that Python code raised {@code from} a Java one, or
   * while it handled one, is Python's: only what passed through Python untouched is Java's.
   */
  static Throwable thrown(PythonException raised, MethodPlan plan) {
    Throwable cause = raised.getCause();
    if (cause == null || cause instanceof PythonException || !plan.mayThrow(cause)) {
      return raised;
    }
    return ThrownByJava.withPythonsFrames(cause, raised);
  }
}
