package io.gilgamesh;

/**
 * A value cannot cross exactly, or not in the class that was asked for: a time with nanoseconds, a
 * list that contains itself, a text that is no number. Java objects that are no values are not
 * refused: they cross as themselves, see {@link JavaObject}.
 */
public class PythonConversionException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Where in the value. */
  private final String path;

  PythonConversionException(String path, String message) {
    super(path.isEmpty() ? message : path + ": " + message);
    this.path = path;
  }

  /**
   * Tells where in the value the part stands that cannot cross, such as {@code [0][3]['k']}. For
   * the arguments of a call the first step is the argument's number from 0, or its keyword.
   *
   * @return the path, empty for the value itself
   */
  public String path() {
    return path;
  }
}
