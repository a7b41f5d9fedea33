package io.gilgamesh.internal.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonEnvironmentCheck;
import io.gilgamesh.PythonEnvironmentCleanUp;
import io.gilgamesh.PythonEnvironmentInfo;
import io.gilgamesh.PythonInstaller;
import io.gilgamesh.internal.find.FileTree;
import io.gilgamesh.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvironmentStoreTest {
  @TempDir Path folder;

  private MadeEnvironments made;
  private EnvironmentStore store;

  @BeforeEach
  void usePackagesOfOurOwn() throws IOException {
    made = new MadeEnvironments(folder);
    made.wheels.add("alpha", "1.0", "beta>=1");
    made.wheels.add("beta", "1.0");
    store = new EnvironmentStore(made.cache);
  }

  private ChildJvm child(String then, String requirement) {
    return ChildJvm.of(MakeEnvironmentMain.class).arguments(folder.toString(), then, requirement);
  }

  /** Made by a process that has ended, so that nobody uses it. */
  private Path unused(String requirement) {
    List<Path> before = all();
    child("exit", requirement).run().expectExit(0);
    List<Path> after = all();
    return after.stream().filter(path -> !before.contains(path)).findFirst().orElseThrow();
  }

  private List<Path> all() {
    return store.all().stream().map(PythonEnvironmentInfo::folder).toList();
  }

  private void usedBefore(Path environment, Duration time) throws IOException {
    Files.setLastModifiedTime(
        new EnvironmentFolder(environment).marker(), FileTime.from(Instant.now().minus(time)));
  }

  @Test
  void anEnvironmentIsListedWithWhatItIs() throws IOException {
    Path environment = made.make("alpha");
    usedBefore(environment, Duration.ofDays(3));

    PythonEnvironmentInfo info = store.all().get(0);

    assertEquals(environment, info.folder());
    assertEquals(List.of("alpha"), info.requirements());
    assertTrue(info.python().startsWith("3."), info.toString());
    assertEquals(size(environment), info.bytes());
    assertEquals(3, Duration.between(info.lastUsed(), Instant.now()).toDays());
    assertTrue(info.inUse());

    made.make("alpha");
    assertTrue(store.all().get(0).lastUsed().isAfter(info.lastUsed()));
  }

  private static long size(Path tree) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        size += Files.isRegularFile(file) && !Files.isSymbolicLink(file) ? Files.size(file) : 0;
      }
    }
    return size;
  }

  @Test
  void aCacheThatDoesNotExistHasNoEnvironments() {
    EnvironmentStore none = new EnvironmentStore(folder.resolve("nowhere"));

    assertEquals(List.of(), none.all());
    assertEquals(List.of(), none.cleanUp(Duration.ZERO).deleted());
  }

  @Test
  void whatWasNotUsedForSoLongIsDeletedAndWhatWasIsKept() throws IOException {
    Path old = unused("alpha");
    Path young = unused("beta");
    usedBefore(old, Duration.ofDays(31));
    usedBefore(young, Duration.ofDays(29));
    long size = size(old);

    PythonEnvironmentCleanUp done = store.cleanUp(Duration.ofDays(30));

    assertEquals(new PythonEnvironmentCleanUp(List.of(old), size, List.of()), done);
    assertFalse(Files.exists(old));
    assertEquals(List.of(young), all());
  }

  @Test
  void whatALivingProcessUsesIsKeptHoweverOld() throws Exception {
    ChildJvm.Running user = child("stay", "alpha").start().awaitOutput("made [");
    Path environment = all().get(0);
    usedBefore(environment, Duration.ofDays(100));

    assertTrue(store.all().get(0).inUse());
    assertEquals(List.of(), store.cleanUp(Duration.ZERO).deleted());
    assertTrue(Files.exists(environment));

    user.handle().destroyForcibly();
    user.await();
    assertFalse(store.all().get(0).inUse());
    assertEquals(List.of(environment), store.cleanUp(Duration.ZERO).deleted());
  }

  @Test
  void whatThisProcessUsesIsKeptAndStaysKnownToOthers() throws IOException {
    Path environment = made.make();
    assertEquals(List.of(), store.cleanUp(Duration.ZERO).deleted());

    ChildJvm.Result other =
        ChildJvm.of(CleanUpMain.class).arguments(made.cache.toString()).run().expectExit(0);

    other.expectOutput("deleted []");
    assertTrue(Files.exists(environment));
  }

  @Test
  void whatAKilledProcessLeftHalfMadeIsDeleted() throws IOException {
    Path half = made.cache.resolve("environments").resolve("0123456789abcdef".repeat(2));
    Files.createDirectories(half.resolve("bin"));
    Path foreign = Files.createDirectories(made.cache.resolve("environments/mine"));

    assertEquals(List.of(), store.all());
    assertEquals(List.of(half), store.cleanUp(Duration.ofDays(1)).deleted());
    assertTrue(Files.exists(foreign), "what is not ours is not touched");
  }

  @Test
  void whatWasDeletedIsMadeAgain() {
    Path environment = unused("alpha");
    store.cleanUp(Duration.ZERO);

    assertEquals(environment, made.make("alpha"));
    assertEquals("[alpha==1.0, beta==1.0]", MadeEnvironments.installed(environment));
  }

  @Test
  void aNegativeTimeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> store.cleanUp(Duration.ofDays(-1)));
  }

  private PythonEnvironmentCheck check(Path environment) {
    return EnvironmentStore.check(made.settings(), environment);
  }

  private void expectProblem(Path environment, String part) {
    List<String> problems = check(environment).problems();
    assertTrue(problems.stream().anyMatch(each -> each.contains(part)), problems.toString());
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void nothingIsWrongWithAnEnvironmentJustMade(PythonInstaller installer) {
    Path environment = made.by(installer).make("alpha");

    assertEquals(List.of(), check(environment).problems());
    assertTrue(check(environment).ok());
  }

  @Test
  void aChangedAndAMissingFileAreFound() throws IOException {
    Path environment = made.make("alpha");
    Path packages = new EnvironmentFolder(environment).sitePackages();
    Files.delete(packages.resolve("alpha.py"));
    Files.writeString(packages.resolve("beta.py"), "changed = 1\n");

    expectProblem(environment, "alpha.py is missing");
    expectProblem(environment, "beta.py has 12 bytes in place of 16");
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void aPackageWhoseNeedsAreNotMetIsFound(PythonInstaller installer) throws IOException {
    Path environment = made.by(installer).make("alpha");
    Path packages = new EnvironmentFolder(environment).sitePackages();
    FileTree.delete(packages.resolve("beta-1.0.dist-info"));

    expectProblem(environment, "the packages do not fit together, ");
    expectProblem(environment, "beta");
  }

  @Test
  void anInterpreterThatIsGoneIsFound() throws IOException {
    Path environment = made.make();
    Path program = new EnvironmentFolder(environment).program();
    Files.delete(program);
    Files.createSymbolicLink(program, Path.of("/nowhere/python3"));

    expectProblem(environment, "its Python cannot be used");
  }

  @Test
  void aMarkerThatIsMissingOrChangedIsFound() throws IOException {
    Path environment = made.make();
    Path marker = environment.resolve(EnvironmentFolder.MARKER);
    Files.writeString(marker, Files.readString(marker).replace("python 3", "python 4"));
    expectProblem(environment, "was changed");

    Files.delete(marker);
    expectProblem(environment, "it is not complete");
  }

  @Test
  void anEnvironmentThatIsGoneIsFound() {
    expectProblem(made.cache.resolve("environments/gone"), "it does not exist any more");
  }
}
