package io.gilgamesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sorting handles by the Java forms of their objects. */
final class ListSort {

  private ListSort() {}

  /** Gives the handles in the order of their values; equal ones keep theirs. */
  @SuppressWarnings("unchecked") // without an order the values compare themselves
  static <T> List<Object> sorted(
      @Nullable Object[] handles,
      @Nullable Object[] values,
      @Nullable Comparator<? super T> order) {
    if (handles.length != values.length) {
      throw new ConcurrentModificationException("the list was changed while it was sorted");
    }
    Comparator<? super T> by =
        order == null ? (Comparator<? super T>) (Comparator<?>) Comparator.naturalOrder() : order;
    Integer[] places = new Integer[values.length];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, (one, other) -> by.compare((T) values[one], (T) values[other]));
    List<Object> sorted = new ArrayList<>(handles.length);
    for (int place : places) {
      sorted.add(Objects.requireNonNull(handles[place], "an element is a handle"));
    }
    return sorted;
  }

  static void close(@Nullable Object[] handles) {
    for (Object handle : handles) {
      if (handle instanceof PythonObject object) {
        object.close();
      }
    }
  }
}
