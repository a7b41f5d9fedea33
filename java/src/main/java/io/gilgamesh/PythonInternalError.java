package io.gilgamesh;

/**
 * A defect in Gilgamesh's native core. The message is worth a bug report; what the call was to do
 * is undone or lost.
 */
public class PythonInternalError extends Error {

  private static final long serialVersionUID = 1;

  PythonInternalError(String message) {
    super(message);
  }
}
