package io.gilgamesh;

import io.gilgamesh.internal.ExceptionRecord;

/**
 * The time was up that was set for some Python code: the code was stopped, or did not begin. In
 * Python it is {@code gilgamesh.DeadlineExceeded}. The frames tell where the code was; there are
 * none where it had not begun.
 */
public class PythonDeadlineException extends PythonInterruptedException {

  private static final long serialVersionUID = 1;

  PythonDeadlineException(ExceptionRecord record, boolean thrownHere) {
    super(record, thrownHere);
  }

  /** Copies what an exception tells, without its object and its cause. */
  PythonDeadlineException(PythonDeadlineException told) {
    super(told);
  }
}
