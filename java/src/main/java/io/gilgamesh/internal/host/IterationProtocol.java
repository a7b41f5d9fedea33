package io.gilgamesh.internal.host;

import io.gilgamesh.PythonTuple;
import java.util.Collection;
import java.util.Deque;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NavigableSet;
import java.util.function.IntFunction;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Iteration: what has a cursor is iterated in batches, an iterator step by step. */
final class IterationProtocol {

  private IterationProtocol() {}

  @Protocol("open_cursor")
  static Cursor open(Iterable<?> iterable) {
    return iterable instanceof Collection<?> collection
        ? Cursor.of(collection)
        : Cursor.stepping(iterable.iterator());
  }

  @Protocol("open_cursor")
  static Cursor open(BaseStream<?, ?> stream) {
    return Cursor.stepping(stream.iterator());
  }

  @Protocol("next_batch")
  static PythonTuple batch(Object cursor, int most) {
    return ((Cursor) cursor).next(most);
  }

  @Protocol("open_reversed_cursor")
  static Cursor reversed(List<?> list) {
    ListIterator<?> backwards = list.listIterator(list.size());
    return new Cursor(backwards(backwards), list.size());
  }

  @Protocol("open_reversed_cursor")
  static Cursor reversed(Deque<?> deque) {
    return new Cursor(deque.descendingIterator(), deque.size());
  }

  @Protocol("open_reversed_cursor")
  static Cursor reversed(NavigableSet<?> set) {
    return new Cursor(set.descendingIterator(), set.size());
  }

  @Protocol("__next__")
  static @Nullable Object next(Iterator<?> iterator) {
    if (!iterator.hasNext()) {
      throw end();
    }
    return iterator.next();
  }

  @Protocol("__next__")
  static @Nullable Object next(Enumeration<?> enumeration) {
    if (!enumeration.hasMoreElements()) {
      throw end();
    }
    return enumeration.nextElement();
  }

  private static HostCallException end() {
    return new HostCallException(HostCallException.Kind.STOP_ITERATION, "no more elements");
  }

  private static <T> Iterator<T> backwards(ListIterator<T> elements) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return elements.hasPrevious();
      }

      @Override
      public T next() {
        return elements.previous();
      }
    };
  }

  /** Elements that no loop can add to or remove from, such as an array's. */
  static Cursor counted(int length, IntFunction<@Nullable Object> element) {
    return new Cursor(IntStream.range(0, length).mapToObj(element).iterator(), 0);
  }
}
