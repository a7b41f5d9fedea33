package io.gilgamesh.internal.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonEnvironmentException;
import java.io.IOException;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Environments from an installed Python, offline: what the network adds is tested through the
 * public class.
 */
class VenvBuilderTest {
  @TempDir Path folder;

  private final CopyOnWriteArrayList<String> told = new CopyOnWriteArrayList<>();
  private Path python;

  @BeforeEach
  void choosePython() {
    List<Path> found = TestPythons.usable();
    assumeFalse(found.isEmpty(), "no installed Python on this machine");
    python = found.get(0);
  }

  private VenvBuilder builder() {
    return new VenvBuilder(
        PythonConfig.builder().executable(python).build(),
        null,
        true,
        Duration.ofMinutes(5),
        told::add,
        TestSurroundings.with(Map.of(), folder.resolve("my cache")));
  }

  private List<Path> environments() throws IOException {
    Path all = folder.resolve("my cache/environments");
    return FileTree.beginningWith(all, "").stream().filter(Files::isDirectory).toList();
  }

  @Test
  void itIsMadeOnceAndTakenAfterwards() throws IOException {
    Path made = builder().folder(List.of());
    assertTrue(Files.isExecutable(made.resolve("bin/python")));
    assertTrue(told.get(0).startsWith("Making the environment"), told.toString());

    told.clear();
    assertEquals(made, builder().folder(List.of()));
    assertEquals(List.of(), told);
  }

  @Test
  void fourThreadsMakeItOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Path>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(() -> builder().folder(List.of()));
    }
    for (Future<Path> done : threads.invokeAll(tasks)) {
      assertTrue(Files.isExecutable(done.get().resolve("bin/python")));
    }
    threads.shutdown();

    assertEquals(
        1,
        told.stream().filter(line -> line.startsWith("Making the environment")).count(),
        told.toString());
  }

  @Test
  void aHalfMadeOneIsMadeAgain() throws IOException {
    Path made = builder().folder(List.of());
    Files.delete(made.resolve("gilgamesh-environment.txt"));
    Path left = Files.writeString(made.resolve("half"), "half");

    assertEquals(made, builder().folder(List.of()));
    assertFalse(Files.exists(left));
  }

  @Test
  void aFailedInstallLeavesNothingAndShowsWhatTheInstallerSaid() throws IOException {
    PythonEnvironmentException failure =
        assertThrows(
            PythonEnvironmentException.class,
            () -> builder().folder(List.of("gilgamesh-no-such-package==1.0")));

    assertTrue(
        failure
            .getMessage()
            .contains("No matching distribution found for gilgamesh-no-such-package==1.0"),
        failure.getMessage());
    assertTrue(failure.getMessage().contains("offline"), failure.getMessage());
    assertEquals(List.of(), environments());
    assertTrue(
        told.stream().anyMatch(line -> line.contains("No matching distribution")), told.toString());
  }

  @Test
  void anInstallationThatTakesTooLongIsEnded() throws IOException {
    VenvBuilder hasty =
        new VenvBuilder(
            PythonConfig.builder().executable(python).build(),
            null,
            true,
            Duration.ofMillis(1),
            told::add,
            TestSurroundings.with(Map.of(), folder.resolve("my cache")));

    PythonEnvironmentException failure =
        assertThrows(PythonEnvironmentException.class, () -> hasty.folder(List.of()));

    assertTrue(failure.getMessage().contains("did not end within"), failure.getMessage());
    assertEquals(List.of(), environments());
  }

  @Test
  void anotherPythonGetsAnotherEnvironment() {
    List<Path> pythons = TestPythons.usable();
    assumeFalse(pythons.size() < 2, "only one Python on this machine");
    Path first = builder().folder(List.of());
    python = pythons.get(1);

    assertNotEquals(first, builder().folder(List.of()));
  }
}
