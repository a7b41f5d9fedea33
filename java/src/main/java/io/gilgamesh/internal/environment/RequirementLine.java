package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One logical line of a requirements file: without comment, with its continuations.
 *
 * @param file where it stands
 * @param number its first line, from 1
 * @param text its text, with single spaces
 */
record RequirementLine(Path file, int number, String text) {
  private static final Set<String> INCLUDES = Set.of("-r", "--requirement", "-c", "--constraint");
  private static final Pattern OPTIONS = Pattern.compile("\\s+--.*$");
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern RELATIVE_URL = Pattern.compile(".*@\\s*\\.{1,2}/.*");
  private static final List<String> ARCHIVES = List.of(".whl", ".zip", ".tar.gz", ".tar.bz2");

  boolean isOption() {
    return text.startsWith("-");
  }

  boolean includesFile() {
    return INCLUDES.contains(option());
  }

  boolean includesConstraints() {
    return option().equals("-c") || option().equals("--constraint");
  }

  /** Its option, such as {@code -r} or {@code --index-url}; empty for a requirement. */
  String option() {
    if (text.startsWith("--")) {
      return text.split("[= ]", 2)[0];
    }
    return isOption() ? text.substring(0, Math.min(2, text.length())) : "";
  }

  /** The option's value, empty where it has none. */
  String value() {
    String rest = text.substring(option().length());
    return rest.replaceFirst("^[= ]", "").strip();
  }

  /** The requirement without what stands after it for the installer, such as hashes. */
  String requirement() {
    return OPTIONS.matcher(text).replaceFirst("");
  }

  /** Where it stands, for a message. */
  String place() {
    return file + ":" + number;
  }

  /** Refuses what would make the environment depend on more than its text. */
  RequirementLine checked() {
    if (option().equals("-e") || option().equals("--editable")) {
      throw refused(
          "is editable, and its files can change while the environment is used again; name a"
              + " version, or a wheel by its absolute path");
    }
    if (isOption() ? includesFile() && isUrl(value()) : isRelativePath(requirement())) {
      throw refused(
          isOption()
              ? "includes what another host can change; keep a copy of it beside this file"
              : "is a relative path, which each installer looks up elsewhere; write an absolute"
                  + " one");
    }
    return this;
  }

  private PythonEnvironmentException refused(String why) {
    return new PythonEnvironmentException(place() + ": '" + Redacted.text(text) + "' " + why);
  }

  static boolean isUrl(String text) {
    return SCHEME.matcher(text).matches() && text.contains("//");
  }

  private static boolean isRelativePath(String requirement) {
    if (RELATIVE_URL.matcher(requirement).matches()) {
      return true;
    }
    String name = requirement.split("[;@\\[ ]", 2)[0];
    boolean path = name.startsWith(".") || name.contains("/") || isArchive(name);
    return path && !isUrl(requirement) && !Path.of(name).isAbsolute();
  }

  private static boolean isArchive(String name) {
    return ARCHIVES.stream().anyMatch(name::endsWith);
  }
}
