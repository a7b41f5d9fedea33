package io.gilgamesh.internal.find;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Pythons of the machine that runs the tests: those that GILGAMESH_TEST_PYTHONS lists, those of
 * pyenv, and those on the PATH.
 */
public final class TestPythons {
  private static final List<Path> ALL = discover();

  private TestPythons() {}

  /** Interpreters that can be used, at most one for each version. */
  public static List<Path> usable() {
    List<Path> found = new ArrayList<>();
    List<String> versions = new ArrayList<>();
    for (Path python : ALL) {
      try {
        String version = new Interpreters(TestSurroundings.bare()).executable(python).version();
        if (!versions.contains(version)) {
          versions.add(version);
          found.add(python);
        }
      } catch (UnusablePythonException e) {
        // The tests of errors look for such.
      }
    }
    return found;
  }

  /** An interpreter that works but is older than 3.11, if there is one. */
  static List<Path> tooOld() {
    List<Path> found = new ArrayList<>();
    for (Path python : ALL) {
      try {
        if (Question.ask(python, Duration.ofSeconds(20)).hexVersion() < 0x030b0000) {
          found.add(python);
        }
      } catch (UnusablePythonException e) {
        // Not one that works.
      }
    }
    return found;
  }

  private static List<Path> discover() {
    List<Path> found = new ArrayList<>();
    try {
      for (String name :
          System.getenv().getOrDefault("GILGAMESH_TEST_PYTHONS", "").split(File.pathSeparator)) {
        add(found, name);
      }
      ofPyenv(found);
    } catch (IOException e) {
      throw new IllegalStateException("cannot list the Pythons of this machine", e);
    }
    Surroundings path =
        TestSurroundings.with(Map.of("PATH", System.getenv().getOrDefault("PATH", "")));
    for (String name : List.of("python3.14", "python3.13", "python3.12", "python3.11", "python3")) {
      new Interpreters(path).onSearchPath(name).forEach(python -> add(found, python.toString()));
    }
    return found;
  }

  private static void ofPyenv(List<Path> found) throws IOException {
    Subprocess.Result root;
    try {
      root = Subprocess.run(List.of("pyenv", "root"), Duration.ofSeconds(20));
    } catch (IOException e) {
      return;
    }
    Path versions = Path.of(root.output().strip(), "versions");
    if (root.succeeded() && Files.isDirectory(versions)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(versions)) {
        entries.forEach(entry -> add(found, entry.resolve("bin/python3").toString()));
      }
    }
  }

  /** A shim is not a Python of the machine: what it leads to is. */
  private static void add(List<Path> found, String name) {
    if (!name.isBlank() && !name.contains("shims") && Files.isExecutable(Path.of(name))) {
      found.add(Path.of(name));
    }
  }
}
