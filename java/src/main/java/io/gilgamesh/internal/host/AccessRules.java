package io.gilgamesh.internal.host;

import io.gilgamesh.HostAccess;
import io.gilgamesh.internal.host.HostCallException.Kind;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;

/** What one {@link HostAccess} allows. Immutable. */
public final class AccessRules {

  /** What becomes of a member. */
  enum Decision {
    /** Scripts use it. */
    OPEN,
    /** Scripts see it, and are told how to allow it when they use it. */
    REFUSED,
    /** It does not exist for scripts. */
    HIDDEN
  }

  /** Which of the constants the policy began from. */
  private enum Preset {
    NONE,
    EXPLICIT,
    DEFAULT,
    ALL
  }

  private static volatile AccessRules latest = new AccessRules(HostAccess.DEFAULT);

  private final HostAccess access;
  private final Preset preset;
  private final Set<String> packages;
  private final Set<String> classes;

  private AccessRules(HostAccess access) {
    this.access = access;
    preset = Preset.valueOf(access.preset());
    packages = access.packages();
    classes = access.classes();
  }

  /**
   * Gives the rules of a policy.
   *
   * @param access the policy
   * @return its rules
   */
  public static AccessRules of(HostAccess access) {
    AccessRules known = latest;
    if (!known.access.equals(access)) {
      known = new AccessRules(access);
      latest = known;
    }
    return known;
  }

  HostAccess access() {
    return access;
  }

  // ---- classes

  /**
   * Tells whether scripts may look a class up.
   *
   * @param type the class; of an array its elements count
   * @return whether they may
   */
  public boolean mayLookUp(Class<?> type) {
    Class<?> element = OpenTypes.element(type);
    return switch (preset) {
      case ALL -> true;
      case DEFAULT ->
          element.isPrimitive()
              || OpenTypes.isOpen(element)
              || isExported(element)
              || isAllowed(element);
      case EXPLICIT -> element.isPrimitive() || isExported(element) || isAllowed(element);
      case NONE -> isAllowed(element);
    };
  }

  /** Refuses a class that scripts may not look up. */
  void checkLookUp(Class<?> type) {
    if (!mayLookUp(type)) {
      throw refusal(type);
    }
  }

  /** Whether the builder allowed it. */
  private boolean isAllowed(Class<?> type) {
    if (classes.contains(type.getName())) {
      return true;
    }
    String name = type.getPackageName();
    return packages.stream()
        .anyMatch(allowed -> name.equals(allowed) || name.startsWith(allowed + "."));
  }

  /** The exception that says how to allow a class. */
  HostCallException refusal(Class<?> type) {
    Class<?> element = OpenTypes.element(type);
    return new HostCallException(
        Kind.PERMISSION, "scripts may not use " + element.getName() + under() + wayFor(element));
  }

  /** What is said of a member that does not exist for scripts, though it is public. */
  String hidden(String title, Class<?> owner) {
    String mark = preset == Preset.EXPLICIT ? "; annotate it with HostAccess.Export, or" : ";";
    return "scripts do not see " + title + under() + mark + wayFor(owner).substring(1);
  }

  private String under() {
    return preset == Preset.ALL ? "" : " under HostAccess." + preset;
  }

  private String wayFor(Class<?> element) {
    String builder =
        preset == Preset.DEFAULT ? "HostAccess.builder()" : "HostAccess." + preset + ".toBuilder()";
    String literal = ClassNames.canonical(element);
    String allowed = literal == null ? "\"" + element.getName() + "\"" : literal + ".class";
    return "; to allow it start Python with PythonConfig.builder().hostAccess("
        + builder
        + ".allowClass("
        + allowed
        + ").build())";
  }

  // ---- members

  /** What becomes of a public or exported member. */
  Decision of(Member member) {
    Class<?> owner = member.getDeclaringClass();
    return switch (preset) {
      case ALL -> Decision.OPEN;
      case DEFAULT -> isOpen(member) ? Decision.OPEN : Decision.REFUSED;
      case EXPLICIT -> isExported(member) || isAllowed(owner) ? Decision.OPEN : Decision.HIDDEN;
      case NONE -> isAllowed(owner) ? Decision.OPEN : Decision.HIDDEN;
    };
  }

  /** The class that has to be allowed for a member that is refused. */
  Class<?> wayTo(Member member) {
    Class<?> owner = member.getDeclaringClass();
    return isReflective(owner) || !isReflective(given(member)) ? owner : given(member);
  }

  private boolean isOpen(Member member) {
    Class<?> owner = member.getDeclaringClass();
    if (isExported(member) || isAllowed(owner)) {
      return true;
    }
    boolean ownsNone = member instanceof Constructor || Modifier.isStatic(member.getModifiers());
    return ownsNone ? isOpenStatic(member, owner) : !isReflective(owner) && !leadsAway(member);
  }

  /** The constants of an enum are values, like the object that led to them. */
  private boolean isOpenStatic(Member member, Class<?> owner) {
    boolean constant = member instanceof Field field && field.isEnumConstant();
    return constant
        || (mayLookUp(owner)
            && !leadsAway(member)
            && !OpenTypes.isRefused(owner.getName(), member.getName()));
  }

  private boolean leadsAway(Member member) {
    return isReflective(given(member));
  }

  private boolean isReflective(Class<?> type) {
    return OpenTypes.isReflective(type) && !isAllowed(OpenTypes.element(type));
  }

  private static Class<?> given(Member member) {
    if (member instanceof Method method) {
      return method.getReturnType();
    }
    return member instanceof Field field ? field.getType() : member.getDeclaringClass();
  }

  /** Whether protocols that read what an object holds are open: its length, its elements. */
  boolean mayRead(Class<?> type) {
    return preset == Preset.DEFAULT || preset == Preset.ALL || isAllowed(type) || isExported(type);
  }

  // ---- annotations

  /** Whether members that are not public are open where they are annotated. */
  boolean opensExported() {
    return preset == Preset.EXPLICIT || preset == Preset.ALL;
  }

  /** Whether the author opened it, or the method that it overrides. */
  static boolean isExported(Member member) {
    boolean here = member instanceof AnnotatedElement marked && isMarked(marked);
    return here
        || isExported(member.getDeclaringClass())
        || (member instanceof Method method && overridesExported(method));
  }

  private static boolean isExported(Class<?> type) {
    return isMarked(type);
  }

  static boolean isMarked(AnnotatedElement element) {
    return element.isAnnotationPresent(HostAccess.Export.class);
  }

  private static boolean overridesExported(Executable method) {
    if (Modifier.isStatic(method.getModifiers()) || isJdk(method.getDeclaringClass())) {
      return false;
    }
    return Supertypes.of(method.getDeclaringClass()).stream()
        .filter(type -> !isJdk(type))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .anyMatch(above -> Signatures.overrides(method, above) && isMarked(above));
  }

  /** The JDK annotates nothing; looking there would load its classes. */
  static boolean isJdk(Class<?> type) {
    return type.getName().startsWith("java.");
  }
}
