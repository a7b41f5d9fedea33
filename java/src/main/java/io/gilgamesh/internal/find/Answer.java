package io.gilgamesh.internal.find;

import io.gilgamesh.internal.find.PythonInstallation.Kind;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an interpreter said of itself, and whether Gilgamesh can use it. */
final class Answer {
  static final String VERSIONS = "Gilgamesh needs CPython 3.11 or newer: choose or install one";

  private static final String FIRST_LINE = "gilgamesh-answer";
  private static final int OLDEST = 0x030b0000;

  private final Map<String, String> facts;

  private Answer(Map<String, String> facts) {
    this.facts = facts;
  }

  /** Reads the lines that {@link Question} prints; empty where they are not all there. */
  static Optional<Answer> parse(String output) {
    int begin = output.indexOf(FIRST_LINE + "\n");
    if (begin < 0) {
      return Optional.empty();
    }
    Map<String, String> facts = new HashMap<>();
    for (String line : output.substring(begin).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        facts.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    boolean complete = facts.containsKey("arch") && fact(facts, "hexversion").matches("\\d+");
    return complete ? Optional.of(new Answer(facts)) : Optional.empty();
  }

  private static String fact(Map<String, String> facts, String name) {
    return facts.getOrDefault(name, "");
  }

  String fact(String name) {
    return fact(facts, name);
  }

  int hexVersion() {
    return (int) Long.parseLong(fact("hexversion"));
  }

  /** The installation, if it is one that can be used with its own library. */
  PythonInstallation judge() throws UnusablePythonException {
    judgeBuild();
    if (fact("library").isEmpty()) {
      throw new UnusablePythonException(withoutLibrary());
    }
    return judge(path("library"));
  }

  /** The installation with a given library. */
  PythonInstallation judge(Path library) throws UnusablePythonException {
    judgeBuild();
    judgeProcessor(library);
    Path prefix = path("prefix");
    Path base = path("base");
    Kind kind = prefix.equals(base) ? Kind.EXECUTABLE : Kind.VENV;
    return new PythonInstallation(
        kind, path("executable"), library, fact("version"), hexVersion(), prefix, base, null);
  }

  private void judgeBuild() throws UnusablePythonException {
    if (!fact("implementation").equals("cpython")) {
      throw new UnusablePythonException(
          "is " + fact("implementation") + " " + fact("version") + ", not CPython; " + VERSIONS);
    }
    if (hexVersion() < OLDEST) {
      throw new UnusablePythonException(
          "is Python " + fact("version") + ", which is too old; " + VERSIONS);
    }
    if (fact("freethreaded").equals("1")) {
      throw new UnusablePythonException(
          "is a free-threaded build of Python "
              + fact("version")
              + ", which cannot load extensions for the stable ABI, and Gilgamesh is one: choose"
              + " the build with the GIL");
    }
  }

  static void judgeProcessor(Path library) throws UnusablePythonException {
    try {
      String processor = Platform.processorOf(library);
      if (processor != null && !processor.equals(Platform.processorName())) {
        throw new UnusablePythonException(
            library
                + " is built for "
                + processor
                + ", but this JVM runs on "
                + Platform.name()
                + ": choose a Python for the same processor, or a JVM for the other");
      }
    } catch (IOException e) {
      throw new UnusablePythonException(
          "cannot read its library " + library + ": " + ContentCache.reason(e), e);
    }
  }

  private String withoutLibrary() {
    String what = "is Python " + fact("version");
    String minor = fact("version").replaceAll("^(\\d+\\.\\d+).*$", "$1");
    if (fact("shared").equals("1")) {
      return what
          + ", built with a shared library that is not installed (looked in "
          + fact("tried")
          + "): install the package that holds libpython"
          + minor
          + ", on Debian and Ubuntu libpython"
          + minor;
    }
    return what
        + ", built without a shared library (no libpython in "
        + fact("tried")
        + "): build it with --enable-shared (with pyenv: PYTHON_CONFIGURE_OPTS=--enable-shared"
        + " pyenv install "
        + minor
        + "), on Debian and Ubuntu install libpython"
        + minor
        + ", or choose another";
  }

  Path path(String name) throws UnusablePythonException {
    try {
      return Path.of(fact(name));
    } catch (InvalidPathException e) {
      throw new UnusablePythonException(
          "has a path that this JVM cannot express: "
              + fact(name)
              + "; run the JVM with a UTF-8 locale, such as LC_ALL=C.UTF-8",
          e);
    }
  }
}
