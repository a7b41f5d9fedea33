package io.gilgamesh;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * An environment in the cache, as {@link PythonEnvironment#all()} found it.
 *
 * @param folder the virtual environment
 * @param requirements what it was made for, sorted, unmodifiable, without passwords
 * @param python the version of its Python, such as {@code 3.13.0}
 * @param bytes the size of its files; files that uv shares among environments count in each
 * @param lastUsed when it was last made or taken by a program
 * @param inUse whether a process that made or took it still lives
 */
public record PythonEnvironmentInfo(
    Path folder,
    List<String> requirements,
    String python,
    long bytes,
    Instant lastUsed,
    boolean inUse) {

  /**
   * Describes an environment.
   *
   * @param folder the virtual environment
   * @param requirements what it was made for
   * @param python the version of its Python
   * @param bytes the size of its files
   * @param lastUsed when it was last made or taken
   * @param inUse whether a process that made or took it still lives
   */
  public PythonEnvironmentInfo {
    requirements = List.copyOf(requirements);
  }
}
