package io.gilgamesh.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which collection or map is made where a type is wanted: the usual one of an interface, or the
 * class itself by its constructor without parameters.
 */
public final class Containers {

  private static final Map<Class<?>, Supplier<?>> USUAL = new LinkedHashMap<>();

  static {
    USUAL.put(ArrayList.class, ArrayList::new);
    USUAL.put(LinkedHashSet.class, LinkedHashSet::new);
    USUAL.put(TreeSet.class, TreeSet::new);
    USUAL.put(ArrayDeque.class, ArrayDeque::new);
    USUAL.put(LinkedHashMap.class, LinkedHashMap::new);
    USUAL.put(TreeMap.class, TreeMap::new);
    USUAL.put(ConcurrentHashMap.class, ConcurrentHashMap::new);
  }

  private Containers() {}

  /**
   * Tells whether a type is a collection that can be made.
   *
   * @param type a class
   * @return whether {@link #ofList} and {@link #ofSet} make it
   */
  public static boolean isCollection(Class<?> type) {
    return (type == Iterable.class || Collection.class.isAssignableFrom(type)) && isMade(type);
  }

  /**
   * Tells whether a type is a map that can be made.
   *
   * @param type a class
   * @return whether {@link #ofDict} makes it
   */
  public static boolean isMap(Class<?> type) {
    return Map.class.isAssignableFrom(type) && isMade(type);
  }

  private static boolean isMade(Class<?> type) {
    return USUAL.keySet().stream().anyMatch(type::isAssignableFrom) || constructor(type) != null;
  }

  /**
   * Makes collections for lists.
   *
   * @param type their type
   * @return what makes one for a number of elements
   */
  @SuppressWarnings("unchecked")
  public static IntFunction<Collection<@Nullable Object>> ofList(Class<?> type) {
    return type.isAssignableFrom(ArrayList.class)
        ? ArrayList::new
        : size -> (Collection<@Nullable Object>) any(type);
  }

  /**
   * Makes collections for sets.
   *
   * @param type their type
   * @return what makes one for a number of elements
   */
  public static IntFunction<Collection<@Nullable Object>> ofSet(Class<?> type) {
    return type.isAssignableFrom(LinkedHashSet.class)
        ? size -> new LinkedHashSet<>(size + size / 3 + 1)
        : ofList(type);
  }

  /**
   * Makes maps.
   *
   * @param type their type
   * @return what makes one for a number of entries
   */
  @SuppressWarnings("unchecked")
  public static IntFunction<Map<@Nullable Object, @Nullable Object>> ofDict(Class<?> type) {
    return type.isAssignableFrom(LinkedHashMap.class)
        ? size -> new LinkedHashMap<>(size + size / 3 + 1)
        : size -> (Map<@Nullable Object, @Nullable Object>) any(type);
  }

  private static Object any(Class<?> type) {
    for (Map.Entry<Class<?>, Supplier<?>> usual : USUAL.entrySet()) {
      if (type.isAssignableFrom(usual.getKey())) {
        return usual.getValue().get();
      }
    }
    Constructor<?> constructor = constructor(type);
    try {
      if (constructor != null) {
        return constructor.newInstance();
      }
    } catch (ReflectiveOperationException e) {
      throw new Misfit("a " + type.getName() + " cannot be made: " + e);
    }
    throw new Misfit("a " + type.getName() + " cannot be made");
  }

  private static @Nullable Constructor<?> constructor(Class<?> type) {
    boolean concrete = !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
    return concrete
        ? List.of(type.getConstructors()).stream()
            .filter(constructor -> constructor.getParameterCount() == 0)
            .findFirst()
            .orElse(null)
        : null;
  }
}
