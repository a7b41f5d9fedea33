package io.gilgamesh;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import org.jspecify.annotations.Nullable;

/** The keys of a map view. Python iterates over a mapping's keys, so no value crosses. */
final class MapKeys<K> extends AbstractSet<K> {

  private final MapView<K, ?> map;

  MapKeys(MapView<K, ?> map) {
    this.map = map;
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public boolean contains(@Nullable Object key) {
    return map.containsKey(key);
  }

  @Override
  public boolean remove(@Nullable Object key) {
    return map.removeKey(key);
  }

  @Override
  public void clear() {
    map.clear();
  }

  @Override
  public Iterator<K> iterator() {
    return new MapView.Pass<>(map, map.keysAlone()) {
      @Override
      K current() {
        return map.key(cursor.first());
      }
    };
  }

  @Override
  public Spliterator<K> spliterator() {
    return Spliterators.spliterator(this, Spliterator.DISTINCT | Spliterator.ORDERED);
  }
}
