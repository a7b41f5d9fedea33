package io.gilgamesh.internal.facade;

import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.ReturnForm;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods of one interface with all that it inherits, and what they return in it. */
final class InterfaceMethods {

  private final List<Method> methods;
  private final Map<Class<?>, ResolvedType> declaring = new HashMap<>();
  private final @Nullable Method function;

  InterfaceMethods(ResolvedType type) {
    methods =
        Stream.of(type.raw().getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .toList();
    resolve(type);
    function = function();
  }

  private void resolve(ResolvedType type) {
    if (declaring.putIfAbsent(type.raw(), type) == null) {
      for (Type above : type.raw().getGenericInterfaces()) {
        resolve(type.inside(above));
      }
    }
  }

  List<Method> all() {
    return methods;
  }

  MethodPlan plan(Method method, int index) {
    return new MethodPlan(method, index, new ReturnForm(result(method)), isFunction(method), this);
  }

  /** The type of an inherited interface, with the parameters that it has here. */
  ResolvedType declaring(Class<?> type) {
    return declaring.getOrDefault(type, ResolvedType.of(type));
  }

  boolean inherits(Class<?> type) {
    return declaring.containsKey(type);
  }

  // ---- results

  /** What a method returns: the narrowest of what the interface and those above it say. */
  private ResolvedType result(Method method) {
    ResolvedType narrowest = declared(method);
    for (Method other : methods) {
      if (overrides(other, method)) {
        ResolvedType type = declared(other);
        narrowest =
            narrowest.raw().isAssignableFrom(type.raw()) ? narrower(narrowest, type) : narrowest;
      }
    }
    return narrowest;
  }

  private static ResolvedType narrower(ResolvedType first, ResolvedType second) {
    boolean same = first.raw() == second.raw();
    return same && first.arguments().size() > second.arguments().size() ? first : second;
  }

  /** A variable of the method itself may be anything, but no more than its bound. */
  private ResolvedType declared(Method method) {
    ResolvedType type = declaring(method.getDeclaringClass()).inside(method.getGenericReturnType());
    Class<?> erased = method.getReturnType();
    return erased.isAssignableFrom(type.raw()) ? type : ResolvedType.of(erased);
  }

  private static boolean overrides(Method one, Method other) {
    return one.getName().equals(other.getName())
        && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
  }

  // ---- the one method of a functional interface

  /** The only abstract method, which may be there several times where a parameter is narrowed. */
  private @Nullable Method function() {
    Set<String> names = new HashSet<>();
    Method last = null;
    for (Method method : methods) {
      if (Modifier.isAbstract(method.getModifiers()) && !isOfObject(method)) {
        names.add(key(method));
        last = method;
      }
    }
    return names.size() == 1 ? last : null;
  }

  private boolean isFunction(Method method) {
    return function != null && key(function).equals(key(method));
  }

  private static String key(Method method) {
    return method.getName() + "/" + method.getParameterCount();
  }

  static boolean isOfObject(Method method) {
    return Stream.of(Object.class.getMethods()).anyMatch(of -> overrides(of, method));
  }
}
