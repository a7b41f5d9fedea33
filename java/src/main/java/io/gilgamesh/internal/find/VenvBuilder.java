package io.gilgamesh.internal.find;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.PythonStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes virtual environments in the cache, named by the Python and the packages.
 *
 * <p>The scripts and settings of a virtual environment hold its path, so it cannot be filled under
 * another name and renamed like the folders of {@link ContentCache}. It is made in its place, under
 * a lock, and a marker written last says that it is complete: a folder without the marker, or with
 * that of something else, is what a killed process left, and is deleted.
 */
public final class VenvBuilder {
  private static final String MARKER = "gilgamesh-environment.txt";

  private final Surroundings surroundings;
  private final PythonConfig config;
  private final @Nullable Path cache;
  private final boolean offline;
  private final Duration timeout;
  private final Consumer<String> listener;

  /**
   * Makes a builder of environments.
   *
   * @param config chooses the Python
   * @param cache the folder to keep environments in, or null for the user's cache
   * @param offline whether the installer may not ask an index
   * @param timeout how long each step may take
   * @param listener told what happens
   */
  public VenvBuilder(
      PythonConfig config,
      @Nullable Path cache,
      boolean offline,
      Duration timeout,
      Consumer<String> listener) {
    this(config, cache, offline, timeout, listener, Surroundings.ofProcess());
  }

  VenvBuilder(
      PythonConfig config,
      @Nullable Path cache,
      boolean offline,
      Duration timeout,
      Consumer<String> listener,
      Surroundings surroundings) {
    this.config = config;
    this.cache = cache;
    this.offline = offline;
    this.timeout = timeout;
    this.listener = listener;
    this.surroundings = surroundings.withListener(listener);
  }

  /**
   * The environment's folder, made now if it does not exist.
   *
   * @param requirements checked, sorted and without duplicates
   * @return the folder, complete
   * @throws PythonEnvironmentException if it cannot be made
   * @throws PythonStartException if the chosen Python cannot be used
   */
  public Path folder(List<String> requirements) {
    PythonInstallation python = PythonFinder.find(config, surroundings);
    Path executable = python.executable();
    if (executable == null) {
      throw new PythonEnvironmentException(
          "Packages need an interpreter to install them, and "
              + python.library()
              + " has none: choose the executable of a Python");
    }
    String content = content(python, requirements);
    Path root = cache != null ? cache : CacheFolder.of(surroundings);
    Path folder = root.resolve("environments").resolve(Memory.fingerprint(content));
    return isComplete(folder, content) ? folder : made(folder, content, executable, requirements);
  }

  /** All that decides what an environment is. */
  private static String content(PythonInstallation python, List<String> requirements) {
    return "python "
        + python.version()
        + "\n"
        + python.basePrefix()
        + "\n"
        + python.library()
        + "\n"
        + String.join("\n", requirements)
        + "\n";
  }

  private static boolean isComplete(Path folder, String content) {
    try {
      return Files.readString(folder.resolve(MARKER)).equals(content)
          && Files.isExecutable(program(folder));
    } catch (IOException e) {
      return false;
    }
  }

  private static Path program(Path folder) {
    return Platform.isWindows()
        ? folder.resolve("Scripts").resolve("python.exe")
        : folder.resolve("bin").resolve("python");
  }

  private Path made(Path folder, String content, Path executable, List<String> requirements) {
    try {
      Path lock = folder.resolveSibling("." + folder.getFileName() + ".lock");
      return FolderLock.hold(
          lock,
          listener,
          () ->
              isComplete(folder, content)
                  ? folder
                  : make(folder, content, executable, requirements));
    } catch (IOException e) {
      throw new PythonEnvironmentException(
          "Cannot make the environment "
              + folder
              + ": "
              + ContentCache.reason(e)
              + ". The folder must be writable, with room for "
              + requirements
              + "; "
              + CacheFolder.SETTING,
          e);
    }
  }

  private Path make(Path folder, String content, Path executable, List<String> requirements)
      throws IOException {
    FileTree.delete(folder);
    boolean complete = false;
    try {
      listener.accept("Making the environment " + folder + " for " + requirements + " (once)");
      run("python -m venv", venv(executable, folder, requirements), requirements);
      if (!requirements.isEmpty()) {
        run("pip", install(program(folder), requirements), requirements);
      }
      Files.writeString(folder.resolve(MARKER), content);
      complete = true;
      return folder;
    } finally {
      if (!complete) {
        FileTree.deleteQuietly(folder);
      }
    }
  }

  /** Without packages pip is left out: it takes all but a moment of the time. */
  private static List<String> venv(Path executable, Path folder, List<String> requirements) {
    List<String> command = new ArrayList<>(List.of(executable.toString(), "-I", "-m", "venv"));
    if (requirements.isEmpty()) {
      command.add("--without-pip");
    }
    command.add(folder.toString());
    return command;
  }

  private List<String> install(Path program, List<String> requirements) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-I",
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-input",
                "--progress-bar",
                "off"));
    if (offline) {
      command.add("--no-index");
    }
    command.add("--");
    command.addAll(requirements);
    return command;
  }

  private void run(String name, List<String> command, List<String> requirements)
      throws IOException {
    Subprocess.Result result = Subprocess.run(command, timeout, listener);
    if (!result.succeeded()) {
      String how =
          result.timedOut()
              ? "did not end within " + timeout.toSeconds() + " s"
              : "failed with exit code " + result.exit();
      throw new PythonEnvironmentException(
          "Cannot make an environment with "
              + requirements
              + (offline ? " offline" : "")
              + ": "
              + name
              + " "
              + how
              + ":\n"
              + result.said());
    }
  }
}
