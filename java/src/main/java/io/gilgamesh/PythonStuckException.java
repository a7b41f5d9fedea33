package io.gilgamesh;

import io.gilgamesh.internal.ExceptionRecord;

/**
 * The time was up, and the code did not stop: it is stuck in native code, such as a sleep, a read
 * from a socket or a long computation in C, or it has caught the interrupt and goes on. The thread
 * that runs it is left behind; {@link PythonContext#stuck} tells of it until it comes out.
 *
 * <p>The message shows where that thread is, in Python and in Java; {@link #frames} has Python's
 * part, empty where the code holds the GIL and so hides it.
 */
public class PythonStuckException extends PythonDeadlineException {

  private static final long serialVersionUID = 1;

  PythonStuckException(ExceptionRecord record) {
    super(record, true);
  }
}
