package io.gilgamesh;

/**
 * A row of many failed: the function raised (the cause is a {@link PythonException}), or the row or
 * its result cannot cross (a {@link PythonConversionException}).
 */
public class PythonRowException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The row's number. */
  private final long row;

  /**
   * Makes an exception.
   *
   * @param row the row's number, from 0
   * @param cause why it failed
   */
  public PythonRowException(long row, RuntimeException cause) {
    super("row " + row + ": " + cause.getMessage(), cause);
    this.row = row;
  }

  /**
   * Gives the number of the row that failed. The rows before it have their results.
   *
   * @return its number in the stream, from 0
   */
  public long row() {
    return row;
  }
}
