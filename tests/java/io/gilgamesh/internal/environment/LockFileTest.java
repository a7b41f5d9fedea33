package io.gilgamesh.internal.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.PythonInstaller;
import io.gilgamesh.internal.find.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LockFileTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private MadeEnvironments made;
  private Path lock;

  @BeforeEach
  void usePackagesOfOurOwn() throws IOException {
    made = new MadeEnvironments(shared);
    made.wheels.add("alpha", "1.0", "beta>=1");
    made.wheels.add("beta", "1.0");
    Files.deleteIfExists(made.wheels.folder().resolve("beta-2.0-py3-none-any.whl"));
    lock = folder.resolve("a folder/packages.lock");
  }

  private EnvironmentRequest request(String... requirements) {
    return new EnvironmentRequest(List.of(requirements), List.of(), List.of(), List.of(), lock);
  }

  private String refused(String... requirements) {
    return assertThrows(PythonEnvironmentException.class, () -> made.make(request(requirements)))
        .getMessage();
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void itHoldsWhateverIsNeededAndIsWhatIsInstalledLater(PythonInstaller installer)
      throws IOException {
    made.by(installer).maker(request("alpha")).updateLock();
    made.wheels.add("beta", "2.0");

    String text = Files.readString(lock);
    assertTrue(text.contains("\n# platform: " + Platform.name() + "\n"), text);
    assertTrue(text.contains("\nalpha==1.0 \\\n    --hash=sha256:"), text);
    assertTrue(text.contains("\nbeta==1.0 \\\n    --hash=sha256:"), text);
    assertEquals(
        "[alpha==1.0, beta==1.0]", MadeEnvironments.installed(made.make(request("alpha"))));
  }

  @Test
  void pipAndUvWriteTheSameLockOfTheSameWheels() throws IOException {
    made.by(PythonInstaller.PIP).maker(request("alpha")).updateLock();
    String byPip = Files.readString(lock);

    made.by(PythonInstaller.UV).maker(request("alpha")).updateLock();

    assertEquals(byPip, Files.readString(lock));
  }

  @Test
  void anUpdatedLockIsAnotherEnvironment() throws IOException {
    made.maker(request("alpha")).updateLock();
    Path before = made.make(request("alpha"));
    made.wheels.add("beta", "2.0");
    assertEquals(before, made.make(request("alpha")));

    made.maker(request("alpha")).updateLock();

    Path after = made.make(request("alpha"));
    assertNotEquals(before, after);
    assertEquals("[alpha==1.0, beta==2.0]", MadeEnvironments.installed(after));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void aWheelWithAnotherContentIsRefused(PythonInstaller installer) throws IOException {
    made.by(installer).maker(request("alpha")).updateLock();
    made.wheels.add("beta", "1.0", "alpha");
    Path uvCache = folder.resolve("another cache of " + installer);
    made.variables.put("UV_CACHE_DIR", uvCache.toString());
    Files.writeString(lock, Files.readString(lock) + "# " + installer + "\n");

    String message = refused("alpha");

    assertTrue(message.toLowerCase().contains("hash"), message);
  }

  @Test
  void aLockThatDoesNotExistIsNotMadeUnasked() {
    String message = refused("alpha");

    assertTrue(message.contains("packages.lock does not exist: make it by"), message);
    assertFalse(Files.exists(lock));
  }

  @Test
  void otherRequirementsThanThoseOfTheLockAreRefused() {
    made.maker(request("alpha")).updateLock();

    String message = refused("alpha", "beta");

    assertTrue(message.contains("from other requirements"), message);
    assertTrue(message.contains("updateLock()"), message);
  }

  @Test
  void anotherPlatformThanThatOfTheLockIsRefused() throws IOException {
    made.maker(request("alpha")).updateLock();
    Files.writeString(lock, Files.readString(lock).replaceFirst("# python: .*", "# python: 3.1"));

    String message = refused("alpha");

    assertTrue(message.contains("was made for Python 3.1 on " + Platform.name()), message);
  }

  @Test
  void aFileWithoutTheHeadIsNoLock() throws IOException {
    Files.createDirectories(lock.getParent());
    Files.writeString(lock, "alpha==1.0 --hash=sha256:00\n");

    assertTrue(refused("alpha").contains("has no line '# python:'"), refused("alpha"));
  }

  @Test
  void aLineWithoutAHashIsRefusedWithItsPlace() throws IOException {
    made.maker(request("alpha")).updateLock();
    Files.writeString(lock, Files.readString(lock) + "gamma==1.0\n");

    assertTrue(
        refused("alpha").contains("packages.lock:9: 'gamma==1.0' is no requirement"),
        refused("alpha"));
  }

  @Test
  void requirementsThatCannotBeMetLeaveTheLockAsItWas() throws IOException {
    made.maker(request("alpha")).updateLock();
    String before = Files.readString(lock);

    String message =
        assertThrows(
                PythonEnvironmentException.class, () -> made.maker(request("beta==7")).updateLock())
            .getMessage();

    assertTrue(message.contains("Cannot lock [beta==7]: pip failed"), message);
    assertEquals(before, Files.readString(lock));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void aWheelByItsPathIsLockedWithItsHash(PythonInstaller installer) throws IOException {
    Path wheel = made.wheels.add("gamma", "1.0");
    String requirement = "gamma @ " + wheel.toUri();

    made.by(installer).maker(request(requirement)).updateLock();

    assertTrue(Files.readString(lock).contains("\ngamma @ file:///"), Files.readString(lock));
    assertEquals("[gamma==1.0]", MadeEnvironments.installed(made.make(request(requirement))));
  }
}
