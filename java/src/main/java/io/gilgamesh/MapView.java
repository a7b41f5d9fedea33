package io.gilgamesh;

import io.gilgamesh.internal.Access;
import io.gilgamesh.internal.Batches;
import io.gilgamesh.internal.ElementType;
import io.gilgamesh.internal.LiveView;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.ViewForm;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Python mapping as a map, in Python's order.
 *
 * @param <K> the keys
 * @param <V> the values
 */
final class MapView<K, V> extends AbstractMap<K, V> implements LiveView {

  final Viewed viewed;
  final ElementType<K> keys;
  final ElementType<V> values;

  MapView(PythonObject object, Class<K> keys, Class<V> values) {
    this.keys = ElementType.of(object.context, keys);
    this.values = ElementType.of(object.context, values);
    this.viewed = Viewed.mapping(object);
  }

  @Override
  public PythonObject object() {
    return viewed.object;
  }

  @Override
  public int size() {
    return viewed.size();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return viewed.contains(key);
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    return viewed.value(Access.FIND, key, values);
  }

  @Override
  public @Nullable V put(K key, V value) {
    viewed.mustSet();
    return viewed.put(key, value, values);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    viewed.mustSet();
    if (viewed.can(ViewForm.EXTENDS)) {
      viewed.call("update", Parameters.required(entries, "entries"));
      viewed.changes++;
    } else {
      super.putAll(entries);
    }
  }

  @Override
  public @Nullable V remove(@Nullable Object key) {
    viewed.mustDelete();
    return viewed.value(Access.REMOVE, key, values);
  }

  @Override
  public void clear() {
    viewed.mustDelete();
    if (viewed.can(ViewForm.CLEARS)) {
      viewed.call("clear");
      viewed.changes++;
    } else {
      keySet().removeIf(key -> true);
    }
  }

  @Override
  public Set<K> keySet() {
    return new MapKeys<>(this);
  }

  @Override
  public Collection<V> values() {
    return new MapValues<>(this);
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new MapEntries<>(this);
  }

  // ---- for keys, values and entries

  /** Removes a key as it has crossed; whether it was there. */
  boolean removeKey(@Nullable Object key) {
    viewed.mustDelete();
    boolean there = viewed.contains(key);
    if (there) {
      viewed.object.deleteItem(key);
      viewed.changes++;
    }
    return there;
  }

  K key(@Nullable Object crossed) {
    return keys.of(crossed, () -> ElementType.keyStep(crossed));
  }

  V value(@Nullable Object crossed, @Nullable Object key) {
    return values.of(crossed, () -> ElementType.step(key));
  }

  Batches keysAlone() {
    return Batches.of(keys);
  }

  Batches pairs() {
    return new Batches(keys, values);
  }

  /** An iterator that removes the entry whose key it is on. */
  abstract static class Pass<T> extends ViewIterator<T> {

    private final MapView<?, ?> map;

    Pass(MapView<?, ?> map, Batches form) {
      super(map.viewed, form, map.viewed.changes);
      this.map = map;
    }

    @Override
    final int changes() {
      return map.viewed.changes;
    }

    @Override
    final void removeCurrent() {
      if (!map.removeKey(cursor.first())) {
        throw gone();
      }
    }
  }

  /** An entry that writes through. */
  final class Pair extends SimpleEntry<K, V> {

    private static final long serialVersionUID = 1;

    private final transient @Nullable Object crossed;

    Pair(@Nullable Object crossed, K key, V value) {
      super(key, value);
      this.crossed = crossed;
    }

    @Override
    public V setValue(V value) {
      viewed.mustSet();
      viewed.object.setItem(crossed, value);
      return super.setValue(value);
    }
  }

  Iterator<Entry<K, V>> entries() {
    return new Pass<>(this, pairs()) {
      @Override
      Entry<K, V> current() {
        Object crossed = cursor.first();
        return new Pair(crossed, key(crossed), value(cursor.second(), crossed));
      }
    };
  }
}
