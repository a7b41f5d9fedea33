package io.gilgamesh;

import io.gilgamesh.internal.Batches;
import io.gilgamesh.internal.ElementType;
import io.gilgamesh.internal.LiveView;
import io.gilgamesh.internal.ResolvedType;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;

/**
 * Whatever Python can iterate, element by element.
 *
 * @param <T> the elements
 */
final class IterableView<T> implements Iterable<T>, LiveView {

  private final Viewed viewed;
  private final ElementType<T> type;

  IterableView(PythonObject object, Class<T> elements) {
    this(object, ElementType.of(object.context, elements));
  }

  private IterableView(PythonObject object, ElementType<T> type) {
    this.type = type;
    this.viewed = Viewed.iterable(object);
  }

  /**
   * Iterates over an object in the form of an Iterator or a Stream with a parameter. The object is
   * closed with the stream, or found dead with the iterator.
   */
  static Object passOf(PythonObject object, ResolvedType type) {
    IterableView<?> view =
        new IterableView<>(object, ElementType.of(object.context, type.argument(0)));
    return type.raw() == Iterator.class
        ? view.iterator()
        : StreamSupport.stream(view.spliterator(), false).onClose(object::close);
  }

  @Override
  public PythonObject object() {
    return viewed.object;
  }

  @Override
  public Iterator<T> iterator() {
    return new Elements();
  }

  /** In the order in which Python iterates; how many there are is not known before. */
  @Override
  public Spliterator<T> spliterator() {
    return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED);
  }

  private final class Elements extends ViewIterator<T> {

    private long index = -1;

    Elements() {
      super(viewed, Batches.of(type), 0);
    }

    @Override
    int changes() {
      return 0;
    }

    @Override
    T current() {
      index++;
      return type.of(cursor.first(), () -> ElementType.step(index));
    }

    @Override
    void removeCurrent() {
      throw new UnsupportedOperationException(
          "nothing can be removed from an iterable; use asList(), asSet() or asMap()");
    }
  }
}
