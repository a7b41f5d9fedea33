package io.gilgamesh.internal.find;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonStartException;
import io.gilgamesh.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Pythons and virtual environments of the machine are not only found: they start. */
@Tag("start")
class StartedPythonsTest {
  @TempDir Path folder;

  /** Starts what the arguments name, and prints where it is and what it imports. */
  static final class Started {
    public static void main(String[] args) {
      PythonConfig.Builder builder = PythonConfig.builder();
      Path path = Path.of(args[1]);
      PythonConfig config =
          args[0].equals("venv") ? builder.venv(path).build() : builder.executable(path).build();
      try (Python python = Python.start(config)) {
        PythonContext context = python.contexts().open("started");
        context.exec("import sys, ssl, sqlite3, json, subprocess");
        System.out.println("prefix " + context.evalText("sys.prefix"));
        System.out.println("version " + python.info().version());
        System.out.println("executable " + context.evalText("sys.executable"));
        if (args[0].equals("venv")) {
          System.out.println("marker " + context.importModule("gilgamesh_marker").attrText("x"));
        }
        context.exec(
            "out = subprocess.run([sys.executable, '-c', 'import sys; print(sys.prefix)'],"
                + " capture_output=True, text=True, check=True).stdout.strip()");
        System.out.println("child " + context.evalText("out"));
      } catch (PythonStartException e) {
        System.out.println("refused: " + e.getMessage());
        System.exit(3);
      }
    }
  }

  private static ChildJvm.Result started(String kind, Path path) {
    return ChildJvm.of(Started.class).arguments(kind, path.toString()).run();
  }

  private static String run(List<String> command) throws IOException {
    Subprocess.Result result = Subprocess.run(command, Duration.ofMinutes(2));
    assertTrue(result.succeeded(), result.said());
    return result.output().strip();
  }

  private static List<Path> pythons() {
    List<Path> found = TestPythons.usable();
    assumeFalse(found.isEmpty(), "no installed Python on this machine");
    return found;
  }

  @TestFactory
  Stream<DynamicTest> eachInstalledPythonStarts() {
    return pythons().stream()
        .map(python -> dynamicTest(python.toString(), () -> installedStarts(python)));
  }

  private static void installedStarts(Path python) throws IOException {
    String prefix = run(List.of(python.toString(), "-c", "import sys; print(sys.prefix)"));
    String version =
        run(List.of(python.toString(), "-c", "import platform; print(platform.python_version())"));
    started("executable", python)
        .expectExit(0)
        .expectOutput("prefix " + prefix + "\n")
        .expectOutput("version " + version + "\n")
        .expectOutput("child " + prefix + "\n");
  }

  @TestFactory
  Stream<DynamicTest> aVenvOfEachPythonInAFolderWithSpacesAndOtherLettersStarts() {
    assumeUnicodeNames();
    return pythons().stream()
        .map(
            python ->
                dynamicTest(
                    python.toString(),
                    () ->
                        venvStarts(
                            List.of(python.toString(), "-m", "venv", "--without-pip"),
                            "v\u00e9nv \u6771\u4eac " + python.toString().hashCode())));
  }

  @Test
  void aVenvOfUvStarts() throws IOException {
    List<String> uv = tool("uv", "uv");
    venvStarts(with(uv, "venv", "--python", pythons().get(0).toString()), "uv env");
  }

  @Test
  void aVenvOfVirtualenvStarts() throws IOException {
    List<String> virtualenv = tool("virtualenv", "virtualenv");
    venvStarts(
        with(virtualenv, "--no-download", "--without-pip", "-p", pythons().get(0).toString()),
        "virtual env");
  }

  /** A maker on the PATH, or as a module of one of the Pythons. */
  private static List<String> tool(String name, String module) {
    List<List<String>> ways = new ArrayList<>(List.of(List.of(name)));
    pythons().forEach(python -> ways.add(List.of(python.toString(), "-m", module)));
    for (List<String> way : ways) {
      try {
        if (Subprocess.run(with(way, "--version"), Duration.ofMinutes(1)).succeeded()) {
          return way;
        }
      } catch (IOException e) {
        // Not on this machine in that way.
      }
    }
    assumeTrue(false, name + " is not on this machine");
    return List.of();
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }

