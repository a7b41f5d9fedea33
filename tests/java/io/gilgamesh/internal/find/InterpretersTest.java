package io.gilgamesh.internal.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.internal.find.PythonInstallation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterpretersTest {
  @TempDir Path folder;

  static Stream<Path> pythons() {
    List<Path> found = TestPythons.usable();
    assumeTrue(!found.isEmpty(), "no installed Python on this machine");
    return found.stream();
  }

  private Surroundings surroundings() {
    return TestSurroundings.with(Map.of(), folder.resolve("cache"));
  }

  private PythonInstallation find(PythonConfig config) {
    return PythonFinder.find(config, surroundings());
  }

  private PythonInstallation executable(Path path) {
    return find(PythonConfig.builder().executable(path).build());
  }

  private static String run(String... command) throws IOException {
    Subprocess.Result result = Subprocess.run(List.of(command), Duration.ofMinutes(2));
    assertTrue(result.succeeded(), result.said());
    return result.output().strip();
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void anInstalledPythonIsFoundWithItsLibrary(Path python) throws IOException {
    PythonInstallation found = executable(python);

    assertTrue(Files.isRegularFile(found.library()), found.toString());
    assertTrue(
        found
            .library()
            .getFileName()
            .toString()
            .contains("python3." + (found.hexVersion() >>> 16 & 0xff)));
    assertEquals(
        run(python.toString(), "-c", "import sys; print(sys.hexversion)"),
        Integer.toString(found.hexVersion()));
    assertEquals(
        run(python.toString(), "-c", "import sys; print(sys.prefix)"), found.prefix().toString());
    assertEquals(found, executable(python), "the same from memory");
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aVenvInAFolderWithSpacesAndOtherLettersIsFound(Path python) throws IOException {
    assumeTrue(
        System.getProperty("sun.jnu.encoding").equals("UTF-8"),
        "this JVM's locale cannot express the name");
    Path venv = folder.resolve("my v\u00e9nv \u6771\u4eac");
    run(python.toString(), "-m", "venv", "--without-pip", venv.toString());

    PythonInstallation found = find(PythonConfig.builder().venv(venv).build());

    assertEquals(Kind.VENV, found.kind());
    assertEquals(venv.resolve("bin/python"), found.executable());
    assertEquals(venv, found.prefix());
    assertEquals(executable(python).basePrefix(), found.basePrefix());
    assertEquals(found, find(PythonConfig.builder().venv(venv).build()), "the same from memory");
    assertEquals(found, executable(venv.resolve("bin/python")), "the same by its interpreter");
  }

  @ParameterizedTest
  @MethodSource("pythons")
  void aLibraryIsFoundWithTheInterpreterBesideIt(Path python) {
    PythonInstallation by = executable(python);

    PythonInstallation found = find(PythonConfig.builder().libpython(by.library()).build());

    assertEquals(by.library(), found.library());
    assertEquals(by.hexVersion(), found.hexVersion());
    assertEquals(by.basePrefix(), found.basePrefix());
  }

  @Test
  void venvsOfOtherMakersAreFound() throws IOException {
    Path python = pythons().findFirst().orElseThrow();
    List<List<String>> makers = new ArrayList<>();
    makers.add(List.of("uv", "venv", "--python", python.toString()));
    makers.add(List.of("virtualenv", "--no-download", "--without-pip", "-p", python.toString()));
    int made = 0;
    for (List<String> maker : makers) {
      Path venv = folder.resolve(maker.get(0));
      if (make(maker, venv)) {
        made++;
        PythonInstallation found = find(PythonConfig.builder().venv(venv).build());
        assertEquals(venv, found.prefix());
        assertEquals(executable(python).library(), found.library());
      }
    }
    assumeTrue(made > 0, "neither uv nor virtualenv on this machine");
  }

  private static boolean make(List<String> maker, Path venv) {
    List<String> command = new ArrayList<>(maker);
    command.add(venv.toString());
    try {
      return Subprocess.run(command, Duration.ofMinutes(2)).succeeded();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aLibraryWithoutAnInterpreterIsStartedByItsHome() throws IOException {
    Path library = TestSurroundings.ownLibrary(folder.resolve("lib/libpython3.13.so.1.0"));
    Files.createDirectories(folder.resolve("lib/python3.13"));
    Files.writeString(folder.resolve("lib/python3.13/os.py"), "");

    PythonInstallation found = find(PythonConfig.builder().libpython(library).build());

    assertEquals(Kind.LIBRARY, found.kind());
    assertEquals(null, found.executable());
    assertEquals(folder, found.home());
  }

  @Test
  void anInterpreterIsAskedOnceUntilItChanges() throws IOException {
    Path python = fake("python");
    executable(python);
    executable(python);
    assertEquals(1, TestSurroundings.asked(python));

    Files.setLastModifiedTime(python, FileTime.fromMillis(1_000_000));
    executable(python);
    assertEquals(2, TestSurroundings.asked(python));
  }

  @Test
  void aVenvIsAskedAgainWhenItsSettingsChange() throws IOException {
    Path python = fake("venv/bin/python");
    Path settings = Files.writeString(folder.resolve("venv/pyvenv.cfg"), "home = /a\n");
    executable(python);
    executable(python);
    assertEquals(1, TestSurroundings.asked(python));

    Files.writeString(settings, "home = /b\n");
    executable(python);
    assertEquals(2, TestSurroundings.asked(python));
  }

  @Test
  void aLauncherIsAskedEachTimeSinceItMayLeadElsewhere() throws IOException {
    Path library = TestSurroundings.ownLibrary(folder.resolve("libpython3.12.so"));
    Path shim =
        TestSurroundings.fakePython(
            folder.resolve("shim"), library, "executable=/opt/fake/bin/python3");
    executable(shim);
    assertEquals(Path.of("/opt/fake/bin/python3"), executable(shim).executable());

    assertEquals(2, TestSurroundings.asked(shim));
  }

  @Test
  void whatIsRememberedWithoutItsLibraryIsAskedAgain() throws IOException {
    Path python = fake("python");
    executable(python);
    Files.delete(folder.resolve("lib/libpython3.12.so.1.0"));
    TestSurroundings.ownLibrary(folder.resolve("lib/libpython3.12.so.1.0.new"));
    try {
      executable(python);
    } catch (RuntimeException e) {
      // It still names the library that is gone.
    }

    assertEquals(2, TestSurroundings.asked(python));
  }

  @Test
  void aCacheThatCannotBeWrittenOnlyCostsAnotherQuestion() throws IOException {
    Path python = fake("python");
    PythonConfig config = PythonConfig.builder().executable(python).build();
    Surroundings readOnly = TestSurroundings.with(Map.of(), Path.of("/dev/null/cache"));

    PythonFinder.find(config, readOnly);
    PythonFinder.find(config, readOnly);

    assertEquals(2, TestSurroundings.asked(python));
  }

  private Path fake(String name) throws IOException {
    return TestSurroundings.fakePython(
        folder.resolve(name),
        TestSurroundings.ownLibrary(folder.resolve("lib/libpython3.12.so.1.0")));
  }
}
