package io.gilgamesh.internal.host;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.StringJoiner;

/** A class's declaration as Java writes it, for {@code help()}. */
final class Declarations {

  private static final int SHOWN = Modifier.PUBLIC | Modifier.ABSTRACT | Modifier.FINAL;

  private Declarations() {}

  static String of(Class<?> type) {
    if (type.isArray()) {
      return "An array of " + type.getComponentType().getTypeName();
    }
    return modifiers(type) + keyword(type) + " " + type.getTypeName() + above(type);
  }

  /** Without those that the keyword says already. */
  private static String modifiers(Class<?> type) {
    boolean implied = type.isInterface() || type.isEnum() || type.isRecord();
    int shown = type.getModifiers() & (implied ? Modifier.PUBLIC : SHOWN);
    return shown == 0 ? "" : Modifier.toString(shown) + " ";
  }

  private static String keyword(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    } else if (type.isInterface()) {
      return "interface";
    } else if (type.isEnum()) {
      return "enum";
    }
    return type.isRecord() ? "record" : "class";
  }

  private static String above(Class<?> type) {
    Class<?> superclass = type.getSuperclass();
    boolean plain =
        superclass == null || superclass == Object.class || type.isEnum() || type.isRecord();
    StringJoiner interfaces = new StringJoiner(", ");
    Arrays.stream(type.getInterfaces()).forEach(one -> interfaces.add(one.getTypeName()));
    boolean none = interfaces.length() == 0 || type.isAnnotation();
    return (plain ? "" : " extends " + superclass.getTypeName())
        + (none ? "" : (type.isInterface() ? " extends " : " implements ") + interfaces);
  }
}
