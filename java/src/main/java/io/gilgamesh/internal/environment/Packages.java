package io.gilgamesh.internal.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request with what its files say now.
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
    Stream.concat(
            asked.requirementFiles().stream().map(RequirementsFile::read),
            asked.constraintFiles().stream().map(RequirementsFile::readConstraints))
        .forEach(
            file -> {
              lines.addAll(file.requirements());
              constraints.addAll(file.constraints());
            });
    return new Packages(asked, List.copyOf(lines), List.copyOf(constraints));
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
    return Stream.concat(
            asked.requirements().stream(),
            lines.stream().filter(line -> !line.isOption()).map(RequirementLine::requirement))
        .distinct()
        .sorted()
        .toList();
  }

  /** The lines of all files. */
  List<RequirementLine> allLines() {
    return Stream.concat(lines.stream(), constraintLines.stream()).toList();
  }

  /** All that was asked for, in a form to compare. */
  String text() {
    StringBuilder text = new StringBuilder();
    asked.requirements().forEach(each -> line(text, "requirement", each));
    asked.constraints().forEach(each -> line(text, "constraint", each));
    lines.forEach(each -> line(text, "requirements-line", each.text()));
    constraintLines.forEach(each -> line(text, "constraints-line", each.text()));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(' ').append(Redacted.text(value)).append('\n');
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
