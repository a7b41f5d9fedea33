package io.gilgamesh.internal.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each Python that cannot be used has an error of its own, which says what was found and what to
 * do.
 */
class InterpreterErrorsTest {
  @TempDir Path folder;

  private String refused(Path executable) {
    return refused(PythonConfig.builder().executable(executable).build());
  }

  private String refused(PythonConfig config) {
    return refused(config, TestSurroundings.with(Map.of(), folder.resolve("cache")));
  }

  private static String refused(PythonConfig config, Surroundings surroundings) {
    return assertThrows(PythonStartException.class, () -> PythonFinder.find(config, surroundings))
        .getMessage();
  }

  private static void assertSays(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
    }
  }

  @Test
  void aMissingFile() {
    assertSays(
        refused(folder.resolve("no/python")),
        "does not exist",
        folder.resolve("no/python").toString());
  }

  @Test
  void aBareNameThatIsNotOnThePath() {
    assertSays(refused(Path.of("python-of-nowhere")), "does not exist, nor on the PATH");
  }

  @Test
  void aFileThatIsNotExecutable() throws IOException {
    assertSays(refused(Files.writeString(folder.resolve("python"), "text")), "not executable");
  }

  @Test
  void aFolderInPlaceOfAProgram() {
    assertSays(refused(folder), "is a folder, not a program", "venv");
  }

  @Test
  void aProgramForAnotherMachine() throws IOException {
    Path program =
        TestSurroundings.elf(
            folder.resolve("python"), Platform.processorName().equals("arm64") ? 62 : 183);
    assertTrue(program.toFile().setExecutable(true));

    assertSays(refused(program), "is a program for", "does not run on this machine");
  }

  @Test
  void aScriptWhoseInterpreterIsMissing() throws IOException {
    Path program = Files.writeString(folder.resolve("python"), "#!/no/such/shell\n");
    assertTrue(program.toFile().setExecutable(true));

    assertSays(refused(program), "the program is there, what it needs to run");
  }

  @Test
  void aPythonTooOld() {
    List<Path> found = TestPythons.tooOld();
    assumeFalse(found.isEmpty(), "no Python older than 3.11 on this machine");

    for (Path python : found) {
      assertSays(refused(python), "is Python", "too old", "3.11 or newer");
    }
  }

  @Test
  void aPythonTooOldForTheQuestion() throws IOException {
    Path python2 =
        TestSurroundings.script(
            folder.resolve("python"), "echo 'Unknown option: -I' >&2", "exit 2");

    assertSays(refused(python2), "too old", "3.11 or newer");
  }

  @Test
  void aFreeThreadedBuild() throws IOException {
    Path library = TestSurroundings.ownLibrary(folder.resolve("libpython3.13t.so"));

    assertSays(
        refused(
            TestSurroundings.fakePython(
                folder.resolve("python"), library, "freethreaded=1", "version=3.13.0")),
        "free-threaded build of Python 3.13.0",
        "choose the build with the GIL");
  }

  @Test
  void aStaticBuildWithoutALibrary() throws IOException {
    assertSays(
        refused(
            TestSurroundings.fakePython(folder.resolve("python"), folder, "library=", "shared=0")),
        "built without a shared library",
        "/opt/fake/lib",
        "--enable-shared");
  }

  @Test
  void aSharedBuildWhoseLibraryIsNotInstalled() throws IOException {
    assertSays(
        refused(TestSurroundings.fakePython(folder.resolve("python"), folder, "library=")),
        "built with a shared library that is not installed",
        "/opt/fake/lib",
        "install",
        "libpython3.12");
  }

  @Test
  void anotherImplementation() throws IOException {
    assertSays(
        refused(
            TestSurroundings.fakePython(folder.resolve("python"), folder, "implementation=pypy")),
        "is pypy 3.12.1, not CPython");
  }

  @Test
  void aLibraryForAnotherProcessor() throws IOException {
    boolean onArm = Platform.processorName().equals("arm64");
    Path library = TestSurroundings.elf(folder.resolve("libpython3.12.so"), onArm ? 62 : 183);

    assertSays(
        refused(TestSurroundings.fakePython(folder.resolve("python"), library)),
        "built for " + (onArm ? "x86_64" : "arm64"),
        "this JVM runs on " + Platform.name());
  }

  @Test
  void aBrokenOneIsShownWithWhatItSaid() throws IOException {
    Path broken =
        TestSurroundings.script(
            folder.resolve("python"), "echo 'No module named encodings' >&2", "exit 1");

    assertSays(refused(broken), "not a working Python", "exit code 1", "No module named encodings");
  }

  @Test
  void oneThatSaysNothing() throws IOException {
    assertSays(
        refused(TestSurroundings.script(folder.resolve("python"), "exit 0")),
        "without an answer",
        "said nothing");
  }

  @Test
  void aHangingOneIsEndedWithItsChildren() throws Exception {
    Path pid = folder.resolve("pid");
    Path hanging =
        TestSurroundings.script(
            folder.resolve("python"),
            "sleep 600 &",
            "echo $! > '" + pid + "'",
            "echo busy",
            "wait");
    Surroundings patient = TestSurroundings.with(Map.of(), folder.resolve("cache"));
    Surroundings surroundings =
        new Surroundings(
            Map.of(),
            patient.cacheProperty(),
            "?",
            "",
            patient.loader(),
            Duration.ofMillis(500),
            patient.listener());

    assertSays(
        refused(PythonConfig.builder().executable(hanging).build(), surroundings),
        "did not answer within 500 ms",
        "busy");

    long child = Long.parseLong(Files.readString(pid).strip());
    for (int i = 0;
        i < 100 && ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent();
        i++) {
      Thread.sleep(20);
    }
    assertTrue(
        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty(), "its child still runs");
  }

  @Test
  void aFolderThatIsNotAVenv() {
    assertSays(
        refused(PythonConfig.builder().venv(folder).build()),
        "not a virtual environment",
        "pyvenv.cfg",
        "python3 -m venv");
  }

  @Test
  void anInstalledPythonInPlaceOfAVenv() throws IOException {
    TestSurroundings.script(folder.resolve("bin/python3"), "exit 0");

    assertSays(
        refused(PythonConfig.builder().venv(folder).build()),
        "looks like an installed Python",
        folder.resolve("bin/python3").toString());
  }

  @Test
  void aVenvThatDoesNotExist() {
    assertSays(
        refused(PythonConfig.builder().venv(folder.resolve("none")).build()), "does not exist");
  }

  @Test
  void aVenvWhosePythonIsGone() throws IOException {
    Files.writeString(folder.resolve("pyvenv.cfg"), "home = /gone\n");
    Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("bin/python"), Path.of("/gone/python3"));

    assertSays(
        refused(PythonConfig.builder().venv(folder).build()),
        "made from a Python that is gone",
        "/gone/python3",
        "make the virtual");
  }

  @Test
  void aLibraryThatIsMissingOrAStubOrTooOldOrAlone() throws IOException {
    assertSays(refused(library(folder.resolve("libpython3.12.so"))), "does not exist");
    assertSays(
        refused(library(TestSurroundings.ownLibrary(folder.resolve("libpython3.so")))),
        "only forwards to another library");
    assertSays(
        refused(library(TestSurroundings.ownLibrary(folder.resolve("libother.so")))),
        "not named like a shared library");
    assertSays(
        refused(library(TestSurroundings.ownLibrary(folder.resolve("libpython3.9.so.1.0")))),
        "Python 3.9",
        "too old");
    assertSays(
        refused(library(TestSurroundings.ownLibrary(folder.resolve("libpython3.13t.so.1.0")))),
        "free-threaded");
    assertSays(
        refused(library(TestSurroundings.ownLibrary(folder.resolve("libpython3.12.so.1.0")))),
        "no interpreter and no standard");
  }

  private static PythonConfig library(Path library) {
    return PythonConfig.builder().libpython(library).build();
  }

  @Test
  void aVersionNewerThanTriedIsUsedAndNoted() throws Exception {
    Path library = TestSurroundings.ownLibrary(folder.resolve("libpython3.15.so"));
    Path python =
        TestSurroundings.fakePython(
            folder.resolve("python"), library, "version=3.15.0", "hexversion=51314928");
    PythonConfig config = PythonConfig.builder().executable(python).build();
    Surroundings surroundings = TestSurroundings.with(Map.of(), folder.resolve("cache"));

    assertEquals("3.15.0", PythonFinder.find(config, surroundings).version());
    assertSays(Search.diagnose(config, surroundings).toString(), "newer than 3.14");
  }
}
