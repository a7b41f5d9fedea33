package io.gilgamesh.internal.host;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collections of any kind, and sets. */
final class CollectionProtocol {

  private CollectionProtocol() {}

  @Protocol("__len__")
  static int length(Collection<?> collection) {
    return collection.size();
  }

  @Protocol("__contains__")
  static boolean contains(Collection<?> collection, @Nullable Object value) {
    List<@Nullable Object> forms = EqualForms.of(value);
    if (collection instanceof Set) {
      return forms.stream().anyMatch(form -> has(collection, form));
    }
    // One search for the value, and one for all its other forms.
    return has(collection, value)
        || (forms.size() > 1 && collection.stream().anyMatch(new HashSet<>(forms)::contains));
  }

  /** Some collections throw for what they cannot hold. */
  private static boolean has(Collection<?> collection, @Nullable Object value) {
    try {
      return collection.contains(value);
    } catch (ClassCastException | NullPointerException e) {
      return false;
    }
  }

  /** Removes a value where it is there, in any of its forms. */
  @Protocol("discard")
  static boolean discard(Collection<?> collection, @Nullable Object value) {
    for (Object form : EqualForms.of(value)) {
      if (has(collection, form) && collection.remove(form)) {
        return true;
      }
    }
    return false;
  }

  /** Adds values that are not there in any form. */
  @Protocol("add_all")
  static void addAll(Set<@Nullable Object> set, Collection<? extends @Nullable Object> values) {
    for (Object value : values.toArray()) {
      if (!contains(set, value)) {
        set.add(value);
      }
    }
  }

  @Protocol("discard_all")
  static void discardAll(Collection<?> collection, Collection<?> values) {
    // A copy, for a collection may be taken from itself.
    for (Object value : values.toArray()) {
      discard(collection, value);
    }
  }

  @Protocol("set_pop")
  static @Nullable Object pop(Set<?> set) {
    Iterator<?> elements = set.iterator();
    if (!elements.hasNext()) {
      throw new HostCallException(HostCallException.Kind.KEY, "pop from an empty set");
    }
    Object element = elements.next();
    elements.remove();
    return element;
  }
}
