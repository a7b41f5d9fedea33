package io.gilgamesh.internal;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A cache of at most twice {@code capacity} entries, without a lock on a hit. It has two
 * generations: what is found in the old one moves to the young one, and a full young one becomes
 * the old one, whose entries are dropped.
 *
 * @param <K> the key
 * @param <V> the value
 */
final class BoundedCache<K, V> {

  private final int capacity;
  private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();

  BoundedCache(int capacity) {
    this.capacity = capacity;
  }

  @Nullable V get(K key) {
    V found = young.get(key);
    return found != null ? found : promote(key);
  }

  private @Nullable V promote(K key) {
    V found = old.get(key);
    if (found != null) {
      put(key, found);
    }
    return found;
  }

  void put(K key, V value) {
    if (young.size() >= capacity) {
      turnOver();
    }
    young.put(key, value);
  }

  private synchronized void turnOver() {
    if (young.size() >= capacity) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }

  int size() {
    return young.size() + old.size();
  }
}
