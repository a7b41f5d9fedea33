package io.gilgamesh.internal.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folders for the files that an installer is given. In the cache and not among the system's
 * temporary files: uv takes settings from files in the folders above, which nobody else may write.
 */
final class WorkFolder {
  static final String BEGINNING = ".work-";

  private WorkFolder() {}

  static Path make(Path root) throws IOException {
    Path all = Files.createDirectories(EnvironmentFolder.all(root));
    return Files.createTempDirectory(all, BEGINNING).toAbsolutePath();
  }
}
