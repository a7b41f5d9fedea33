package io.gilgamesh.internal.find;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonDiagnosis;
import io.gilgamesh.PythonStartException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Python that a configuration means. The order: the configuration, {@code
 * GILGAMESH_PYTHON}, {@code VIRTUAL_ENV}, the embedded CPython on the class path or beside the jar
 * of Gilgamesh, {@code python3} on the {@code PATH}.
 *
 * <p>Most starts mean the embedded CPython and find it unpacked. They take a way of their own past
 * the search, since loading the search's classes is most of what a search costs. It is the same
 * answer by fewer classes: no lambda, no exception of ours, nothing but the memory.
 */
public final class PythonFinder {
  private PythonFinder() {}

  /**
   * Finds and prepares a Python. Takes a few milliseconds for one that is known; asks an
   * interpreter in a process of its own, or unpacks the embedded one, the first time.
   *
   * @param config what was chosen
   * @return a Python that can be loaded
   * @throws PythonStartException if the chosen one cannot be used, or none was found; the message
   *     lists all that was tried
   */
  public static PythonInstallation find(PythonConfig config) {
    Surroundings surroundings = Surroundings.ofProcess();
    PythonInstallation known = known(config, surroundings);
    return known != null ? known : Search.find(config, surroundings.withJarFolder(OwnJar.folder()));
  }

  /**
   * Finds and prepares a Python as {@link #find(PythonConfig)} does.
   *
   * @param config what was chosen
   * @param surroundings what the search looks at
   * @return a Python that can be loaded
   * @throws PythonStartException if the chosen one cannot be used, or none was found
   */
  public static PythonInstallation find(PythonConfig config, Surroundings surroundings) {
    PythonInstallation known = known(config, surroundings);
    return known != null ? known : Search.find(config, surroundings);
  }

  /**
   * Tells how a Python would be found. Loads and unpacks nothing, and never throws.
   *
   * @param config what was chosen
   * @return every candidate with what became of it
   */
  public static PythonDiagnosis diagnose(PythonConfig config) {
    return Search.diagnose(config, Surroundings.ofProcess().withJarFolder(OwnJar.folder()));
  }

  /**
   * The embedded CPython, where nothing is chosen before it, its jar stands on the class path by
   * name and is unpacked.
   */
  private static @Nullable PythonInstallation known(
      PythonConfig config, Surroundings surroundings) {
    Path jar = choosesNothing(config, surroundings) ? surroundings.jarByName() : null;
    if (jar == null) {
      return null;
    }
    try {
      return new Memory(CacheFolder.of(surroundings)).installation(Memory.embeddedKey(jar));
    } catch (IOException e) {
      // The search finds out and tells.
      return null;
    }
  }

  private static boolean choosesNothing(PythonConfig config, Surroundings surroundings) {
    return config.executable().isEmpty()
        && config.venv().isEmpty()
        && config.libpython().isEmpty()
        && surroundings.variable("GILGAMESH_PYTHON") == null
        && surroundings.variable("VIRTUAL_ENV") == null;
  }
}
