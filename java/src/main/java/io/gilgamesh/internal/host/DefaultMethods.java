package io.gilgamesh.internal.host;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The default methods of an interface as Python classes call them that derive from it: the
 * interface's own bodies, whatever the object has in their place. So {@code super()} reaches them.
 */
final class DefaultMethods {

  private DefaultMethods() {}

  /** Those that the interface itself declares, by their names. */
  static Map<String, MemberGroup> of(Class<?> type, AccessRules rules) {
    Overloads overloads = new Overloads(rules);
    Map<String, List<Overload>> all = new TreeMap<>();
    for (Method method : type.isInterface() ? type.getDeclaredMethods() : new Method[0]) {
      boolean seen = rules.of(method) != AccessRules.Decision.HIDDEN;
      if (method.isDefault() && !method.isSynthetic() && seen) {
        all.computeIfAbsent(method.getName(), name -> new ArrayList<>())
            .add(overloads.ofDefault(method));
      }
    }
    Map<String, MemberGroup> groups = new LinkedHashMap<>();
    all.forEach(
        (name, made) ->
            groups.put(name, new MemberGroup(type.getTypeName() + "." + name, type, made)));
    return groups;
  }
}
