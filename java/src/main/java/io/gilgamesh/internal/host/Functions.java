package io.gilgamesh.internal.host;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The single abstract methods of functional interfaces. */
final class Functions {

  private static final ClassValue<List<Method>> ABSTRACT =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return abstractMethods(type);
        }
      };

  private Functions() {}

  private static List<Method> abstractMethods(Class<?> type) {
    List<Method> found = new ArrayList<>();
    for (Method method : type.getMethods()) {
      boolean counts = Modifier.isAbstract(method.getModifiers()) && !isObjects(method);
      if (counts && found.stream().noneMatch(other -> isSame(method, other))) {
        found.add(method);
      }
    }
    return List.copyOf(found);
  }

  /** Interfaces declare some of Object's methods anew, which everything implements. */
  private static boolean isObjects(Method method) {
    try {
      Object.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /** A method that one interface narrows from another is inherited in both forms. */
  private static boolean isSame(Method one, Method other) {
    return one.getName().equals(other.getName())
        && one.getParameterCount() == other.getParameterCount();
  }

  /** Whether a function can stand for the interface: it has one abstract method. */
  static boolean isFunctional(Class<?> type) {
    return single(type) != null;
  }

  /** The one abstract method of an interface, null where it has none or several. */
  static @Nullable Method single(Class<?> type) {
    List<Method> methods = type.isInterface() ? ABSTRACT.get(type) : List.of();
    return methods.size() == 1 ? methods.get(0) : null;
  }

  /**
   * The method by which objects of a class are called: that of the one functional interface that it
   * is or implements. Those of the JDK's interfaces count that are meant as functions, since a list
   * is not called for being Iterable; those of other interfaces, and whatever a lambda implements.
   */
  static @Nullable Method ofObjects(Class<?> type) {
    Set<Class<?>> interfaces = Supertypes.interfaces(type);
    if (type.isInterface()) {
      interfaces.add(type);
    }
    Method found = null;
    for (Class<?> candidate : interfaces) {
      Method method = isMeant(candidate, type) ? single(candidate) : null;
      if (found != null && method != null && !isSame(method, found)) {
        return null;
      }
      found = found == null ? method : found;
    }
    return found;
  }

  private static boolean isMeant(Class<?> candidate, Class<?> type) {
    return type.isHidden() || isMeant(candidate);
  }

  /** Whether an interface is meant for functions: a list is not called for being Iterable. */
  static boolean isMeant(Class<?> candidate) {
    return candidate.isAnnotationPresent(FunctionalInterface.class)
        || !AccessRules.isJdk(candidate);
  }
}
