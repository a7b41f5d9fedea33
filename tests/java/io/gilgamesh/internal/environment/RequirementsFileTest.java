package io.gilgamesh.internal.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.PythonInstaller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsFileTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private Path write(String name, String... lines) throws IOException {
    Path file = folder.resolve("a folder").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private static List<String> texts(List<RequirementLine> lines) {
    return lines.stream().map(RequirementLine::text).toList();
  }

  @Test
  void linesAreJoinedAndCommentsLeftOut() throws IOException {
    Path file =
        write(
            "r.txt",
            "# all that is needed",
            "alpha==1.0 \\",
            "    --hash=sha256:00 \\",
            "    --hash=sha256:11   # both wheels",
            "",
            "beta>=1 ; python_version > '3'",
            "gamma @ https://example.org/gamma-1.0-py3-none-any.whl#sha256=22",
            "delta \\",
            "# a comment ends a line");

    assertEquals(
        List.of(
            "alpha==1.0 --hash=sha256:00 --hash=sha256:11",
            "beta>=1 ; python_version > '3'",
            "gamma @ https://example.org/gamma-1.0-py3-none-any.whl#sha256=22",
            "delta"),
        texts(RequirementsFile.read(file).requirements()));
    assertEquals(2, RequirementsFile.read(file).requirements().get(0).number());
  }

  @Test
  void includedFilesStandInPlaceOfTheLine() throws IOException {
    write("more/base.txt", "alpha", "-c limits.txt");
    write("more/limits.txt", "beta<2");
    Path file = write("r.txt", "-r more/base.txt", "--requirement=more/base.txt", "gamma");

    RequirementsFile all = RequirementsFile.read(file);

    assertEquals(List.of("alpha", "alpha", "gamma"), texts(all.requirements()));
    assertEquals(List.of("beta<2", "beta<2"), texts(all.constraints()));
  }

  @Test
  void aFileThatIncludesItselfIsRefused() throws IOException {
    write("b.txt", "-r a.txt");
    Path file = write("a.txt", "alpha", "-r b.txt");

    String message = refused(file);

    assertTrue(message.contains("b.txt:1"), message);
    assertTrue(message.contains("a.txt includes itself"), message);
  }

  private static String refused(Path file) {
    return assertThrows(PythonEnvironmentException.class, () -> RequirementsFile.read(file))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -e .                               | is editable
          --editable=/srv/project            | is editable
          ./wheels/alpha-1.0-py3-none-any.whl | is a relative path
          alpha-1.0-py3-none-any.whl         | is a relative path
          project/src                        | is a relative path
          alpha @ ./alpha.whl                | is a relative path
          -r https://example.org/r.txt       | another host can change
          -chttps://example.org/c.txt        | another host can change
          -r nowhere.txt                     | nowhere.txt: it does not exist
          """)
  void whatCannotBeFingerprintedIsRefusedWithItsPlace(String line, String why) throws IOException {
    String message = refused(write("r.txt", "alpha", line));

    assertTrue(message.contains("r.txt:2: "), message);
    assertTrue(message.contains(why), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alpha[extra]>=1",
        "/srv/wheels/alpha-1.0-py3-none-any.whl",
        "alpha @ file:///srv/alpha-1.0-py3-none-any.whl",
        "https://example.org/alpha-1.0-py3-none-any.whl",
        "git+https://example.org/alpha.git@v1",
        "alpha; platform_machine == 'x/y'",
        "--index-url https://example.org/simple",
        "--pre"
      })
  void otherLinesAreTheInstallersToRead(String line) throws IOException {
    assertEquals(List.of(line), texts(RequirementsFile.read(write("r.txt", line)).requirements()));
  }

  @Test
  void aFileThatIsNotUtf8IsRefused() throws IOException {
    Path file =
        Files.write(folder.resolve("r.txt"), "# caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertTrue(refused(file).contains("it is not UTF-8"), refused(file));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void theTextDecidesWhichEnvironmentItIs(PythonInstaller installer) throws IOException {
    MadeEnvironments made = new MadeEnvironments(shared).by(installer);
    made.wheels.add("alpha", "1.0", "beta>=1");
    made.wheels.add("beta", "1.0");
    made.wheels.add("beta", "2.0");
    String name = "in-" + installer + ".txt";
    write(name, "beta<2");
    Path file = write("r.txt", "alpha", "-c " + name);

    Path first = made.makeFrom(file);
    assertEquals("[alpha==1.0, beta==1.0]", MadeEnvironments.installed(first));

    write(name, "# another comment", "beta<2");
    assertEquals(first, made.makeFrom(file), "a comment changes nothing");

    write(name, "beta>=2");
    Path second = made.makeFrom(file);
    assertNotEquals(first, second);
    assertEquals("[alpha==1.0, beta==2.0]", MadeEnvironments.installed(second));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void constraintsLimitWhatIsInstalledOnlyIfNeeded(PythonInstaller installer) throws IOException {
    MadeEnvironments made = new MadeEnvironments(shared).by(installer);
    made.wheels.add("alpha", "1.0", "beta>=1");
    made.wheels.add("beta", "1.0");
    made.wheels.add("beta", "2.0");
    Path file = write("c.txt", "gamma==3.0", "delta<" + installer.ordinal());

    Path environment =
        made.make(
            new EnvironmentRequest(
                List.of("alpha"), List.of(), List.of("beta<2"), List.of(file), null));

    assertEquals("[alpha==1.0, beta==1.0]", MadeEnvironments.installed(environment));
  }

  @Test
  void anOptionThatUvIgnoresMakesPipInstall() throws IOException {
    MadeEnvironments made = new MadeEnvironments(shared);
    made.wheels.add("beta", "3.0rc1");
    Path file = write("r.txt", "--pre", "beta>2");

    PythonEnvironmentException failure =
        assertThrows(
            PythonEnvironmentException.class, () -> made.by(PythonInstaller.UV).makeFrom(file));
    assertTrue(
        failure.getMessage().contains("r.txt:1: uv does not understand '--pre'"),
        failure.getMessage());

    made.variables.put("PATH", MadeEnvironments.uv().getParent().toString());
    Path environment = made.by(PythonInstaller.AUTO).makeFrom(file);
    assertEquals("[beta==3.0rc1]", MadeEnvironments.installed(environment));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void hashesInTheFileAreChecked(PythonInstaller installer) throws IOException {
    MadeEnvironments made = new MadeEnvironments(shared).by(installer);
    made.wheels.add("beta", "2.0");
    Path file = write("r.txt", "beta==2.0 --hash=sha256:" + "0".repeat(64));

    PythonEnvironmentException failure =
        assertThrows(PythonEnvironmentException.class, () -> made.makeFrom(file));

    assertTrue(failure.getMessage().toLowerCase().contains("hash"), failure.getMessage());
  }
}
