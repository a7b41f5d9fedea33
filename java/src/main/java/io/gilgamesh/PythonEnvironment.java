package io.gilgamesh;

import io.gilgamesh.internal.find.VenvBuilder;
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
 * <p>The packages are installed by pip in a process of its own, with pip's own configuration and
 * environment variables. An environment that exists is taken as it is, without contacting anything:
 * a requirement without a version is what it was when the environment was made. Immutable and
 * usable by any thread.
 */
public final class PythonEnvironment {
  private final Path folder;
  private final List<String> requirements;
  private final PythonConfig config;

  private PythonEnvironment(Path folder, List<String> requirements, PythonConfig config) {
    this.folder = folder;
    this.requirements = requirements;
    this.config = config;
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
   * What is installed in it.
   *
   * @return the requirements, sorted, unmodifiable
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
    return config;
  }

  @Override
  public String toString() {
    return "PythonEnvironment[" + folder + ", requirements=" + requirements + "]";
  }

  /** Collects what the environment shall hold. Not for use by several threads at once. */
  public static final class Builder {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final List<String> requirements = new ArrayList<>();
    private PythonConfig python = PythonConfig.defaults();
    private @Nullable Path cache;
    private boolean offline;
    private Duration timeout = TIMEOUT;
    private Consumer<String> listener = line -> {};

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
      requirements.forEach(requirement -> this.requirements.add(checked(requirement)));
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
     * PIP_FIND_LINKS}).
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
     * Makes the environment, or takes it where it exists. Blocks until it is there; while another
     * process makes the same one, until that is done.
     *
     * @return the environment
     * @throws PythonEnvironmentException if it cannot be made; the message holds the installer's
     *     own, and nothing is left behind
     * @throws PythonStartException if the chosen Python cannot be used
     */
    public PythonEnvironment create() {
      List<String> sorted = requirements.stream().distinct().sorted().toList();
      Path folder = new VenvBuilder(python, cache, offline, timeout, listener).folder(sorted);
      return new PythonEnvironment(folder, sorted, python.toBuilder().onlyVenv(folder).build());
    }

    private static String checked(String requirement) {
      String text = requirement.strip();
      if (text.isEmpty()) {
        throw new IllegalArgumentException("a requirement is blank");
      }
      if (text.startsWith("-") || text.matches("(?s).*\\s-.*")) {
        throw new IllegalArgumentException(
            "not a requirement but an option of pip: '"
                + text
                + "'; set options in pip's configuration or PIP_ environment variables");
      }
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "a requirement holds control characters: '"
                + text
                + "'; give each requirement by itself");
      }
      return text;
    }
  }
}
