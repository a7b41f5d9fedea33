package io.gilgamesh;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import org.jspecify.annotations.Nullable;

/** The entries of a map view. */
final class MapEntries<K, V> extends AbstractSet<Map.Entry<K, V>> {

  private final MapView<K, V> map;

  MapEntries(MapView<K, V> map) {
    this.map = map;
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public boolean contains(@Nullable Object entry) {
    return entry instanceof Map.Entry<?, ?> asked && isThere(asked);
  }

  private boolean isThere(Map.Entry<?, ?> asked) {
    V value = map.get(asked.getKey());
    return Objects.equals(value, asked.getValue())
        && (value != null || map.containsKey(asked.getKey()));
  }

  @Override
  public boolean remove(@Nullable Object entry) {
    return entry instanceof Map.Entry<?, ?> asked
        && isThere(asked)
        && map.removeKey(asked.getKey());
  }

  @Override
  public void clear() {
    map.clear();
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return map.entries();
  }

  @Override
  public Spliterator<Map.Entry<K, V>> spliterator() {
    return Spliterators.spliterator(this, Spliterator.DISTINCT | Spliterator.ORDERED);
  }
}
