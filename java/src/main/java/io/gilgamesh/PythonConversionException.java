package io.gilgamesh;

/** A value has no form on the other side, or none in the class that was asked for. */
public class PythonConversionException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Where in the value. */
  private final String path;

  PythonConversionException(String path, String message) {
    super(path.isEmpty() ? message : path + ": " + message);
    this.path = path;
  }

  /**
   * Tells where in the value the part without a form stands, such as {@code [0][3]['k']}. For the
   * arguments of a call the first step is the argument's number from 0, or its keyword.
   *
   * @return the path, empty for the value itself
   */
  public String path() {
    return path;
  }
}
