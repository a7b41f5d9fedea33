package io.gilgamesh.internal.find;

import io.gilgamesh.internal.find.PythonInstallation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Python chosen by its shared library: the interpreter that belongs to it is looked for beside
 * it.
 */
final class Libraries {
  private static final Pattern NAME =
      Pattern.compile("(?:lib)?python3\\.?(\\d+)([a-z]*)[.](?:so|dylib|dll).*");
  private static final Pattern STUB = Pattern.compile("(?:lib)?python3[a-z]*[.](?:so|dylib|dll).*");
  private static final String CHOOSE = "choose a file such as libpython3.12.so.1.0";

  private final Interpreters interpreters;

  Libraries(Interpreters interpreters) {
    this.interpreters = interpreters;
  }

  static boolean isNamedLikeOne(Path path) {
    Path name = path.getFileName();
    String text = name == null ? "" : name.toString();
    return text.startsWith("libpython") || text.endsWith(".dylib") || text.endsWith(".dll");
  }

  PythonInstallation library(Path path) throws UnusablePythonException {
    Path library = path.toAbsolutePath().normalize();
    if (!Files.isRegularFile(library)) {
      throw new UnusablePythonException(
          Files.exists(library) ? "is not a file; " + CHOOSE : "does not exist");
    }
    String key = key(library);
    PythonInstallation known = interpreters.known(key);
    if (known != null) {
      return known;
    }
    PythonInstallation found = found(library);
    interpreters.remember(key, found);
    return found;
  }

  private static String key(Path library) throws UnusablePythonException {
    try {
      return "library 1\n" + Memory.stamp(library) + "--\n";
    } catch (IOException e) {
      throw new UnusablePythonException("cannot be read: " + ContentCache.reason(e), e);
    }
  }

  private PythonInstallation found(Path library) throws UnusablePythonException {
    int minor = minorVersion(library);
    Answer.judgeProcessor(library);
    Answer answer = interpreterOf(library, minor);
    return answer != null ? answer.judge(library) : alone(library, minor);
  }

  /**
   * The second number of the version, from the name: without an interpreter nothing else tells it
   * before loading.
   */
  private static int minorVersion(Path library) throws UnusablePythonException {
    String name = String.valueOf(library.getFileName());
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      boolean stub = STUB.matcher(name).matches();
      throw new UnusablePythonException(
          (stub
                  ? "only forwards to another library"
                  : "is not named like a shared library of CPython")
              + "; "
              + CHOOSE);
    }
    if (matcher.group(2).contains("t")) {
      throw new UnusablePythonException(
          "is the library of a free-threaded build, which Gilgamesh cannot use; " + CHOOSE);
    }
    int minor = Integer.parseInt(matcher.group(1));
    if (minor < 11) {
      throw new UnusablePythonException(
          "is the library of Python 3." + minor + ", which is too old; " + Answer.VERSIONS);
    }
    return minor;
  }

  /**
   * What an interpreter of the same version beside the library says, or null where there is none
   * that works.
   */
  private @Nullable Answer interpreterOf(Path library, int minor) {
    for (Path folder : above(library)) {
      for (String name : List.of("bin/python3." + minor, "bin/python3", "python.exe")) {
        Answer answer = answerOf(folder.resolve(name));
        if (answer != null && answer.hexVersion() >>> 16 == (0x0300 | minor)) {
          return answer;
        }
      }
    }
    return null;
  }

  private @Nullable Answer answerOf(Path program) {
    if (!Files.isExecutable(program)) {
      return null;
    }
    try {
      return Question.ask(program, interpreters.answerTime());
    } catch (UnusablePythonException e) {
      // Not the interpreter of this library then: it may still be started by its home folder.
      return null;
    }
  }

  private static PythonInstallation alone(Path library, int minor) throws UnusablePythonException {
    for (Path folder : above(library)) {
      if (Files.exists(folder.resolve("lib/python3." + minor + "/os.py"))
          || Files.exists(folder.resolve("Lib/os.py"))) {
        return new PythonInstallation(
            Kind.LIBRARY,
            null,
            library,
            "3." + minor,
            (0x0300 | minor) << 16,
            folder,
            folder,
            folder);
      }
    }
    throw new UnusablePythonException(
        "belongs to no interpreter and no standard library (looked for bin/python3."
            + minor
            + " and lib/python3."
            + minor
            + " in "
            + above(library)
            + "): choose the executable of its Python");
  }

  private static List<Path> above(Path library) {
    List<Path> folders = new ArrayList<>();
    Path folder = library.getParent();
    for (int level = 0; folder != null && level < 3; level++) {
      folders.add(folder);
      folder = folder.getParent();
    }
    return folders;
  }
}
