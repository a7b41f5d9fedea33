package io.gilgamesh.internal.facade;

import io.gilgamesh.internal.StackTraces;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which interfaces a proxy can implement together, and which class loader sees all of them. */
final class Interfaces {

  private Interfaces() {}

  /**
   * Chooses the class loader of a proxy's class.
   *
   * @throws IllegalArgumentException if there can be no such proxy
   */
  static ClassLoader loaderOf(Class<?>[] interfaces) {
    Arrays.stream(interfaces).forEach(Interfaces::check);
    ClassLoader loader = common(interfaces);
    if (loader == null) {
      throw refused(
          "no class loader sees all of " + Arrays.toString(interfaces) + " as they are", null);
    }
    try {
      Proxy.newProxyInstance(loader, interfaces, (proxy, method, arguments) -> null);
    } catch (IllegalArgumentException e) {
      throw refused(
          "no proxy can implement " + Arrays.toString(interfaces) + ": " + e.getMessage(), e);
    }
    return loader;
  }

  private static void check(Class<?> type) {
    String name = type.getTypeName();
    if (!type.isInterface()) {
      throw refused(name + " is no interface; use to(Class) for the value of a class", null);
    } else if (type.isSealed()) {
      throw refused(name + " is sealed: a Python object cannot implement it", null);
    } else if (type.isHidden() || type.isAnnotation()) {
      throw refused(name + " is an interface that no proxy can implement", null);
    }
  }

  private static @Nullable ClassLoader common(Class<?>[] interfaces) {
    Set<ClassLoader> candidates = new LinkedHashSet<>();
    for (Class<?> type : interfaces) {
      if (type.getClassLoader() != null) {
        candidates.add(type.getClassLoader());
      }
    }
    candidates.add(Interfaces.class.getClassLoader());
    return candidates.stream()
        .filter(loader -> seesAll(loader, interfaces))
        .findFirst()
        .orElse(null);
  }

  private static boolean seesAll(ClassLoader loader, Class<?>[] interfaces) {
    try {
      for (Class<?> type : interfaces) {
        if (Class.forName(type.getName(), false, loader) != type) {
          return false;
        }
      }
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static IllegalArgumentException refused(String message, @Nullable Exception cause) {
    return StackTraces.trimmed(new IllegalArgumentException(message, cause));
  }
}
