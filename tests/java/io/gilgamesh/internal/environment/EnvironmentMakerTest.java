package io.gilgamesh.internal.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.PythonInstaller;
import io.gilgamesh.internal.find.TestPythons;
import io.gilgamesh.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvironmentMakerTest {
  @TempDir static Path folder;

  private MadeEnvironments made;

  @BeforeEach
  void usePackagesOfOurOwn() throws IOException {
    made = new MadeEnvironments(folder);
    made.wheels.add("alpha", "1.0", "beta>=1");
    made.wheels.add("beta", "1.0");
    made.wheels.add("beta", "2.0");
  }

  private long makings() {
    return made.told.stream().filter(line -> line.startsWith("Making the environment")).count();
  }

  @Test
  void itIsMadeOnceAndTakenAfterwards() {
    Path environment = made.make();
    assertTrue(Files.isExecutable(environment.resolve("bin/python")));
    assertTrue(made.told.get(0).startsWith("Making the environment"), made.told.toString());

    made.told.clear();
    assertEquals(environment, made.make());
    assertEquals(List.of(), made.told);
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void packagesComeWithWhatTheyNeedAndWithoutTheInstaller(PythonInstaller installer)
      throws IOException {
    Path environment = made.by(installer).make("alpha<1" + installer.ordinal());

    assertEquals("[alpha==1.0, beta==2.0]", MadeEnvironments.installed(environment));
    Path compiled = new EnvironmentFolder(environment).sitePackages().resolve("__pycache__");
    assertTrue(Files.isDirectory(compiled), "modules are compiled when they are installed");
  }

  @Test
  void theInstallerIsNoPartOfWhatTheEnvironmentIs() {
    Path byPip = made.by(PythonInstaller.PIP).make("beta<3");
    made.told.clear();

    assertEquals(byPip, made.by(PythonInstaller.UV).make("beta<3"));
    assertEquals(List.of(), made.told, "nothing was run");
  }

  @Test
  void uvIsTakenWhereItIsOnThePath() {
    made.variables.put("PATH", MadeEnvironments.uv().getParent().toString());

    made.by(PythonInstaller.AUTO).make("beta==1.0");

    assertTrue(
        made.told.stream().anyMatch(line -> line.startsWith("Resolved 1 package")),
        made.told.toString());
  }

  @Test
  void pipIsTakenWhereItIsConfiguredWithWhatUvCannotBeTold() throws IOException {
    Path constraints = Files.writeString(folder.resolve("pip-constraints.txt"), "beta<2\n");
    made.variables.put("PATH", MadeEnvironments.uv().getParent().toString());
    made.variables.put("PIP_CONSTRAINT", constraints.toString());

    Path environment = made.by(PythonInstaller.AUTO).make("beta<7");

    assertEquals("[beta==1.0]", MadeEnvironments.installed(environment));
    assertTrue(
        made.told.stream().anyMatch(line -> line.contains("which lacks pip's setting constraint")),
        made.told.toString());
  }

  @Test
  void uvThatIsChosenAndNotThereIsAnError() {
    made.python = TestPythons.usable().get(0);
    Settings settings = made.by(PythonInstaller.PIP).settings();
    Settings withoutUv =
        new Settings(
            settings.python(),
            settings.cache(),
            false,
            settings.timeout(),
            settings.listener(),
            settings.progress(),
            PythonInstaller.UV,
            null,
            settings.surroundings());

    PythonEnvironmentException failure =
        assertThrows(
            PythonEnvironmentException.class,
            () -> new EnvironmentMaker(withoutUv, EnvironmentRequest.of(List.of("beta<8"))).make());

    assertTrue(failure.getMessage().contains("not on the PATH"), failure.getMessage());
  }

  @Test
  void fourThreadsMakeItOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Path>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(() -> made.make("beta<4"));
    }
    for (Future<Path> done : threads.invokeAll(tasks)) {
      assertEquals("[beta==2.0]", MadeEnvironments.installed(done.get()));
    }
    threads.shutdown();

    assertEquals(1, makings(), made.told.toString());
  }

  @Test
  void twoProcessesMakeItOnce() {
    ChildJvm jvm =
        ChildJvm.of(MakeEnvironmentMain.class).arguments(folder.toString(), "exit", "beta<9");
    ChildJvm.Running first = jvm.start();
    ChildJvm.Running second = jvm.start();

    String output = first.await().expectExit(0).output() + second.await().expectExit(0).output();
    assertEquals(2, output.split("made \\[beta==2.0]", -1).length - 1, output);
    assertEquals(1, output.split("Making the environment", -1).length - 1, output);
  }

  @Test
  void aHalfMadeOneIsMadeAgain() throws IOException {
    Path environment = made.make();
    Files.delete(environment.resolve(EnvironmentFolder.MARKER));
    Path left = Files.writeString(environment.resolve("half"), "half");

    assertEquals(environment, made.make());
    assertFalse(Files.exists(left));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void whatIsMissingOfflineIsNamedAndNothingIsLeft(PythonInstaller installer) throws IOException {
    made.offline = true;
    List<Path> before = made.by(installer).folders();

    PythonEnvironmentException failure =
        assertThrows(
            PythonEnvironmentException.class, () -> made.make("gilgamesh-no-such-package==1.0"));

    String message = failure.getMessage();
    assertTrue(message.contains("with [gilgamesh-no-such-package==1.0] offline"), message);
    assertTrue(message.contains("Offline, gilgamesh-no-such-package"), message);
    assertTrue(message.contains("PIP_FIND_LINKS"), message);
    assertEquals(before, made.folders());
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void offlinePackagesComeFromAFolder(PythonInstaller installer) {
    made.offline = true;
    made.variables.remove("PIP_NO_INDEX");

    Path environment = made.by(installer).make("beta<2" + installer.ordinal());

    assertEquals("[beta==2.0]", MadeEnvironments.installed(environment));
  }

  @Test
  void aFailedInstallShowsWhatTheInstallerSaid() {
    PythonEnvironmentException failure =
        assertThrows(PythonEnvironmentException.class, () -> made.make("beta==3.0"));

    String said = "No matching distribution found for beta==3.0";
    assertTrue(failure.getMessage().contains(said), failure.getMessage());
    assertTrue(made.told.stream().anyMatch(line -> line.contains(said)), made.told.toString());
  }

  @Test
  void passwordsAreInNoMessage() {
    PythonEnvironmentException failure =
        assertThrows(
            PythonEnvironmentException.class,
            () ->
                made.make("beta @ file://user:secret@localhost/nowhere/beta-1.0-py3-none-any.whl"));

    assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
  }

  @Test
  void anInstallationThatTakesTooLongIsEnded() throws IOException {
    made.timeout = Duration.ofMillis(1);
    List<Path> before = made.folders();

    PythonEnvironmentException failure =
        assertThrows(PythonEnvironmentException.class, () -> made.make("beta<5"));

    assertTrue(failure.getMessage().contains("did not end within"), failure.getMessage());
    assertEquals(before, made.folders());
  }

  @Test
  void anotherPythonGetsAnotherEnvironment() {
    List<Path> pythons = TestPythons.usable();
    assumeFalse(pythons.size() < 2, "only one Python on this machine");
    Path first = made.make();
    made.python = pythons.get(1);

    assertNotEquals(first, made.make());
  }
}
