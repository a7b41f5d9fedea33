package io.gilgamesh.internal.find;

import io.gilgamesh.PythonStartException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the user's cache is. */
public final class CacheFolder {
  /** How to choose another folder: the end of every message about the cache. */
  public static final String SETTING =
      "choose another folder by the system property gilgamesh.cache or the environment variable"
          + " GILGAMESH_CACHE";

  private CacheFolder() {}

  /**
   * The cache of the user that runs this JVM. It need not exist.
   *
   * @param surroundings name it
   * @return the folder
   * @throws PythonStartException if the surroundings name none
   */
  public static Path of(Surroundings surroundings) {
    String name = chosen(surroundings);
    if (name == null) {
      throw new PythonStartException(
          "No folder for the cache: the user's home folder is unknown ('"
              + surroundings.home()
              + "'); "
              + SETTING);
    }
    try {
      return Path.of(name).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new PythonStartException(
          "The cache's folder is not a path: " + name + "; " + SETTING, e);
    }
  }

  private static @Nullable String chosen(Surroundings surroundings) {
    String property = surroundings.cacheProperty();
    if (property != null && !property.isBlank()) {
      return property;
    }
    String variable = surroundings.variable("GILGAMESH_CACHE");
    return variable != null ? variable : ofSystem(surroundings);
  }

  private static @Nullable String ofSystem(Surroundings surroundings) {
    if (Platform.isWindows()) {
      String local = surroundings.variable("LOCALAPPDATA");
      return local != null ? local.concat("\\gilgamesh") : null;
    }
    String xdg = surroundings.variable("XDG_CACHE_HOME");
    if (!Platform.isMac() && xdg != null && xdg.startsWith("/")) {
      return xdg.concat("/gilgamesh");
    }
    String home = surroundings.home();
    // A user without an entry in the user database has the home folder "?".
    if (!home.startsWith("/")) {
      return null;
    }
    return home.concat(Platform.isMac() ? "/Library/Caches/gilgamesh" : "/.cache/gilgamesh");
  }
}
