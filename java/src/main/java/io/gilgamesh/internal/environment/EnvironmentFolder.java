package io.gilgamesh.internal.environment;

import io.gilgamesh.internal.find.FileTree;
import io.gilgamesh.internal.find.Memory;
import io.gilgamesh.internal.find.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the parts of a virtual environment in the cache are. The two files beside it outlive it:
 * deleting a file that others lock would let two processes lock two files of one name.
 *
 * @param path the environment itself
 */
record EnvironmentFolder(Path path) {
  static final String MARKER = "gilgamesh-environment.txt";

  private static final String ALL = "environments";

  /** The folder of all environments in a cache. */
  static Path all(Path root) {
    return root.resolve(ALL);
  }

  static EnvironmentFolder of(Path root, String content) {
    return new EnvironmentFolder(all(root).resolve(Memory.fingerprint(content)));
  }

  Path program() {
    return Platform.isWindows()
        ? path.resolve("Scripts").resolve("python.exe")
        : path.resolve("bin").resolve("python");
  }

  /** Where packages are installed. */
  Path sitePackages() throws IOException {
    if (Platform.isWindows()) {
      return path.resolve("Lib").resolve("site-packages");
    }
    for (Path python : FileTree.beginningWith(path.resolve("lib"), "python")) {
      if (Files.isDirectory(python.resolve("site-packages"))) {
        return python.resolve("site-packages");
      }
    }
    throw new IOException("no site-packages in " + path.resolve("lib"));
  }

  /**
   * Holds all that decides what the environment is, says that it is complete, and since when it is
   * unused.
   */
  Path marker() {
    return path.resolve(MARKER);
  }

  /** Locked by who makes it. */
  Path lock() {
    return beside(".lock");
  }

  /** Locked by who uses it. */
  Path use() {
    return beside(".use");
  }

  private Path beside(String ending) {
    return path.resolveSibling("." + path.getFileName() + ending);
  }
}
