package io.gilgamesh;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The value of a Python tuple: an immutable list, which becomes a tuple where a list becomes a
 * list.
 */
public final class PythonTuple extends AbstractList<@Nullable Object> implements RandomAccess {

  private final @Nullable Object[] elements;

  private PythonTuple(@Nullable Object[] elements) {
    this.elements = elements;
  }

  /**
   * Makes a tuple of elements.
   *
   * @param elements the elements, copied
   * @return a tuple
   */
  public static PythonTuple of(@Nullable Object... elements) {
    return new PythonTuple(Arrays.copyOf(elements, elements.length, Object[].class));
  }

  /**
   * Makes a tuple of a collection's elements, in its order.
   *
   * @param elements the elements, copied
   * @return a tuple
   */
  public static PythonTuple copyOf(Collection<? extends @Nullable Object> elements) {
    return elements instanceof PythonTuple tuple ? tuple : of(elements.toArray());
  }

  /** Makes a tuple of an array that nobody else keeps. */
  static PythonTuple wrap(@Nullable Object[] elements) {
    return new PythonTuple(elements);
  }

  @Override
  public @Nullable Object get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  public @Nullable Object[] toArray() {
    return elements.clone();
  }

  /**
   * Gives the tuple as Python writes it: {@code (1, 2)}, {@code (1,)}.
   *
   * @return the elements' texts in parentheses
   */
  @Override
  public String toString() {
    String list = super.toString();
    String comma = elements.length == 1 ? "," : "";
    return "(" + list.substring(1, list.length() - 1) + comma + ")";
  }
}
