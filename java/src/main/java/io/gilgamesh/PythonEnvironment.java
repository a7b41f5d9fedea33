package io.gilgamesh;

import io.gilgamesh.internal.environment.EnvironmentMaker;
import io.gilgamesh.internal.environment.EnvironmentRequest;
import io.gilgamesh.internal.environment.EnvironmentStore;
import io.gilgamesh.internal.environment.RequirementTexts;
import io.gilgamesh.internal.environment.Settings;
import io.gilgamesh.internal.find.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Packages for a Python: a virtual environment in the user's cache, made once and used again by
 * every program that asks for the same packages of the same Python.
 *
 * <pre>{@code
 * PythonEnvironment packages = PythonEnvironment.builder().requirements("numpy==2.1.0", "pandas").create();
 * try (Python python = Python.start(packages.config())) { ... }
 * }</pre>
 *
 * <p>The packages are installed by pip or uv in a process of its own, from where pip's
 * configuration and environment variables say. An environment that exists is taken as it is,
 * without contacting anything: a requirement without a version is what it was when the environment
 * was made, unless a {@linkplain Builder#lock lock file} says what it is. Immutable and usable by
 * any thread.
 *
 * <p>An environment is in use by each process that made or took it by {@link Builder#create()},
 * until that process ends, however it ends. {@link #cleanUp(Duration)} deletes none that is in use.
 */
public final class PythonEnvironment {
  private final Path folder;
  private final List<String> requirements;
  private final Settings settings;

  private PythonEnvironment(EnvironmentMaker.Made made, Settings settings) {
    this.folder = made.folder();
    this.requirements = made.requirements();
    this.settings = settings;
  }

  /**
   * Begins an environment.
   *
   * @return a builder, to be used by one thread
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The virtual environment.
   *
   * @return its folder; not to be changed, since other programs use it too
   */
  public Path folder() {
    return folder;
  }

  /**
   * What it was made for.
   *
   * @return the requirements, those of files too, sorted, unmodifiable
   */
  public List<String> requirements() {
    return requirements;
  }

  /**
   * The configuration to start Python with: that of the builder, with this environment in place of
   * its choice of a Python.
   *
   * @return a configuration
   */
  public PythonConfig config() {
    return settings.python().toBuilder().onlyVenv(folder).build();
  }

  /**
   * What is installed in it, read from the packages' metadata.
   *
   * @return the packages, sorted by name, unmodifiable
   * @throws PythonEnvironmentException if they cannot be read
   */
  public List<PythonPackage> installed() {
    return EnvironmentStore.installed(folder);
  }

  /**
   * Checks that the environment is complete, that its interpreter is there and of the same version,
   * that each installed file is there with its size, and that the packages fit together, which an
   * installer is asked.
   *
   * @return what is wrong, if anything
   */
  public PythonEnvironmentCheck check() {
    return EnvironmentStore.check(settings, folder);
  }

  /**
   * The complete environments in the user's cache. Takes time with the number of their files, since
   * their size is measured.
   *
   * @return what is known of each, unmodifiable
   * @throws PythonEnvironmentException if the cache cannot be read
   */
  public static List<PythonEnvironmentInfo> all() {
    return List.copyOf(new EnvironmentStore(null).all());
  }

  /**
   * The complete environments in a cache.
   *
   * @param cache the folder that was given to {@link Builder#cache}
   * @return what is known of each, unmodifiable
   * @throws PythonEnvironmentException if the cache cannot be read
   */
  public static List<PythonEnvironmentInfo> all(Path cache) {
    return List.copyOf(new EnvironmentStore(cache.toAbsolutePath()).all());
  }

  /**
   * Deletes environments of the user's cache that no program has made or taken for some time, and
   * what killed processes left. None that is in use by a living process is deleted.
   *
   * @param unusedFor how long an environment must not have been used; zero for all unused ones
   * @return what was deleted, and what could not be
   * @throws PythonEnvironmentException if the cache cannot be read
   * @throws IllegalArgumentException if the time is negative
   */
  public static PythonEnvironmentCleanUp cleanUp(Duration unusedFor) {
    return new EnvironmentStore(null).cleanUp(unusedFor);
  }

  /**
   * Deletes environments of a cache, as {@link #cleanUp(Duration)} does.
   *
   * @param cache the folder that was given to {@link Builder#cache}
   * @param unusedFor how long an environment must not have been used; zero for all unused ones
   * @return what was deleted, and what could not be
   * @throws PythonEnvironmentException if the cache cannot be read
   * @throws IllegalArgumentException if the time is negative
   */
  public static PythonEnvironmentCleanUp cleanUp(Path cache, Duration unusedFor) {
    return new EnvironmentStore(cache.toAbsolutePath()).cleanUp(unusedFor);
  }

  @Override
  public String toString() {
    return "PythonEnvironment[" + folder + ", requirements=" + requirements + "]";
  }

  /** Collects what the environment shall hold. Not for use by several threads at once. */
  public static final class Builder {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final List<String> requirements = new ArrayList<>();
    private final List<Path> requirementFiles = new ArrayList<>();
    private final List<String> constraints = new ArrayList<>();
    private final List<Path> constraintFiles = new ArrayList<>();
    private @Nullable Path lock;
    private PythonConfig python = PythonConfig.defaults();
    private @Nullable Path cache;
    private boolean offline;
    private Duration timeout = TIMEOUT;
    private Consumer<String> listener = line -> {};
    private Consumer<PythonEnvironmentProgress> progress = step -> {};
    private PythonInstaller installer = PythonInstaller.AUTO;
    private @Nullable Path uv;

    private Builder() {}

    /**
     * Adds requirements as pip understands them, such as {@code numpy==2.1.0} or {@code
     * pandas>=2,<3}. What a path or a URL leads to is not watched: only its text decides whether an
     * environment is used again.
     *
     * @param requirements the requirements
     * @return this builder
     * @throws IllegalArgumentException if one is blank, is or holds an option of pip, or has
     *     several lines
     */
    public Builder requirements(String... requirements) {
      return requirements(List.of(requirements));
    }

    /**
     * Adds requirements as {@link #requirements(String...)} does.
     *
     * @param requirements the requirements
     * @return this builder
     * @throws IllegalArgumentException if one is blank, is or holds an option of pip, or has
     *     several lines
     */
    public Builder requirements(List<String> requirements) {
      requirements.forEach(text -> this.requirements.add(RequirementTexts.checked(text)));
      return this;
    }

    /**
     * Adds a requirements file in pip's format, read by {@link #create()}. What it says, with the
     * files that it includes, decides which environment it is: a changed file gives another one.
     * Editable requirements, relative paths and included URLs are refused.
     *
     * @param file the file, in UTF-8
     * @return this builder
     */
    public Builder requirementsFile(Path file) {
      requirementFiles.add(file.toAbsolutePath().normalize());
      return this;
    }

    /**
     * Adds constraints: versions for packages that are installed only if something needs them.
     *
     * @param constraints constraints as pip understands them, such as {@code numpy<2}
     * @return this builder
     * @throws IllegalArgumentException if one is blank, is or holds an option of pip, or has
     *     several lines
     */
    public Builder constraints(String... constraints) {
      for (String text : constraints) {
        this.constraints.add(RequirementTexts.checked(text));
      }
      return this;
    }

    /**
     * Adds a constraints file in pip's format, read by {@link #create()} as {@link
     * #requirementsFile} says.
     *
     * @param file the file, in UTF-8
     * @return this builder
     */
    public Builder constraints(Path file) {
      constraintFiles.add(file.toAbsolutePath().normalize());
      return this;
    }

    /**
     * Installs exactly what a lock file says, each package checked by its hash. The file must have
     * been made by {@link #updateLock()} from the same requirements and constraints, for the same
     * Python version and platform.
     *
     * @param file the lock file, which is a requirements file that pip can use by itself
     * @return this builder
     */
    public Builder lock(Path file) {
      lock = file.toAbsolutePath().normalize();
      return this;
    }

    /**
     * Finds versions for all packages that are needed, and writes them with their hashes to the
     * lock file, in place of what it said. Makes no environment.
     *
     * @return this builder
     * @throws IllegalStateException if no {@link #lock} is set
     * @throws PythonEnvironmentException if there are no such versions, one has no hash, or the
     *     file cannot be written
     * @throws PythonStartException if the chosen Python cannot be used
     */
    public Builder updateLock() {
      new EnvironmentMaker(settings(), request()).updateLock();
      return this;
    }

    /**
     * Chooses who installs. The environment is the same one: a package that pip has installed is
     * not installed again by uv.
     *
     * @param installer the installer, {@link PythonInstaller#AUTO} by default
     * @return this builder
     */
    public Builder installer(PythonInstaller installer) {
      this.installer = Objects.requireNonNull(installer, "installer");
      return this;
    }

    /**
     * Names the program of uv, for where it is not on the {@code PATH}.
     *
     * @param program the program
     * @return this builder
     */
    public Builder uv(Path program) {
      this.uv = program.toAbsolutePath();
      return this;
    }

    /**
     * Chooses the Python to make the environment from, and the other settings of {@link
     * PythonEnvironment#config()}.
     *
     * @param python a configuration; the defaults search for a Python
     * @return this builder
     */
    public Builder python(PythonConfig python) {
      this.python = Objects.requireNonNull(python, "python");
      return this;
    }

    /**
     * Chooses another folder than the user's cache to keep environments in.
     *
     * @param cache a folder, made if it does not exist
     * @return this builder
     */
    public Builder cache(Path cache) {
      this.cache = cache.toAbsolutePath();
      return this;
    }

    /**
     * Forbids the installer to ask an index. An environment that exists never asks; a new one can
     * then be made only from folders of packages that pip is configured to look in ({@code
     * PIP_FIND_LINKS}), and by uv from what its cache has.
     *
     * @param offline whether to stay offline
     * @return this builder
     */
    public Builder offline(boolean offline) {
      this.offline = offline;
      return this;
    }

    /**
     * Sets how long making the environment may take.
     *
     * @param timeout the time for each of its steps, 30 minutes by default
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder timeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("timeout is not positive: " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Sets who is told what happens while an environment is made, line by line: on the caller's
     * thread, and the installer's lines on a thread for each of its two streams. One that throws on
     * such a thread is told nothing more of that stream.
     *
     * @param listener the listener
     * @return this builder
     */
    public Builder listener(Consumer<String> listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets who is told how far the making of an environment is. Told on several threads, one at a
     * time; one that throws is told nothing more.
     *
     * @param listener the listener
     * @return this builder
     */
    public Builder progress(Consumer<PythonEnvironmentProgress> listener) {
      this.progress = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Makes the environment, or takes it where it exists. Blocks until it is there; while another
     * process makes the same one, until that is done.
     *
     * @return the environment
     * @throws PythonEnvironmentException if it cannot be made; the message holds the installer's
     *     own, and nothing is left behind
     * @throws PythonStartException if the chosen Python cannot be used
     */
    public PythonEnvironment create() {
      Settings settings = settings();
      return new PythonEnvironment(new EnvironmentMaker(settings, request()).make(), settings);
    }

    private Settings settings() {
      Surroundings surroundings = Surroundings.ofProcess();
      return new Settings(
          python, cache, offline, timeout, listener, progress, installer, uv, surroundings);
    }

    private EnvironmentRequest request() {
      return new EnvironmentRequest(
          requirements, requirementFiles, constraints, constraintFiles, lock);
    }
  }
}
