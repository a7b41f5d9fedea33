package io.gilgamesh;

import io.gilgamesh.internal.Batches;
import io.gilgamesh.internal.ElementType;
import io.gilgamesh.internal.LiveView;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;

/**
 * Whatever Python can iterate, element by element.
 *
 * @param <T> the elements
 */
final class IterableView<T> implements Iterable<T>, LiveView {

  private final Viewed viewed;
  private final ElementType<T> type;

  IterableView(PythonObject object, Class<T> elements) {
    this.type = ElementType.of(object.context, elements);
    this.viewed = Viewed.iterable(object);
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
