package io.gilgamesh.internal.host;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a class extends and implements. */
final class Supertypes {

  private Supertypes() {}

  /** The superclass as scripts see it: Object's is none, and interfaces and arrays have Object. */
  static @Nullable Class<?> superclass(Class<?> type) {
    Class<?> above = type.getSuperclass();
    return above == null && type != Object.class ? Object.class : above;
  }

  /** The type itself, its superclasses, then all interfaces, the nearest first. */
  static List<Class<?>> of(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> next = type; next != null; next = superclass(next)) {
      found.add(next);
    }
    found.addAll(interfaces(type));
    return List.copyOf(found);
  }

  /** All interfaces of a type without itself, the nearest first. */
  static Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> next = type; next != null; next = next.getSuperclass()) {
      List<Class<?>> waiting = new ArrayList<>(List.of(next.getInterfaces()));
      for (int i = 0; i < waiting.size(); i++) {
        found.add(waiting.get(i));
        waiting.addAll(List.of(waiting.get(i).getInterfaces()));
      }
    }
    return found;
  }
}
