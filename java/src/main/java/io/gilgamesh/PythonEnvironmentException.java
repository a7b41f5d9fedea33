package io.gilgamesh;

import org.jspecify.annotations.Nullable;

/** An environment could not be made. The message holds what the installer itself said. */
public class PythonEnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what went wrong and what to do
   */
  public PythonEnvironmentException(String message) {
    super(message);
  }

  /**
   * Makes an exception.
   *
   * @param message what went wrong and what to do
   * @param cause what it came from, or null
   */
  public PythonEnvironmentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
