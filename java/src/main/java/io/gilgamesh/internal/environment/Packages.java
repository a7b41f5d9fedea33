package io.gilgamesh.internal.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request with what its files say now. Read at each start of a program that uses an environment:
 * what a request without files needs is written without lambdas, the first of which cost more than
 * all the rest.
 *
 * @param asked the request
 * @param lines the lines of its requirements files and of those that they include
 * @param constraintLines the lines of its constraints files
 */
record Packages(
    EnvironmentRequest asked, List<RequirementLine> lines, List<RequirementLine> constraintLines) {

  static Packages read(EnvironmentRequest asked) {
    List<RequirementLine> lines = new ArrayList<>();
    List<RequirementLine> constraints = new ArrayList<>();
    for (Path file : asked.requirementFiles()) {
      RequirementsFile read = RequirementsFile.read(file);
      lines.addAll(read.requirements());
      constraints.addAll(read.constraints());
    }
    for (Path file : asked.constraintFiles()) {
      constraints.addAll(RequirementsFile.readConstraints(file).constraints());
    }
    return new Packages(asked, lines, constraints);
  }

  /** The same, without regard to its lock. */
  Packages unlocked() {
    EnvironmentRequest free =
        new EnvironmentRequest(
            asked.requirements(),
            asked.requirementFiles(),
            asked.constraints(),
            asked.constraintFiles(),
            null);
    return new Packages(free, lines, constraintLines);
  }

  /** Whether there is nothing to install. */
  boolean isEmpty() {
    return requirements().isEmpty();
  }

  /** All requirements, sorted, those of the files without hashes. */
  List<String> requirements() {
    List<String> all = new ArrayList<>(asked.requirements());
    for (RequirementLine line : lines) {
      if (!line.isOption()) {
        all.add(line.requirement());
      }
    }
    return RequirementTexts.sorted(all);
  }

  /** The lines of all files. */
  List<RequirementLine> allLines() {
    return Stream.concat(lines.stream(), constraintLines.stream()).toList();
  }

  /** All that was asked for, in a form to compare. */
  String text() {
    StringBuilder text = new StringBuilder();
    addTexts(text, "requirement", asked.requirements());
    addTexts(text, "constraint", asked.constraints());
    addLines(text, "requirements-line", lines);
    addLines(text, "constraints-line", constraintLines);
    return text.toString();
  }

  private static void addTexts(StringBuilder text, String key, List<String> values) {
    for (String value : values) {
      text.append(key).append(' ').append(Redacted.text(value)).append('\n');
    }
  }

  private static void addLines(StringBuilder text, String key, List<RequirementLine> lines) {
    for (RequirementLine line : lines) {
      text.append(key).append(' ').append(Redacted.text(line.text())).append('\n');
    }
  }

  /** What an installer is to install, in the words that pip and uv share. */
  List<String> wanted(List<String> constraints) {
    Path lock = asked.lock();
    if (lock != null) {
      return List.of("--require-hashes", "-r", lock.toString());
    }
    List<String> words = new ArrayList<>(constraints);
    asked.requirementFiles().forEach(file -> words.addAll(List.of("-r", file.toString())));
    words.add("--");
    words.addAll(asked.requirements());
    return words;
  }

  /** Whether something limits the versions, beside the requirements themselves. */
  boolean hasConstraints() {
    return !asked.constraints().isEmpty() || !constraintLines.isEmpty();
  }

  /** Writes all constraints to a file of a name without spaces, at which uv would split it. */
  Path constraints(Path work) throws IOException {
    Stream<String> lines = constraintLines.stream().map(RequirementLine::text);
    List<String> all = Stream.concat(asked.constraints().stream(), lines).toList();
    return Files.write(work.resolve("constraints.txt"), all);
  }
}
