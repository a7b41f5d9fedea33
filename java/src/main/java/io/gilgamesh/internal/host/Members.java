package io.gilgamesh.internal.host;

import io.gilgamesh.internal.host.AccessRules.Decision;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the members of a class that scripts can reach: public ones by the nearest public class or
 * interface that declares them, so that what {@code List.of} gives has the methods of {@code List}.
 */
final class Members {

  private final Class<?> type;
  private final AccessRules rules;
  private final List<Class<?>> supertypes;

  Members(Class<?> type, AccessRules rules) {
    this.type = type;
    this.rules = rules;
    this.supertypes = Supertypes.of(type);
  }

  /** Whether the public members of a class can be called from here. */
  static boolean isOpen(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && type.getModule().isExported(type.getPackageName(), Members.class.getModule());
  }

  // ---- methods

  /** All methods, inherited ones too, by their names. */
  Map<String, List<Method>> methods() {
    Map<Signatures.Key, Optional<Method>> found = new LinkedHashMap<>();
    for (Class<?> owner : supertypes) {
      Method[] declared = declared(owner);
      for (Method method : declared) {
        if (!method.isBridge() && !method.isSynthetic() && isReached(method, owner)) {
          found.merge(Signatures.Key.of(method), Optional.of(method), Members::moreSpecific);
        }
      }
      for (Method method : declared) {
        if (method.isBridge() && isReached(method, owner)) {
          found.putIfAbsent(Signatures.Key.of(method), bridge(method));
        }
      }
    }
    return byName(found);
  }

  private static Map<String, List<Method>> byName(Map<Signatures.Key, Optional<Method>> found) {
    Map<String, List<Method>> byName = new TreeMap<>();
    for (Optional<Method> method : found.values()) {
      method.ifPresent(
          one -> byName.computeIfAbsent(one.getName(), name -> new ArrayList<>()).add(one));
    }
    return byName;
  }

  /** Classes that lack what their methods name cannot be looked at, and have no methods then. */
  private Method[] declared(Class<?> owner) {
    try {
      return isReadable(owner) ? owner.getDeclaredMethods() : new Method[0];
    } catch (LinkageError e) {
      return new Method[0];
    }
  }

  private boolean opensExported(Class<?> owner) {
    return rules.opensExported() && !AccessRules.isJdk(owner);
  }

  /** Static methods of interfaces are not inherited. */
  private boolean isReached(Method method, Class<?> owner) {
    boolean inherited =
        !Modifier.isStatic(method.getModifiers()) || owner == type || !owner.isInterface();
    return inherited && isVisible(method, owner);
  }

  private <M extends AccessibleObject & Member> boolean isVisible(M member, Class<?> owner) {
    boolean isPublic = Modifier.isPublic(member.getModifiers());
    boolean reached = isPublic && isOpen(owner);
    boolean exported = isPublic ? AccessRules.isExported(member) : AccessRules.isMarked(member);
    return (reached || (rules.opensExported() && exported)) && rules.of(member) != Decision.HIDDEN;
  }

  /** The other form of a method hides what it overrides; it is none of its own. */
  private static Optional<Method> bridge(Method method) {
    return Signatures.isSecondForm(method) ? Optional.empty() : Optional.of(method);
  }

  /** The nearest is kept, unless a further interface promises a narrower result. */
  private static Optional<Method> moreSpecific(Optional<Method> kept, Optional<Method> next) {
    boolean replace =
        kept.isPresent()
            && next.isPresent()
            && kept.get().getDeclaringClass().isInterface()
            && kept.get().getReturnType() != next.get().getReturnType()
            && kept.get().getReturnType().isAssignableFrom(next.get().getReturnType());
    return replace ? next : kept;
  }

  // ---- constructors and fields

  private boolean isReadable(Class<?> owner) {
    return isOpen(owner) || opensExported(owner);
  }

  List<Constructor<?>> constructors() {
    if (Modifier.isAbstract(type.getModifiers()) || type.isEnum() || type.isArray()) {
      return List.of();
    }
    return isReadable(type)
        ? Arrays.stream(type.getDeclaredConstructors())
            .filter(constructor -> isVisible(constructor, type))
            .toList()
        : List.of();
  }

  /** The fields of this class and of its interfaces, of which classes inherit the constants. */
  List<Field> fields() {
    Map<String, Field> found = new LinkedHashMap<>();
    Class<?> above = Supertypes.superclass(type);
    for (Class<?> owner : supertypes) {
      boolean inherited = above != null && owner.isAssignableFrom(above);
      if (!inherited && isReadable(owner)) {
        for (Field field : owner.getDeclaredFields()) {
          if (!field.isSynthetic() && isVisible(field, owner)) {
            found.putIfAbsent(field.getName(), field);
          }
        }
      }
    }
    return List.copyOf(found.values());
  }
}
