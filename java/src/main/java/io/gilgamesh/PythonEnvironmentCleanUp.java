package io.gilgamesh;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link PythonEnvironment#cleanUp(java.time.Duration)} did.
 *
 * @param deleted the folders that are gone, unmodifiable
 * @param bytes the size that their files had
 * @param failures what could not be deleted, and why, one sentence each, unmodifiable
 */
public record PythonEnvironmentCleanUp(List<Path> deleted, long bytes, List<String> failures) {

  /**
   * Keeps what was done.
   *
   * @param deleted the folders that are gone
   * @param bytes the size that their files had
   * @param failures what could not be deleted
   */
  public PythonEnvironmentCleanUp {
    deleted = List.copyOf(deleted);
    failures = List.copyOf(failures);
  }
}
