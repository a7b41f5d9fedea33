package io.gilgamesh;

import org.jspecify.annotations.Nullable;

/**
 * No Python could be found, prepared, loaded or started. The message says what was tried and what
 * to do.
 */
public class PythonStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what went wrong and what to do
   */
  public PythonStartException(String message) {
    super(message);
  }

  /**
   * Makes an exception.
   *
   * @param message what went wrong and what to do
   * @param cause what it came from, or null
   */
  public PythonStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
