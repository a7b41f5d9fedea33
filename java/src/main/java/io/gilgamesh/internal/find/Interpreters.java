package io.gilgamesh.internal.find;

import io.gilgamesh.PythonStartException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Installed interpreters and virtual environments: what is at a path, by memory or by asking. */
public final class Interpreters {
  private final Surroundings surroundings;
  private final @Nullable Memory memory;

  Interpreters(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.memory = memory(surroundings);
  }

  /** Without a cache nothing is remembered: an installed Python works all the same. */
  private static @Nullable Memory memory(Surroundings surroundings) {
    try {
      return new Memory(CacheFolder.of(surroundings));
    } catch (PythonStartException e) {
      return null;
    }
  }

  Duration answerTime() {
    return surroundings.answerTime();
  }

  /**
   * Whatever a path names: a folder is a virtual environment, a library is one by its name, all
   * else an interpreter.
   */
  PythonInstallation any(Path path) throws UnusablePythonException {
    if (Files.isDirectory(path)) {
      return venv(path);
    }
    return Libraries.isNamedLikeOne(path) ? new Libraries(this).library(path) : executable(path);
  }

  PythonInstallation venv(Path folder) throws UnusablePythonException {
    if (!Files.isDirectory(folder)) {
      throw new UnusablePythonException(
          Files.exists(folder)
              ? "is a file, not the folder of a virtual environment"
              : "does not exist");
    }
    if (!Files.isRegularFile(folder.resolve("pyvenv.cfg"))) {
      throw new UnusablePythonException(
          "is not a virtual environment: it has no pyvenv.cfg" + whatElse(folder));
    }
    Path program =
        Platform.isWindows()
            ? folder.resolve("Scripts").resolve("python.exe")
            : folder.resolve("bin").resolve("python");
    if (!Files.exists(program)) {
      throw new UnusablePythonException(withoutProgram(program));
    }
    return executable(program);
  }

  private static String whatElse(Path folder) {
    Path program = folder.resolve("bin").resolve("python3");
    return Files.exists(program)
        ? "; it looks like an installed Python: choose its executable " + program
        : "; make one by python3 -m venv " + folder;
  }

  private static String withoutProgram(Path program) {
    String again = ": make the virtual environment again";
    if (!Files.exists(program, LinkOption.NOFOLLOW_LINKS)) {
      return "has no " + program + again;
    }
    try {
      return "was made from a Python that is gone: "
          + program
          + " points to "
          + Files.readSymbolicLink(program)
          + again;
    } catch (IOException | UnsupportedOperationException e) {
      return "has an interpreter that cannot be read, " + program + again;
    }
  }

  PythonInstallation executable(Path path) throws UnusablePythonException {
    Path program = Files.exists(path) ? path.toAbsolutePath() : onSearchPath(path);
    if (Files.isDirectory(program)) {
      throw new UnusablePythonException(
          "is a folder, not a program; a virtual environment is chosen as venv");
    }
    if (!Files.isExecutable(program)) {
      throw new UnusablePythonException("is not executable by this user");
    }
    String key = key(program);
    PythonInstallation known = known(key);
    return known != null ? known : asked(program, key);
  }

  private PythonInstallation asked(Path program, String key) throws UnusablePythonException {
    Answer answer = Question.ask(program, answerTime());
    PythonInstallation found = answer.judge();
    // A launcher, such as a shim of pyenv, may lead elsewhere tomorrow: only a program that names
    // itself is remembered.
    if (program.equals(found.executable())) {
      remember(key, found);
    }
    return found;
  }

  /**
   * All that the answer of an interpreter depends on: its file, and the environment's own if it is
   * one of a venv.
   */
  private static String key(Path program) throws UnusablePythonException {
    try {
      return "executable 1\n"
          .concat(Memory.stamp(program))
          .concat(venvSettings(program))
          .concat("\n--\n");
    } catch (IOException e) {
      throw new UnusablePythonException("cannot be read: " + ContentCache.reason(e), e);
    }
  }

  private static String venvSettings(Path program) throws IOException {
    Path folder = program.getParent();
    for (int level = 0; folder != null && level < 2; level++) {
      Path settings = folder.resolve("pyvenv.cfg");
      if (Files.exists(settings)) {
        return Files.readString(settings);
      }
      folder = folder.getParent();
    }
    return "";
  }

  @Nullable PythonInstallation known(String key) {
    return memory == null ? null : memory.installation(key);
  }

  void remember(String key, PythonInstallation found) {
    if (memory != null && Memory.canHold(found)) {
      memory.remember(key, found);
    }
  }

  private Path onSearchPath(Path name) throws UnusablePythonException {
    boolean bare = name.getParent() == null && !name.isAbsolute();
    List<Path> found = bare ? onSearchPath(name.toString()) : List.of();
    if (!found.isEmpty()) {
      return found.get(0);
    }
    throw new UnusablePythonException(bare ? "does not exist, nor on the PATH" : "does not exist");
  }

  List<Path> onSearchPath(String name) {
    return onSearchPath(name, surroundings);
  }

  /**
   * The programs of a name on the PATH, in its order. Relative entries are left out: they would run
   * what lies anywhere.
   *
   * @param name the program's name
   * @param surroundings have the PATH
   * @return the programs, none where there is none
   */
  public static List<Path> onSearchPath(String name, Surroundings surroundings) {
    List<Path> found = new ArrayList<>();
    String searchPath = surroundings.variable("PATH");
    if (searchPath == null) {
      return found;
    }
    for (String entry : searchPath.split(File.pathSeparator, -1)) {
      File file =
          new File(entry, Platform.isWindows() && !name.endsWith(".exe") ? name + ".exe" : name);
      if (new File(entry).isAbsolute()
          && file.isFile()
          && file.canExecute()
          && !found.contains(file.toPath())) {
        found.add(file.toPath());
      }
    }
    return found;
  }
}
