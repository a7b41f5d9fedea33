package io.gilgamesh.internal.host;

import io.gilgamesh.PythonTuple;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps by key. A key is found in any of its {@link EqualForms}. */
final class MapProtocol {

  private MapProtocol() {}

  @Protocol("__len__")
  static int length(Map<?, ?> map) {
    return map.size();
  }

  @Protocol("__contains__")
  static boolean contains(Map<?, ?> map, @Nullable Object key) {
    return formIn(map, EqualForms.of(key)) >= 0;
  }

  @Protocol("map_get")
  static @Nullable Object get(Map<?, ?> map, @Nullable Object key) {
    Object value = valueOf(map, key);
    return value != null ? value : map.get(known(map, key));
  }

  @Protocol("map_put")
  static void put(
      Map<@Nullable Object, @Nullable Object> map, @Nullable Object key, @Nullable Object value) {
    List<@Nullable Object> forms = EqualForms.of(key);
    map.put(forms.get(Math.max(0, formIn(map, forms))), value);
  }

  /** Puts all pairs, each as if by itself. */
  @Protocol("map_put_all")
  static void putAll(
      Map<@Nullable Object, @Nullable Object> map,
      Map<? extends @Nullable Object, ? extends @Nullable Object> pairs) {
    pairs.forEach((key, value) -> put(map, key, value));
  }

  /** Removes a key that is there and gives its value. */
  @Protocol("map_remove")
  static @Nullable Object remove(Map<?, ?> map, @Nullable Object key) {
    return map.remove(known(map, key));
  }

  /** Removes the first entry and gives it. */
  @Protocol("map_pop")
  static PythonTuple pop(Map<?, ?> map) {
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    if (!entries.hasNext()) {
      throw new HostCallException(HostCallException.Kind.KEY, "popitem from an empty map");
    }
    PythonTuple first = pair(entries.next());
    entries.remove();
    return first;
  }

  @Protocol("open_cursor")
  static Cursor keys(Map<?, ?> map) {
    return Cursor.of(map.keySet());
  }

  @Protocol("open_items_cursor")
  static Cursor items(Map<?, ?> map) {
    Collection<? extends Map.Entry<?, ?>> entries = map.entrySet();
    Iterator<? extends Map.Entry<?, ?>> iterator = entries.iterator();
    return new Cursor(Cursor.mapped(iterator, MapProtocol::pair), entries.size());
  }

  private static PythonTuple pair(Map.Entry<?, ?> entry) {
    return PythonTuple.of(entry.getKey(), entry.getValue());
  }

  private static @Nullable Object known(Map<?, ?> map, @Nullable Object key) {
    List<@Nullable Object> forms = EqualForms.of(key);
    int form = formIn(map, forms);
    if (form < 0) {
      throw new HostCallException(HostCallException.Kind.KEY, String.valueOf(key));
    }
    return forms.get(form);
  }

  private static int formIn(Map<?, ?> map, List<@Nullable Object> forms) {
    for (int i = 0; i < forms.size(); i++) {
      if (has(map, forms.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Some maps throw for what cannot be a key of theirs. */
  private static boolean has(Map<?, ?> map, @Nullable Object key) {
    try {
      return map.containsKey(key);
    } catch (ClassCastException | NullPointerException e) {
      return false;
    }
  }

  private static @Nullable Object valueOf(Map<?, ?> map, @Nullable Object key) {
    try {
      return map.get(key);
    } catch (ClassCastException | NullPointerException e) {
      return null;
    }
  }
}
