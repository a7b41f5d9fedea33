package io.gilgamesh;

import org.jspecify.annotations.Nullable;

/**
 * The value of a Python slice, which {@link PythonObject#item} and its like take as a key: {@code
 * xs[1:-1]} is {@code xs.item(PythonSlice.of(1, -1))}. In a {@link PythonTuple} it selects rows or
 * columns of a NumPy array or a pandas frame.
 *
 * <table>
 * <caption>Slices in both languages</caption>
 * <tr><th>Python</th><th>Java</th></tr>
 * <tr><td>{@code [1:-1]}</td><td>{@code PythonSlice.of(1, -1)}</td></tr>
 * <tr><td>{@code [0:9:2]}</td><td>{@code PythonSlice.of(0, 9, 2)}</td></tr>
 * <tr><td>{@code [2:]}</td><td>{@code PythonSlice.from(2)}</td></tr>
 * <tr><td>{@code [:-2]}</td><td>{@code PythonSlice.until(-2)}</td></tr>
 * <tr><td>{@code [:]}</td><td>{@code PythonSlice.all()}</td></tr>
 * <tr><td>{@code [::-1]}</td><td>{@code PythonSlice.all().by(-1)}</td></tr>
 * </table>
 *
 * <p>Negative bounds count from the end, and bounds beyond the ends are cut to them, as in Python.
 *
 * @param start the first element, null for where the direction begins
 * @param stop the element before which to stop, null for where the direction ends
 * @param step how far to go from one element to the next, null for 1; Python refuses to use 0
 */
public record PythonSlice(@Nullable Long start, @Nullable Long stop, @Nullable Long step) {

  private static final PythonSlice ALL = new PythonSlice(null, null, null);

  /**
   * Makes {@code [start:stop]}.
   *
   * @param start the first element
   * @param stop the element before which to stop
   * @return the slice
   */
  public static PythonSlice of(long start, long stop) {
    return new PythonSlice(start, stop, null);
  }

  /**
   * Makes {@code [start:stop:step]}.
   *
   * @param start the first element
   * @param stop the element before which to stop
   * @param step how far to go from one element to the next; a negative one goes backwards
   * @return the slice
   */
  public static PythonSlice of(long start, long stop, long step) {
    return new PythonSlice(start, stop, step);
  }

  /**
   * Makes {@code [start:]}.
   *
   * @param start the first element
   * @return the slice
   */
  public static PythonSlice from(long start) {
    return new PythonSlice(start, null, null);
  }

  /**
   * Makes {@code [:stop]}.
   *
   * @param stop the element before which to stop
   * @return the slice
   */
  public static PythonSlice until(long stop) {
    return new PythonSlice(null, stop, null);
  }

  /**
   * Makes {@code [:]}.
   *
   * @return the slice of all elements
   */
  public static PythonSlice all() {
    return ALL;
  }

  /**
   * Makes the slice with the same ends and another step.
   *
   * @param step how far to go from one element to the next; a negative one goes backwards
   * @return the slice
   */
  public PythonSlice by(long step) {
    return new PythonSlice(start, stop, step);
  }

  /**
   * Gives the slice as Python writes it.
   *
   * @return such as {@code slice(1, -1, None)}
   */
  @Override
  public String toString() {
    return "slice(" + text(start) + ", " + text(stop) + ", " + text(step) + ")";
  }

  private static String text(@Nullable Long bound) {
    return bound == null ? "None" : bound.toString();
  }
}
