package io.gilgamesh.internal.host;

import io.gilgamesh.HostAccess;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of Python's special methods a class has: static Java methods of the bridge whose first
 * parameter is the object. Each is one group for the life of the process.
 */
public final class HostProtocols {

  /** They tell nothing of what an object holds. */
  private static final Set<String> ALWAYS_OPEN =
      Set.of(
          "__eq__",
          "__hash__",
          "__str__",
          "__repr__",
          "throwable_facts",
          "throwable_cause",
          "throwable_same",
          "throwable_frames",
          "next_batch",
          "missing",
          "missing_static",
          "implement",
          "defaults");

  private static final Map<Method, MemberGroup> GROUPS = new ConcurrentHashMap<>();

  private HostProtocols() {}

  /**
   * Gives the group of a method: its first parameter is the target, or the first argument where
   * there is no target.
   *
   * @param method a static method that this package can call
   * @return its group
   */
  public static MemberGroup group(Method method) {
    return GROUPS.computeIfAbsent(
        method,
        made -> {
          Overload overload = new Overloads(AccessRules.of(HostAccess.ALL)).of(made);
          return MemberGroup.extension(made.getName(), overload);
        });
  }

  /** Those of a class that its superclass has not, or has otherwise. */
  static Map<String, Long> of(Class<?> type, AccessRules rules) {
    boolean all = rules.mayRead(type);
    Map<String, Long> numbers = new LinkedHashMap<>();
    Protocols.protocolsOf(type)
        .forEach(
            (name, method) -> {
              if (all || ALWAYS_OPEN.contains(name)) {
                numbers.put(name, (long) group(method).number());
              }
            });
    return numbers;
  }
}
