package io.gilgamesh;

import io.gilgamesh.internal.ExceptionRecord;

/**
 * Python code was stopped from outside: by {@link PythonContext#interrupt}, by {@link
 * java.util.concurrent.Future#cancel} of its task, or because its context was closed. In Python it
 * is {@code gilgamesh.Interrupted}, which {@code finally} blocks see and {@code except Exception}
 * does not catch. The frames tell where the code was.
 */
public class PythonInterruptedException extends PythonException {

  private static final long serialVersionUID = 1;

  PythonInterruptedException(ExceptionRecord record, boolean thrownHere) {
    super(record, thrownHere);
  }

  /** Copies what an exception tells, without its object and its cause. */
  PythonInterruptedException(PythonInterruptedException told) {
    super(told);
  }
}
