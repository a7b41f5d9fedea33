package io.gilgamesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.testing.Wheels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonEnvironmentTest {
  @TempDir Path folder;

  private final CopyOnWriteArrayList<String> told = new CopyOnWriteArrayList<>();

  private PythonEnvironment.Builder environment() {
    return PythonEnvironment.builder().cache(folder.resolve("cache")).listener(told::add);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "--index-url=https://example.org/simple",
        "-r requirements.txt",
        "-e .",
        "six --index-url https://example.org/simple",
        "six\n--index-url=https://example.org/simple",
        "six\tx -i y",
        "six\u0000"
      })
  void whatIsNotARequirementIsRefused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> environment().requirements(text))
            .getMessage();

    assertTrue(message.contains("requirement"), message);
  }

  @Test
  @Tag("network")
  void packagesAreInstalledOnceAndUsedOffline() throws Exception {
    PythonConfig base = PythonConfig.builder().arguments(List.of("script")).build();
    PythonEnvironment made =
        environment()
            .python(base)
            .installer(PythonInstaller.PIP)
            .requirements("six==1.16.0", " six==1.16.0 ")
            .create();

    assertEquals(List.of("six==1.16.0"), made.requirements());
    assertEquals(made.folder(), made.config().venv().orElseThrow());
    assertEquals(List.of("script"), made.config().arguments());
    assertTrue(
        told.stream().anyMatch(line -> line.contains("Successfully installed six-1.16.0")),
        told.toString());
    try (Stream<Path> files = Files.walk(made.folder())) {
      assertTrue(files.anyMatch(file -> file.endsWith("six.py")));
    }

    told.clear();
    assertEquals(
        made.folder(), environment().requirements("six==1.16.0").offline(true).create().folder());
    assertEquals(List.of(), told, "nothing was run");
  }

  @Test
  void whatABuilderIsToldDecidesWhatIsMade() throws Exception {
    Wheels wheels = Wheels.in(folder.resolve("wheels"));
    wheels.add("alpha", "1.0", "beta");
    wheels.add("beta", "1.0");
    wheels.add("beta", "2.0");
    Path requirements = folder.resolve("requirements.txt");
    Files.writeString(requirements, "--no-index\n--find-links " + wheels.folder() + "\nalpha\n");
    CopyOnWriteArrayList<PythonEnvironmentProgress> steps = new CopyOnWriteArrayList<>();

    PythonEnvironment made =
        environment()
            .requirementsFile(requirements)
            .constraints("beta<2")
            .constraints(Files.writeString(folder.resolve("constraints.txt"), "alpha>0.5\n"))
            .installer(PythonInstaller.PIP)
            .progress(steps::add)
            .create();

    assertEquals(List.of("alpha"), made.requirements());
    assertEquals("[alpha==1.0, beta==1.0]", made.installed().toString());
    assertTrue(made.check().ok(), made.check().toString());
    assertEquals(100, steps.get(steps.size() - 1).percent().orElseThrow());
    List<PythonEnvironmentInfo> all = PythonEnvironment.all(folder.resolve("cache"));
    assertEquals(List.of(made.folder()), all.stream().map(PythonEnvironmentInfo::folder).toList());
    PythonEnvironmentCleanUp cleanUp =
        PythonEnvironment.cleanUp(folder.resolve("cache"), Duration.ZERO);
    assertEquals(List.of(), cleanUp.deleted(), "this process uses it");
  }

  @Test
  void aLockIsMadeOnlyWhereItsFileIsNamed() {
    String message =
        assertThrows(IllegalStateException.class, () -> environment().updateLock()).getMessage();

    assertTrue(message.contains("call lock(Path) first"), message);
  }

  @Test
  void aFailedInstallLeavesNothingBehind() throws Exception {
    PythonEnvironmentException failure =
        assertThrows(
            PythonEnvironmentException.class,
            () ->
                environment()
                    .requirements("gilgamesh-no-such-package==1.0")
                    .offline(true)
                    .create());

    assertTrue(
        failure.getMessage().contains("No matching distribution found"), failure.getMessage());
    try (Stream<Path> files = Files.walk(folder.resolve("cache/environments"))) {
      assertFalse(files.anyMatch(file -> file.endsWith("pyvenv.cfg")));
    }
  }
}
