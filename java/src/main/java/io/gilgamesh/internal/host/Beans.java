package io.gilgamesh.internal.host;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The properties that getters and setters make, by the rules of Java beans. */
final class Beans {

  /**
   * A property.
   *
   * @param type what the getter gives
   * @param getter the group of {@code getX} or {@code isX}
   * @param setter the group of {@code setX}, null where there is none for the type
   */
  record Property(Class<?> type, MemberGroup getter, @Nullable MemberGroup setter) {}

  private Beans() {}

  /** The properties of a class by their names. */
  static Map<String, Property> of(Map<String, MemberGroup> methods) {
    Map<String, Property> found = new TreeMap<>();
    methods.forEach(
        (name, group) -> {
          String stem = stem(name);
          Overload getter = stem.isEmpty() ? null : getter(group, name);
          if (getter != null) {
            MemberGroup setters = methods.get("set" + stem);
            boolean settable = setters != null && takes(setters, getter.shape().returns());
            MemberGroup setter = settable ? setters : null;
            found.putIfAbsent(
                decapitalized(stem), new Property(getter.shape().returns(), group, setter));
          }
        });
    return found;
  }

  /** What follows {@code get} or {@code is}, empty where the name is no getter's. */
  private static String stem(String name) {
    int length = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : name.length();
    boolean fits =
        name.length() > length
            && !Character.isLowerCase(name.charAt(length))
            && !name.equals("getClass");
    return fits ? name.substring(length) : "";
  }

  private static @Nullable Overload getter(MemberGroup group, String name) {
    return group.overloads().stream()
        .filter(overload -> overload.refusal() == null && isGetter(overload, name))
        .findFirst()
        .orElse(null);
  }

  private static boolean isGetter(Overload overload, String name) {
    Class<?> returns = overload.shape().returns();
    boolean truth = returns == boolean.class || returns == Boolean.class;
    return !overload.isStatic()
        && overload.parameters().isEmpty()
        && (name.startsWith("is") ? truth : returns != void.class);
  }

  private static boolean takes(MemberGroup setters, Class<?> type) {
    return setters.overloads().stream()
        .anyMatch(
            overload ->
                !overload.isStatic()
                    && overload.refusal() == null
                    && overload.parameters().size() == 1
                    && overload.parameters().get(0).type() == type);
  }

  /** {@code URL} stays as it is. */
  private static String decapitalized(String stem) {
    boolean acronym =
        stem.length() > 1
            && Character.isUpperCase(stem.charAt(0))
            && Character.isUpperCase(stem.charAt(1));
    return acronym ? stem : Character.toLowerCase(stem.charAt(0)) + stem.substring(1);
  }
}
