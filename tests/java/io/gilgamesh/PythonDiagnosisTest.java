package io.gilgamesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonDiagnosis.Candidate;
import io.gilgamesh.PythonDiagnosis.Outcome;
import io.gilgamesh.PythonDiagnosis.Source;
import io.gilgamesh.internal.find.PythonFinder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonDiagnosisTest {
  @Test
  void theReportHasALineForEachCandidateAndOneForItsReason() {
    Candidate rejected = new Candidate(Source.CONFIG, "/x", Outcome.REJECTED, "is too old");
    Candidate unneeded = new Candidate(Source.PATH, "", Outcome.NOT_NEEDED, "");

    List<String> lines =
        new PythonDiagnosis("linux-x86_64", "/cache", List.of(rejected, unneeded))
            .toString()
            .lines()
            .toList();

    assertEquals("Search for a Python (linux-x86_64, cache /cache):", lines.get(0));
    assertEquals("  rejected    PythonConfig: /x", lines.get(1));
    assertEquals("is too old", lines.get(2).strip());
    assertEquals("  not needed  python3 on the PATH", lines.get(3));
  }

  @Test
  void whatIsNotSetOrNotThereIsNoRejection() {
    Candidate unset = new Candidate(Source.VIRTUAL_ENV, "", Outcome.ABSENT, "");
    Candidate missing = new Candidate(Source.EMBEDDED, "", Outcome.ABSENT, "no jar");

    List<String> lines =
        new PythonDiagnosis("linux-x86_64", "/cache", List.of(unset, missing))
            .toString()
            .lines()
            .toList();

    assertEquals("  not set     environment variable VIRTUAL_ENV", lines.get(1));
    assertEquals("  not there   embedded CPython on the class path", lines.get(2));
    assertEquals("no jar", lines.get(3).strip());
  }

  @Test
  void whatWasChosenAndIsMissingIsToldWithoutAnException() {
    PythonConfig config = PythonConfig.builder().executable(Path.of("/no/such/python")).build();

    PythonDiagnosis diagnosis = PythonFinder.diagnose(config);

    assertTrue(diagnosis.taken().isEmpty());
    assertEquals(Outcome.REJECTED, diagnosis.candidates().get(0).outcome());
    assertTrue(
        diagnosis.candidates().stream()
            .skip(1)
            .allMatch(candidate -> candidate.outcome() == Outcome.NOT_NEEDED));
  }
}
