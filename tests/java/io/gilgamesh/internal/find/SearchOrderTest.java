package io.gilgamesh.internal.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonDiagnosis;
import io.gilgamesh.PythonDiagnosis.Outcome;
import io.gilgamesh.PythonDiagnosis.Source;
import io.gilgamesh.PythonStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchOrderTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Path library;

  @BeforeEach
  void makeALibrary() throws IOException {
    library = TestSurroundings.ownLibrary(folder.resolve("lib/libpython3.12.so.1.0"));
  }

  private Path python(String name) throws IOException {
    return TestSurroundings.fakePython(folder.resolve(name), library);
  }

  private Path venv(String name) throws IOException {
    python(name + "/bin/python");
    Files.writeString(folder.resolve(name).resolve("pyvenv.cfg"), "home = /opt/fake\n");
    return folder.resolve(name);
  }

  private void onPath(Path... pythons) {
    environment.put(
        "PATH",
        String.join(
            ":", List.of(pythons).stream().map(python -> python.getParent().toString()).toList()));
  }

  private Surroundings surroundings() {
    return TestSurroundings.with(environment, folder.resolve("cache"));
  }

  private Path found(PythonConfig config) {
    return PythonFinder.find(config, surroundings()).executable();
  }

  @Test
  void theConfigurationComesFirst() throws IOException {
    Path chosen = python("chosen");
    environment.put("GILGAMESH_PYTHON", python("variable").toString());
    environment.put("VIRTUAL_ENV", venv("venv").toString());
    onPath(python("path/python3"));

    assertEquals(chosen, found(PythonConfig.builder().executable(chosen).build()));
  }

  @Test
  void thenTheVariableThenTheActiveVenvThenThePath() throws IOException {
    environment.put("GILGAMESH_PYTHON", python("variable").toString());
    environment.put("VIRTUAL_ENV", venv("venv").toString());
    onPath(python("path/python3"));

    assertEquals(folder.resolve("variable"), found(PythonConfig.defaults()));
    environment.remove("GILGAMESH_PYTHON");
    assertEquals(folder.resolve("venv/bin/python"), found(PythonConfig.defaults()));
    environment.remove("VIRTUAL_ENV");
    assertEquals(folder.resolve("path/python3"), found(PythonConfig.defaults()));
  }

  @Test
  void theVariableNamesAnExecutableAVenvOrABareName() throws IOException {
    environment.put("GILGAMESH_PYTHON", venv("venv").toString());
    assertEquals(folder.resolve("venv/bin/python"), found(PythonConfig.defaults()));

    onPath(python("path/python3.12"));
    environment.put("GILGAMESH_PYTHON", "python3.12");
    assertEquals(folder.resolve("path/python3.12"), found(PythonConfig.defaults()));
  }

  @Test
  void anEmptyVariableIsNotSet() throws IOException {
    environment.put("GILGAMESH_PYTHON", "");
    environment.put("VIRTUAL_ENV", " ");
    onPath(python("path/python3"));

    assertEquals(folder.resolve("path/python3"), found(PythonConfig.defaults()));
  }

  @Test
  void aChosenPythonThatFailsIsNotReplaced() throws IOException {
    onPath(python("path/python3"));
    PythonConfig config = PythonConfig.builder().executable(folder.resolve("none")).build();

    PythonStartException failure = assertThrows(PythonStartException.class, () -> found(config));

    assertTrue(failure.getMessage().startsWith("The Python of PythonConfig"), failure.getMessage());
    assertEquals(0, TestSurroundings.asked(folder.resolve("path/python3")));
  }

  @Test
  void aVariableThatFailsIsNotReplaced() throws IOException {
    onPath(python("path/python3"));
    environment.put("GILGAMESH_PYTHON", folder.resolve("none").toString());

    PythonStartException failure =
        assertThrows(PythonStartException.class, () -> found(PythonConfig.defaults()));

    assertTrue(failure.getMessage().contains("GILGAMESH_PYTHON"), failure.getMessage());
    assertTrue(failure.getMessage().contains("does not exist"), failure.getMessage());
  }

  @Test
  void anUnfitActiveVenvOrPathEntryIsPassedOver() throws IOException {
    environment.put("VIRTUAL_ENV", folder.resolve("gone").toString());
    Path broken = TestSurroundings.script(folder.resolve("broken/python3"), "exit 3");
    onPath(broken, python("path/python3"));

    assertEquals(folder.resolve("path/python3"), found(PythonConfig.defaults()));
    PythonDiagnosis diagnosis = Search.diagnose(PythonConfig.defaults(), surroundings());
    List<Outcome> outcomes =
        diagnosis.candidates().stream().map(PythonDiagnosis.Candidate::outcome).toList();
    assertEquals(
        List.of(
            Outcome.ABSENT,
            Outcome.ABSENT,
            Outcome.REJECTED,
            Outcome.ABSENT,
            Outcome.ABSENT,
            Outcome.REJECTED,
            Outcome.TAKEN),
        outcomes);
    assertTrue(diagnosis.toString().contains("exit code 3"), diagnosis.toString());
    assertTrue(
        diagnosis.toString().contains(folder.resolve("gone").toString()), diagnosis.toString());
  }

  @Test
  void relativeEntriesOfThePathAreLeftOut() {
    environment.put("PATH", ".::bin");

    assertEquals(List.of(), new Interpreters(surroundings()).onSearchPath("sh"));
  }

  @Test
  void whereThereIsNoneTheMessageListsAllThatWasTried() {
    String message =
        assertThrows(PythonStartException.class, () -> found(PythonConfig.defaults())).getMessage();

    for (String part :
        List.of(
            "No Python was found",
            "org.bytedeco:cpython",
            "GILGAMESH_PYTHON",
            "VIRTUAL_ENV",
            "PATH")) {
      assertTrue(message.contains(part), () -> part + " is not in: " + message);
    }
  }

  @Test
  void whatComesAfterTheTakenOneIsNotNeeded() throws IOException {
    environment.put("GILGAMESH_PYTHON", python("variable").toString());

    PythonDiagnosis diagnosis = Search.diagnose(PythonConfig.defaults(), surroundings());

    assertEquals(Source.GILGAMESH_PYTHON, diagnosis.taken().orElseThrow().source());
    assertEquals(
        Outcome.NOT_NEEDED,
        diagnosis.candidates().get(diagnosis.candidates().size() - 1).outcome());
  }

  @Test
  void aDiagnosisNeverThrows() {
    environment.put("GILGAMESH_PYTHON", "\0");

    PythonDiagnosis diagnosis =
        Search.diagnose(
            PythonConfig.defaults(),
            TestSurroundings.with(environment, Path.of("/dev/null/cache")));

    assertTrue(diagnosis.taken().isEmpty());
    assertTrue(
        Search.diagnose(PythonConfig.defaults(), TestSurroundings.bare())
            .toString()
            .contains("home folder is unknown"));
  }
}
