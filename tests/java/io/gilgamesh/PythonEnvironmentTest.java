package io.gilgamesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
        environment().python(base).requirements("six==1.16.0", " six==1.16.0 ").create();

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
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      assertFalse(files.anyMatch(file -> file.endsWith("pyvenv.cfg")));
    }
  }
}
