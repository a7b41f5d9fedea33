package io.gilgamesh.host;

import io.gilgamesh.HostAccess;
import io.gilgamesh.internal.host.HostClass;
import io.gilgamesh.internal.host.MemberGroup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A class as Python sees it: by its description and the numbers in it, and by nothing else. */
final class Described {

  private final HostClass host;
  private final Map<String, @Nullable Object> description;

  private Described(HostClass host) {
    this.host = host;
    this.description = host.describe();
  }

  static Described of(Class<?> type) {
    return of(type, HostAccess.ALL);
  }

  static Described of(Class<?> type, HostAccess access) {
    return new Described(HostClass.of(type, access));
  }

  @Nullable Object get(String key) {
    return description.get(key);
  }

  @Nullable Described above() {
    Object number = get("super");
    return number == null ? null : new Described(HostClass.numbered(intValue(number)));
  }

  // ---- what is there

  @SuppressWarnings("unchecked")
  List<Map<String, Object>> list(String key) {
    return (List<Map<String, Object>>) Objects.requireNonNull(get(key));
  }

  /** The names of a list, of this class alone. */
  Set<String> names(String key) {
    return list(key).stream()
        .map(entry -> (String) entry.get("name"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of all methods, inherited ones too. */
  Set<String> allMethods() {
    Set<String> names = names("methods");
    Described above = above();
    if (above != null) {
      names.addAll(above.allMethods());
    }
    return names;
  }

  /** An entry of a list, of this class or the nearest above it. */
  Map<String, Object> entry(String key, String name) {
    for (Described next = this; next != null; next = next.above()) {
      for (Map<String, Object> entry : next.list(key)) {
        if (entry.get("name").equals(name)) {
          return entry;
        }
      }
    }
    throw new AssertionError(host + " has no " + name + " among its " + key);
  }

  // ---- calls

  MemberGroup method(String name) {
    return group(entry("methods", name).get("number"));
  }

  MemberGroup getter(String name) {
    return group(entry("fields", name).get("getter"));
  }

  MemberGroup constructor() {
    return group(get("constructor"));
  }

  static MemberGroup group(@Nullable Object number) {
    return MemberGroup.numbered(intValue(Objects.requireNonNull(number)));
  }

  @Nullable Object call(@Nullable Object target, String name, @Nullable Object... arguments) {
    return callGroup(method(name), target, arguments);
  }

  @Nullable Object callStatic(String name, @Nullable Object... arguments) {
    return callGroup(method(name), null, arguments);
  }

  Object make(@Nullable Object... arguments) {
    return Objects.requireNonNull(callGroup(constructor(), null, arguments));
  }

  static @Nullable Object callGroup(
      MemberGroup group, @Nullable Object target, @Nullable Object... arguments) {
    return callNamed(group, target, Map.of(), arguments);
  }

  static @Nullable Object callNamed(
      MemberGroup group,
      @Nullable Object target,
      Map<String, @Nullable Object> named,
      @Nullable Object... arguments) {
    try {
      return group.call(target, arguments, named, null);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new CheckedFailure(e);
    }
  }

  /** A checked exception of a member, as itself inside. */
  static final class CheckedFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckedFailure(Throwable cause) {
      super(cause);
    }
  }

  private static int intValue(Object number) {
    return Math.toIntExact((Long) number);
  }
}
