package io.gilgamesh.internal;

import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** An array of any type as a list that cannot be modified. */
public final class BoxedColumn extends AbstractList<@Nullable Object> implements RandomAccess {

  private final Object column;

  /**
   * Makes a view.
   *
   * @param column an array
   */
  public BoxedColumn(Object column) {
    this.column = column;
  }

  @Override
  public @Nullable Object get(int index) {
    return Array.get(column, index);
  }

  @Override
  public int size() {
    return Array.getLength(column);
  }
}