  private static void assumeUnicodeNames() {
    assumeTrue(
        System.getProperty("sun.jnu.encoding").equals("UTF-8"),
        "this JVM's locale cannot express the name");
  }

  private void venvStarts(List<String> maker, String name) throws IOException {
    Path venv = folder.resolve(name);
    run(with(maker, venv.toString()));
    try (Stream<Path> files = Files.walk(venv)) {
      Path packages =
          files.filter(path -> path.endsWith("site-packages")).findFirst().orElseThrow();
      Files.writeString(packages.resolve("gilgamesh_marker.py"), "x = 'marked'\n");
    }
    started("venv", venv)
        .expectExit(0)
        .expectOutput("prefix " + venv + "\n")
        .expectOutput("executable " + venv.resolve("bin/python"))
        .expectOutput("marker marked")
        .expectOutput("child " + venv + "\n");
  }

  // ---- what does not start is refused by the same door

  @Test
  void aPythonTooOldIsRefusedAtTheStartWithItsPathAndVersion() {
    List<Path> old = TestPythons.tooOld();
    assumeFalse(old.isEmpty(), "no Python older than 3.11 on this machine");
    for (Path python : old) {
      started("executable", python)
          .expectExit(3)
          .expectOutput("refused: ")
          .expectOutput(python.toString())
          .expectOutput("too old")
          .expectOutput("3.11 or newer");
    }
  }

  @Test
  void aPythonWithoutLibpythonIsRefusedWithTheFoldersThatWereSearched() throws IOException {
    Path program = linkedToNoLibpython();
    ChildJvm.Result result = started("executable", program);
    result
        .expectExit(3)
        .expectOutput("refused: ")
        .expectOutput(program.toString())
        .expectOutput(folder.resolve("lib").toString())
        .expectOutput("libpython");
    assertFalse(result.output().contains("prefix "), result.output());
  }

  /** A copy of Debian's interpreter, which needs no libpython itself; beside it is none. */
  private Path linkedToNoLibpython() throws IOException {
    Path original = debian();
    Path library = Path.of("/usr/lib", original.getFileName().toString());
    Path copy = folder.resolve("lib").resolve(library.getFileName());
    Files.createDirectories(copy);
    try (Stream<Path> entries = Files.list(library)) {
      for (Path entry : entries.filter(each -> !isSettings(each)).toList()) {
        Files.createSymbolicLink(copy.resolve(entry.getFileName()), entry);
      }
    }
    try (Stream<Path> entries = Files.list(library)) {
      for (Path settings : entries.filter(StartedPythonsTest::isSettings).toList()) {
        Files.writeString(
            copy.resolve(settings.getFileName()),
            Files.readString(settings)
                + "\nbuild_time_vars.update(LIBDIR='%s', LIBPL='%s', MULTIARCH='')\n"
                    .formatted(folder.resolve("lib"), folder.resolve("lib")));
      }
    }
    Files.createDirectories(folder.resolve("bin"));
    return Files.copy(original, folder.resolve("bin").resolve(original.getFileName()));
  }

  private static boolean isSettings(Path file) {
    return file.getFileName().toString().startsWith("_sysconfigdata");
  }

  private static Path debian() throws IOException {
    for (Path python : pythons()) {
      Path real = python.toRealPath();
      if (real.getParent().equals(Path.of("/usr/bin"))
          && Files.isDirectory(Path.of("/usr/lib", real.getFileName().toString()))
          && Files.exists(Path.of("/etc/debian_version"))) {
        return real;
      }
    }
    assumeTrue(false, "no Python of Debian on this machine");
    throw new AssertionError();
  }

  @Test
  void aBrokenPythonIsRefusedAtTheStartWithItsPathAndWhatItSaid() throws IOException {
    Path broken =
        TestSurroundings.script(
            folder.resolve("broken python"),
            "PYTHONHOME=/no/such/home exec '" + pythons().get(0) + "' -c pass");
    started("executable", broken)
        .expectExit(3)
        .expectOutput("refused: ")
        .expectOutput(broken.toString())
        .expectOutput("encodings");
  }
}
