package io.gilgamesh.internal.host;

import io.gilgamesh.PythonTuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An iteration that crosses to Python in batches.
 *
 * <p>A batch ends before the last element that a collection had at first. So this element is taken
 * only when Python's loop comes to it, and an iterator that looks for changes when it is asked for
 * an element, as those of {@code HashMap} do, finds what the loop changed meanwhile. Whether there
 * is more is asked once more after the last element, where those of {@code ArrayList} look.
 *
 * <p>What is no collection is taken element by element: it may wait for each, or make it on demand.
 */
final class Cursor {

  private static final int ONE_BY_ONE = -1;

  private final Iterator<?> elements;
  private final int size;
  private long taken;

  /** Over a collection of {@code size} elements. */
  Cursor(Iterator<?> elements, int size) {
    this.elements = elements;
    this.size = size;
  }

  static Cursor of(Collection<?> collection) {
    return new Cursor(collection.iterator(), collection.size());
  }

  static Cursor stepping(Iterator<?> elements) {
    return new Cursor(elements, ONE_BY_ONE);
  }

  /** Takes the next elements, at most so many. */
  PythonTuple next(int most) {
    int limit = limit(most);
    List<@Nullable Object> batch = new ArrayList<>(limit);
    while (batch.size() < limit && elements.hasNext()) {
      batch.add(elements.next());
    }
    taken += batch.size();
    return PythonTuple.copyOf(batch);
  }

  private int limit(int most) {
    if (size == ONE_BY_ONE) {
      return 1;
    }
    long beforeLast = size - 1 - taken;
    return beforeLast > 0 ? (int) Math.min(most, beforeLast) : most;
  }

  static <A, B> Iterator<B> mapped(Iterator<? extends A> elements, Function<A, B> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public B next() {
        return function.apply(elements.next());
      }
    };
  }
}
