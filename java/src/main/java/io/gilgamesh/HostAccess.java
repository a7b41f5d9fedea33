package io.gilgamesh;

import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.host.AccessRules;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What scripts may do with Java: which classes they may look up, construct and call static members
 * of, and which members the objects have that they are handed. Immutable; two with the same
 * settings are equal.
 *
 * <ul>
 *   <li>{@link #NONE}: nothing. Java objects can be passed around, compared and printed.
 *   <li>{@link #EXPLICIT}: what is annotated by {@link Export}, and what the builder allows.
 *   <li>{@link #DEFAULT}: objects have their public members. Classes can be looked up where they
 *       are values, collections or exceptions of the JDK: of {@code java.lang} the boxes of
 *       primitive types, {@code String}, {@code StringBuilder}, {@code Math} and the common
 *       interfaces; {@code java.math}, {@code java.time}, {@code java.text}, {@code
 *       java.util.function}, {@code java.util.stream} and {@code java.util.regex}; of {@code
 *       java.util} the collections, {@code Optional}, {@code UUID}, {@code Random}, {@code Locale},
 *       dates and the like; the concurrent collections and atomic numbers; charsets and the buffers
 *       of {@code java.nio}; every exception whose package begins with {@code java.}. Never what
 *       reads files, opens connections, starts processes or threads, loads classes or reads the
 *       system's settings.
 *   <li>{@link #ALL}: every class and every public member. Scripts can do what the application can.
 * </ul>
 *
 * <p>Under each but {@link #ALL}, an object does not lead to reflection: {@code getClass()}, and
 * whatever else gives a {@code Class}, a {@code ClassLoader}, a {@code Module} or something of
 * {@code java.lang.reflect} or {@code java.lang.invoke}, is refused, and objects of these classes
 * have no members, unless the builder allows the class. A {@code Class} that comes all the same, as
 * an {@code Object} or in a collection, is to scripts the Python class of it, where they may look
 * that class up.
 *
 * <p>Members annotated by {@link Export} are open under every policy but {@link #NONE}, and under
 * {@link #EXPLICIT} and {@link #ALL} even where they, or their class, are not public.
 *
 * <pre>{@code
 * PythonConfig config = PythonConfig.builder()
 *     .hostAccess(HostAccess.builder().allowPackage("com.acme.orders").build())
 *     .build();
 * }</pre>
 *
 * <p>This keeps honest scripts from doing by mistake what they should not. It is no sandbox: Python
 * code can do whatever the process may do, by Python's own modules.
 */
public final class HostAccess {

  /** Nothing is open. */
  public static final HostAccess NONE = new HostAccess("NONE");

  /** What is annotated by {@link Export} is open. */
  public static final HostAccess EXPLICIT = new HostAccess("EXPLICIT");

  /** Objects have their public members, and the JDK's values and collections can be looked up. */
  public static final HostAccess DEFAULT = new HostAccess("DEFAULT");

  /** Everything public is open. */
  public static final HostAccess ALL = new HostAccess("ALL");

  /**
   * Opens a member, or a class with all its public members, to scripts. An overriding method is
   * open where the one that it overrides is.
   */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.CONSTRUCTOR})
  public @interface Export {}

  private final String preset;
  private final SortedSet<String> packages;
  private final SortedSet<String> classes;
  private final @Nullable ClassLoader classLoader;

  private HostAccess(String preset) {
    this(new Builder(preset));
  }

  private HostAccess(Builder builder) {
    preset = builder.preset;
    packages = new TreeSet<>(builder.packages);
    classes = new TreeSet<>(builder.classes);
    classLoader = builder.classLoader;
  }

  /**
   * Begins a policy from {@link #DEFAULT}.
   *
   * @return a builder, to be used by one thread
   */
  public static Builder builder() {
    return DEFAULT.toBuilder();
  }

  /**
   * Begins a policy from the settings of this one.
   *
   * @return a builder, to be used by one thread
   */
  public Builder toBuilder() {
    Builder builder = new Builder(preset);
    builder.packages.addAll(packages);
    builder.classes.addAll(classes);
    builder.classLoader = classLoader;
    return builder;
  }

  /**
   * The name of the constant that this policy began from.
   *
   * @return {@code NONE}, {@code EXPLICIT}, {@code DEFAULT} or {@code ALL}
   */
  public String preset() {
    return preset;
  }

  /**
   * The packages that the builder allowed.
   *
   * @return their names, sorted; a copy
   */
  public SortedSet<String> packages() {
    return new TreeSet<>(packages);
  }

  /**
   * The classes that the builder allowed.
   *
   * @return their binary names, such as {@code java.util.Map$Entry}, sorted; a copy
   */
  public SortedSet<String> classes() {
    return new TreeSet<>(classes);
  }

  /**
   * The class loader that scripts' classes are looked up by.
   *
   * @return the loader, or empty where it is the context loader of the thread that looks one up
   */
  public Optional<ClassLoader> classLoader() {
    return Optional.ofNullable(classLoader);
  }

  /**
   * Tells whether scripts may look up a class, and so construct it and call its static members.
   *
   * @param type the class; of an array its elements count
   * @return whether they may
   */
  public boolean allows(Class<?> type) {
    return AccessRules.of(this).mayLookUp(Parameters.required(type, "type"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HostAccess access
        && preset.equals(access.preset)
        && packages.equals(access.packages)
        && classes.equals(access.classes)
        && classLoader == access.classLoader;
  }

  @Override
  public int hashCode() {
    return Objects.hash(preset, packages, classes, System.identityHashCode(classLoader));
  }

  @Override
  public String toString() {
    return "HostAccess."
        + preset
        + (packages.isEmpty() ? "" : ", packages=" + packages)
        + (classes.isEmpty() ? "" : ", classes=" + classes)
        + (classLoader == null ? "" : ", classLoader=" + classLoader);
  }

  /** Collects settings. Not for use by several threads at once. */
  public static final class Builder {
    private final String preset;
    private final SortedSet<String> packages = new TreeSet<>();
    private final SortedSet<String> classes = new TreeSet<>();
    private @Nullable ClassLoader classLoader;

    private Builder(String preset) {
      this.preset = preset;
    }

    /**
     * Allows the public classes of a package and of the packages below it. What the package leads
     * to is allowed with it: {@code java.lang} has {@code Runtime} and {@code Class}.
     *
     * @param name the package, such as {@code com.acme.orders}
     * @return this builder
     * @throws IllegalArgumentException if it is no name of a package
     */
    public Builder allowPackage(String name) {
      packages.add(checked(Parameters.required(name, "name")));
      return this;
    }

    /**
     * Allows a class. Its nested classes are allowed by their own names.
     *
     * @param type the class
     * @return this builder
     * @throws IllegalArgumentException if it is an array or a primitive type
     */
    public Builder allowClass(Class<?> type) {
      if (Parameters.required(type, "type").isArray() || type.isPrimitive()) {
        throw new IllegalArgumentException("no class: " + type.getTypeName());
      }
      classes.add(type.getName());
      return this;
    }

    /**
     * Allows a class that need not be there yet.
     *
     * @param name its binary name, such as {@code com.acme.Order$Line}
     * @return this builder
     * @throws IllegalArgumentException if it is no name of a class
     */
    public Builder allowClass(String name) {
      classes.add(checked(Parameters.required(name, "name")));
      return this;
    }

    /**
     * Sets the class loader that scripts' classes are looked up by. By default it is the context
     * loader of the thread that looks one up.
     *
     * @param loader the loader
     * @return this builder
     */
    public Builder classLoader(ClassLoader loader) {
      this.classLoader = Parameters.required(loader, "loader");
      return this;
    }

    /**
     * Makes the policy.
     *
     * @return the policy
     */
    public HostAccess build() {
      return new HostAccess(this);
    }

    private static String checked(String name) {
      for (String part : name.split("\\.", -1)) {
        boolean fits =
            !part.isEmpty()
                && Character.isJavaIdentifierStart(part.charAt(0))
                && part.chars().allMatch(Character::isJavaIdentifierPart);
        if (!fits) {
          throw new IllegalArgumentException("no name of a package or class: '" + name + "'");
        }
      }
      return name;
    }
  }
}
