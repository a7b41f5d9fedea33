package io.gilgamesh.internal.environment;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonEnvironmentProgress;
import io.gilgamesh.PythonInstaller;
import io.gilgamesh.internal.find.FileTree;
import io.gilgamesh.internal.find.Surroundings;
import io.gilgamesh.internal.find.TestPythons;
import io.gilgamesh.internal.find.TestSurroundings;
import io.gilgamesh.testing.Wheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Environments from an installed Python and from packages in a folder: no test of theirs needs the
 * network.
 */
final class MadeEnvironments {
  final CopyOnWriteArrayList<String> told = new CopyOnWriteArrayList<>();
  final CopyOnWriteArrayList<PythonEnvironmentProgress> steps = new CopyOnWriteArrayList<>();
  final Map<String, String> variables = new HashMap<>();
  final Wheels wheels;
  final Path cache;
  PythonInstaller installer = PythonInstaller.PIP;
  Path python;
  boolean offline;
  Duration timeout = Duration.ofMinutes(5);

  MadeEnvironments(Path folder) throws IOException {
    List<Path> found = TestPythons.usable();
    assumeFalse(found.isEmpty(), "no installed Python on this machine");
    python = found.get(0);
    wheels = Wheels.in(folder.resolve("wheels"));
    cache = folder.resolve("my cache");
    sharePip(cache.resolve("installers"));
    variables.put("PIP_FIND_LINKS", wheels.folder().toString());
    variables.put("PIP_NO_INDEX", "1");
    variables.put("PIP_CONFIG_FILE", "/dev/null");
    variables.put("UV_CACHE_DIR", folder.resolve("uv cache").toString());
  }

  /** Preparing pip for a Python takes longer than most tests. */
  private static void sharePip(Path installers) throws IOException {
    Path shared = Path.of(System.getProperty("gilgamesh.project"), "build/tmp/test-installers");
    Files.createDirectories(shared);
    Files.createDirectories(installers.getParent());
    if (!Files.exists(installers)) {
      Files.createSymbolicLink(installers, shared);
    }
  }

  /** uv, as ./dev installs it for the tests; a test that needs it is skipped where it is not. */
  static Path uv() {
    String program = System.getenv().getOrDefault("GILGAMESH_TEST_UV", "");
    assumeTrue(Files.isExecutable(Path.of(program)), "uv is not installed for the tests");
    return Path.of(program);
  }

  MadeEnvironments by(PythonInstaller chosen) {
    installer = chosen;
    return this;
  }

  Settings settings() {
    Surroundings surroundings = TestSurroundings.with(variables, cache);
    return new Settings(
        PythonConfig.builder().executable(python).build(),
        cache,
        offline,
        timeout,
        told::add,
        steps::add,
        installer,
        installer == PythonInstaller.UV ? uv() : null,
        surroundings);
  }

  EnvironmentMaker maker(EnvironmentRequest request) {
    return new EnvironmentMaker(settings(), request);
  }

  Path make(EnvironmentRequest request) {
    return maker(request).make().folder();
  }

  Path make(String... requirements) {
    return make(EnvironmentRequest.of(List.of(requirements)));
  }

  Path makeFrom(Path requirementsFile) {
    return make(
        new EnvironmentRequest(List.of(), List.of(requirementsFile), List.of(), List.of(), null));
  }

  /** What is installed, such as {@code [alpha==1.0]}. */
  static String installed(Path environment) {
    return EnvironmentStore.installed(environment).toString();
  }

  /** The folders in the cache, whole or half made. */
  List<Path> folders() throws IOException {
    Path all = Files.createDirectories(cache.resolve("environments"));
    return FileTree.beginningWith(all, "").stream().filter(Files::isDirectory).toList();
  }
}
