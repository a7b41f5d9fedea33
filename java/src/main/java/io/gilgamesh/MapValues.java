package io.gilgamesh;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;

/** The values of a map view, in the order of its keys. */
final class MapValues<V> extends AbstractCollection<V> {

  private final MapView<?, V> map;

  MapValues(MapView<?, V> map) {
    this.map = map;
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public void clear() {
    map.clear();
  }

  @Override
  public Iterator<V> iterator() {
    return new MapView.Pass<>(map, map.pairs()) {
      @Override
      V current() {
        return map.value(cursor.second(), cursor.first());
      }
    };
  }

  @Override
  public Spliterator<V> spliterator() {
    return Spliterators.spliterator(this, Spliterator.ORDERED);
  }
}
