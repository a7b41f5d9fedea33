package io.gilgamesh.internal.facade;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The names of beans: {@code getX}, {@code isX} and {@code setX} stand for {@code x}. */
final class Properties {

  private Properties() {}

  /** The property of a getter or setter, null where the method is neither. */
  static @Nullable String of(Method method) {
    Class<?> result = method.getReturnType();
    boolean isVoid = result == void.class;
    return switch (method.getParameterCount()) {
      case 0 -> {
        boolean truth = result == boolean.class || result == Boolean.class;
        String got = isVoid ? null : after("get", method.getName());
        yield got == null && truth ? after("is", method.getName()) : got;
      }
      case 1 -> isVoid ? after("set", method.getName()) : null;
      default -> null;
    };
  }

  private static @Nullable String after(String prefix, String name) {
    int start = prefix.length();
    boolean begins = name.startsWith(prefix) && name.length() > start;
    if (!begins || Character.isLowerCase(name.charAt(start))) {
      return null;
    }
    String rest = name.substring(start);
    boolean acronym = rest.length() > 1 && Character.isUpperCase(rest.charAt(1));
    return acronym ? rest : Character.toLowerCase(rest.charAt(0)) + rest.substring(1);
  }
}
