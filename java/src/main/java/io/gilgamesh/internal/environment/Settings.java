package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonEnvironmentProgress;
import io.gilgamesh.PythonInstaller;
import io.gilgamesh.internal.find.CacheFolder;
import io.gilgamesh.internal.find.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How environments are made.
 *
 * @param python chooses the Python
 * @param cache the folder to keep environments in, or null for the user's cache
 * @param offline whether the installer may not ask an index
 * @param timeout how long each step may take
 * @param listener told what happens, line by line
 * @param progress told how far it is
 * @param installer who installs
 * @param uv the program of uv, or null to look for it on the PATH
 * @param surroundings what a search looks at
 */
public record Settings(
    PythonConfig python,
    @Nullable Path cache,
    boolean offline,
    Duration timeout,
    Consumer<String> listener,
    Consumer<PythonEnvironmentProgress> progress,
    PythonInstaller installer,
    @Nullable Path uv,
    Surroundings surroundings) {

  /** The cache. */
  Path root() {
    return root(cache, surroundings);
  }

  static Path root(@Nullable Path cache, Surroundings surroundings) {
    return cache != null ? cache : CacheFolder.of(surroundings);
  }

  /** The surroundings of a search that tells what takes long. */
  Surroundings telling() {
    return surroundings.withListener(listener);
  }
}
