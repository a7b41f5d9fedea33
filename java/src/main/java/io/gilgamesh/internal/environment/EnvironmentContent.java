package io.gilgamesh.internal.environment;

import io.gilgamesh.internal.find.PythonInstallation;
import java.nio.file.Path;
import java.util.List;

/**
 * All that decides what an environment is: the text of its marker, one fact a line.
 *
 * @param text the lines
 */
record EnvironmentContent(String text) {

  static EnvironmentContent of(PythonInstallation python, Packages packages, String lock) {
    return new EnvironmentContent(ofPython(python) + packages.text() + lock);
  }

  /** The lines of the Python alone. */
  static String ofPython(PythonInstallation python) {
    return "python "
        + python.version()
        + "\nbase "
        + python.basePrefix()
        + "\nlibrary "
        + python.library()
        + "\n";
  }

  String python() {
    return first("python");
  }

  String base() {
    return first("base");
  }

  /** The requirements, sorted, without hashes and passwords. */
  List<String> requirements() {
    return text.lines()
        .filter(line -> line.startsWith("requirement ") || line.startsWith("requirements-line "))
        .map(line -> new RequirementLine(Path.of(""), 0, afterKey(line)))
        .filter(line -> !line.isOption())
        .map(RequirementLine::requirement)
        .distinct()
        .sorted()
        .toList();
  }

  private String first(String key) {
    return text.lines()
        .filter(line -> line.startsWith(key + " "))
        .map(EnvironmentContent::afterKey)
        .findFirst()
        .orElse("");
  }

  private static String afterKey(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }
}
