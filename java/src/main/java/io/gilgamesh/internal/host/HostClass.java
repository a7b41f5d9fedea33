package io.gilgamesh.internal.host;

import io.gilgamesh.HostAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A Java class as scripts see it under one {@link HostAccess}.
 *
 * <p>What lives how long: a HostClass and its groups hang on their class, by a {@link ClassValue},
 * and live and die with it. The numbers lead to them weakly. So a class can be unloaded once no
 * object, no script's Java variable and no class loader keeps it, though Python has its number and
 * the Python class made for it as long as the interpreter lives; a number whose class is gone is
 * refused. Choices of overloads are remembered with weak references to the classes of the
 * arguments. The classes of the JDK, and those of the loader that the policy itself names, stay.
 *
 * <p>Usable by any thread. Members are looked for when the class is first described.
 */
public final class HostClass {

  private static final Numbering<HostClass> NUMBERING = new Numbering<>("class");

  private static final ClassValue<Views> VIEWS =
      new ClassValue<>() {
        @Override
        protected Views computeValue(Class<?> type) {
          return new Views();
        }
      };

  /** A class under each policy, and the view used last: a process nearly always has one policy. */
  private static final class Views {
    final Map<HostAccess, HostClass> all = new ConcurrentHashMap<>(2);
    volatile @Nullable HostClass last;
  }

  private static volatile HostAccess processAccess = HostAccess.DEFAULT;

  private final Class<?> type;
  private final AccessRules rules;
  private final int number;
  private volatile @Nullable ClassMembers members;
  private @Nullable Map<String, MemberGroup> defaults;
  private volatile boolean formless;

  private HostClass(Class<?> type, HostAccess access) {
    this.type = type;
    rules = AccessRules.of(access);
    number = NUMBERING.add(this);
  }

  /**
   * Sets the policy under which objects are seen that are handed to scripts. A process has one
   * Python, whose configuration says it, before the first object is handed over.
   *
   * @param access the policy
   */
  public static void useAccess(HostAccess access) {
    processAccess = access;
  }

  /**
   * Gives a class as scripts see it under the policy of the process.
   *
   * @param type the class
   * @return always the same for one class
   * @throws IllegalArgumentException if it is a primitive type
   */
  public static HostClass of(Class<?> type) {
    return of(type, processAccess);
  }

  /**
   * Gives a class as scripts see it under a policy.
   *
   * @param type the class
   * @param access the policy
   * @return always the same for one class and equal policies
   * @throws IllegalArgumentException if it is a primitive type
   */
  public static HostClass of(Class<?> type, HostAccess access) {
    Views views = VIEWS.get(type);
    HostClass last = views.last;
    return last != null && isSame(last.rules.access(), access) ? last : find(type, access, views);
  }

  /** Whether it is the very same: what is only equal is found by the map. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(HostAccess one, HostAccess other) {
    return one == other;
  }

  /**
   * Gives a class that scripts may look up under the policy of the process.
   *
   * @param type the class
   * @return always the same for one class; null where scripts may not, or it is a primitive type
   */
  public static @Nullable HostClass ofLookedUp(Class<?> type) {
    boolean may = !type.isPrimitive() && AccessRules.of(processAccess).mayLookUp(type);
    return may ? of(type) : null;
  }

  private static HostClass find(Class<?> type, HostAccess access, Views views) {
    if (type.isPrimitive()) {
      throw new IllegalArgumentException("no class of objects: " + type);
    }
    HostClass found = views.all.computeIfAbsent(access, wanted -> new HostClass(type, wanted));
    views.last = found;
    return found;
  }

  /**
   * Finds a class.
   *
   * @param number its number
   * @return the class
   * @throws HostCallException if there is none, or it was unloaded
   */
  public static HostClass numbered(int number) {
    return NUMBERING.get(number);
  }

  /**
   * Looks a class up for a script.
   *
   * @param name its binary or canonical name, {@code java.util.Map$Entry} or {@code
   *     java.util.Map.Entry}, or that of an array, {@code int[]}
   * @param loader where to look, unless the policy has a loader
   * @param access the policy
   * @return the class, null where there is none of that name
   * @throws HostCallException if the policy refuses it, or it cannot be loaded
   */
  public static @Nullable HostClass find(String name, ClassLoader loader, HostAccess access) {
    Class<?> found = ClassNames.find(name, access.classLoader().orElse(loader));
    if (found == null) {
      return null;
    }
    AccessRules.of(access).checkLookUp(found);
    return of(found, access);
  }

