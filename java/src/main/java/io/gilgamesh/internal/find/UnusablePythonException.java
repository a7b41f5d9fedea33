package io.gilgamesh.internal.find;

import org.jspecify.annotations.Nullable;

/** A candidate cannot be used. The message says what was found and what to do. */
final class UnusablePythonException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusablePythonException(String message) {
    super(message);
  }

  UnusablePythonException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
