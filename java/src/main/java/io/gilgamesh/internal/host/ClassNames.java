package io.gilgamesh.internal.host;

import io.gilgamesh.internal.host.HostCallException.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds classes by the names that scripts give. No class is initialised by that. */
final class ClassNames {

  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of(
          "boolean", boolean.class,
          "byte", byte.class,
          "short", short.class,
          "char", char.class,
          "int", int.class,
          "long", long.class,
          "float", float.class,
          "double", double.class);

  private static final int MOST_DIMENSIONS = 255;

  private ClassNames() {}

  /** A class by its binary or canonical name, or an array; null where there is none. */
  static @Nullable Class<?> find(String name, ClassLoader loader) {
    String element = name;
    int dimensions = 0;
    while (element.endsWith("[]")) {
      element = element.substring(0, element.length() - 2);
      dimensions++;
    }
    Class<?> found = dimensions == 0 ? null : PRIMITIVES.get(element);
    found = found == null ? named(element, loader) : found;
    for (int i = 0; found != null && i < dimensions; i++) {
      found = dimensions > MOST_DIMENSIONS ? null : found.arrayType();
    }
    return found;
  }

  /** The last points may stand for nesting. */
  private static @Nullable Class<?> named(String name, ClassLoader loader) {
    if (name.isEmpty() || name.startsWith("[") || name.indexOf('/') >= 0) {
      return null;
    }
    String binary = name;
    Class<?> found = loaded(binary, loader);
    for (int dot = binary.lastIndexOf('.'); found == null && dot > 0; ) {
      binary = binary.substring(0, dot) + "$" + binary.substring(dot + 1);
      found = loaded(binary, loader);
      dot = binary.lastIndexOf('.');
    }
    return found;
  }

  private static @Nullable Class<?> loaded(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (LinkageError e) {
      // Of a file system that does not tell capitals apart, another class may come.
      if (e instanceof NoClassDefFoundError && String.valueOf(e.getMessage()).contains("wrong")) {
        return null;
      }
      throw new HostCallException(Kind.NO_CLASS, name + " cannot be loaded: " + e);
    }
  }

  /** What stands after the last point; no other class is asked for, which might not be there. */
  static String simple(Class<?> type) {
    String name = type.getName();
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  /** The name in Java code, null for a class that has none or whose outer class is not there. */
  static @Nullable String canonical(Class<?> type) {
    try {
      return type.getCanonicalName();
    } catch (LinkageError e) {
      return null;
    }
  }

  /** The name by which descriptions call a class. */
  static String of(Class<?> type) {
    return type.isArray() ? of(type.getComponentType()) + "[]" : type.getName();
  }
}