  /**
   * Looks a class up for a script, under the policy of the process.
   *
   * @param name its binary or canonical name
   * @param loader where to look, unless the policy has a loader
   * @return the class, null where there is none of that name
   * @throws HostCallException if the policy refuses it, or it cannot be loaded
   */
  public static @Nullable HostClass find(String name, ClassLoader loader) {
    return find(name, loader, processAccess);
  }

  /**
   * Lists the classes of a package that a script may look up, under the policy of the process.
   *
   * @param name the package's name
   * @param loader where to look, unless the policy has a loader
   * @return the names of its public classes without the package, sorted; null where they cannot be
   *     listed
   */
  public static @Nullable List<String> list(String name, ClassLoader loader) {
    return list(name, loader, processAccess);
  }

  /**
   * Lists the classes of a package that a script may look up.
   *
   * @param name the package's name
   * @param loader where to look, unless the policy has a loader
   * @param access the policy
   * @return the names of its public classes without the package, sorted; null where they cannot be
   *     listed
   */
  public static @Nullable List<String> list(String name, ClassLoader loader, HostAccess access) {
    ClassLoader source = access.classLoader().orElse(loader);
    Set<String> names = PackageFiles.classes(name, source);
    AccessRules rules = AccessRules.of(access);
    return names == null
        ? null
        : names.stream().filter(one -> isOpen(name + "." + one, source, rules)).sorted().toList();
  }

  private static boolean isOpen(String name, ClassLoader loader, AccessRules rules) {
    try {
      Class<?> found = ClassNames.find(name, loader);
      return found != null && Members.isOpen(found) && rules.mayLookUp(found);
    } catch (HostCallException e) {
      return false; // it cannot be loaded
    }
  }

  /**
   * Gives the class loader by which scripts look up classes.
   *
   * @param loader that of the thread, for where the policy has none
   * @return the policy's, or that of the thread
   */
  public static ClassLoader loader(ClassLoader loader) {
    return processAccess.classLoader().orElse(loader);
  }

  /**
   * Tells the number of this class.
   *
   * @return 1 or more
   */
  public int number() {
    return number;
  }

  /**
   * Gives the Java class.
   *
   * @return the class
   */
  public Class<?> type() {
    return type;
  }

  /**
   * Tells whether objects of this class are known to cross as themselves, having no form as values.
   *
   * @return whether {@link #noteFormless} was called
   */
  public boolean isFormless() {
    return formless;
  }

  /** Notes that no form of values took an object of this class, so that none is asked again. */
  public void noteFormless() {
    formless = true;
  }

  /**
   * Describes this class in natural values, for the Python class to be made of it.
   *
   * @return a new map
   */
  public Map<String, @Nullable Object> describe() {
    return new Description(this).made();
  }

  AccessRules rules() {
    return rules;
  }

  @Nullable HostClass superclass() {
    Class<?> above = Supertypes.superclass(type);
    return above == null ? null : of(above, rules.access());
  }

  HostClass sibling(Class<?> other) {
    return of(other, rules.access());
  }

  ClassMembers members() {
    ClassMembers known = members;
    return known == null ? findMembers() : known;
  }

  /** The bodies of an interface's own default methods; see {@link DefaultMethods}. */
  synchronized Map<String, MemberGroup> defaults() {
    Map<String, MemberGroup> known = defaults;
    if (known == null) {
      known = DefaultMethods.of(type, rules);
      defaults = known;
    }
    return known;
  }

  private ClassMembers findMembers() {
    HostClass above = superclass();
    ClassMembers aboves = above == null ? null : above.members();
    synchronized (this) {
      ClassMembers known = members;
      if (known == null) {
        known = new ClassMembers(type, rules, aboves);
        members = known;
      }
      return known;
    }
  }

  @Override
  public String toString() {
    return ClassNames.of(type);
  }
}
