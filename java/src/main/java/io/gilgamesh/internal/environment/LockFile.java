package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.internal.find.Platform;
import io.gilgamesh.internal.find.PythonInstallation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Exact versions with hashes, and what they were made for: a requirements file that pip can use by
 * itself, with a head of comments.
 *
 * @param file where it is
 * @param python the Python's version without its last number
 * @param platform operating system and processor
 * @param requirements names the requirements that it was made from
 * @param lines its lines
 */
record LockFile(
    Path file, String python, String platform, String requirements, List<RequirementLine> lines) {
  private static final String TITLE =
      "# Packages of a Python environment, for: pip install --require-hashes -r";
  private static final String PYTHON = "# python: ";
  private static final String PLATFORM = "# platform: ";
  private static final String REQUIREMENTS = "# requirements: ";
  private static final String UPDATE = "make the lock file anew by the builder's updateLock()";

  static LockFile read(Path file) {
    if (!Files.exists(file)) {
      throw new PythonEnvironmentException(
          "The lock file " + file + " does not exist: make it by the builder's updateLock()");
    }
    List<RequirementLine> lines = RequirementsFile.lines(file, "lock file");
    for (RequirementLine line : lines) {
      if (line.isOption() || !line.text().contains("--hash=")) {
        throw new PythonEnvironmentException(
            line.place() + ": '" + line.text() + "' is no requirement with a hash; " + UPDATE);
      }
    }
    List<String> raw = readLines(file);
    return new LockFile(
        file,
        head(file, raw, PYTHON),
        head(file, raw, PLATFORM),
        head(file, raw, REQUIREMENTS),
        lines);
  }

  private static List<String> readLines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new PythonEnvironmentException("lock file: cannot read " + file, e);
    }
  }

  private static String head(Path file, List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).strip())
        .findFirst()
        .orElseThrow(
            () ->
                new PythonEnvironmentException(
                    "The lock file "
                        + file
                        + " has no line '"
                        + key.strip()
                        + "'. Make it by the builder's updateLock(); a file with hashes that was"
                        + " made by other means is taken as a requirements file"));
  }

  /** Refuses a lock that was made for something else. */
  LockFile checked(Packages packages, PythonInstallation found) {
    if (!requirements.equals(fingerprint(packages))) {
      throw new PythonEnvironmentException(
          "The lock file "
              + file
              + " was made from other requirements or constraints than "
              + Redacted.texts(packages.requirements())
              + " as they are now; "
              + UPDATE);
    }
    if (!python.equals(minor(found)) || !platform.equals(Platform.name())) {
      throw new PythonEnvironmentException(
          "The lock file %s was made for Python %s on %s, and this is Python %s on %s; choose that Python, or %s"
              .formatted(file, python, platform, minor(found), Platform.name(), UPDATE));
    }
    return this;
  }

  /** Its part of what decides what the environment is. */
  String content() {
    return lines.stream()
        .map(line -> "locked " + Redacted.text(line.text()) + "\n")
        .collect(Collectors.joining());
  }

  /** Writes a lock, in one step. */
  static void write(Path file, Packages packages, PythonInstallation python, String body)
      throws IOException {
    String text =
        TITLE
            + " "
            + file.getFileName()
            + "\n"
            + PYTHON
            + minor(python)
            + "\n"
            + PLATFORM
            + Platform.name()
            + "\n"
            + REQUIREMENTS
            + fingerprint(packages)
            + "\n"
            + (body.isEmpty() || body.endsWith("\n") ? body : body + "\n");
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
    try {
      Files.writeString(temporary, text);
      requireHashes(RequirementsFile.lines(temporary, "lock"));
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void requireHashes(List<RequirementLine> lines) {
    for (RequirementLine line : lines) {
      if (!line.text().contains("--hash=sha256:")) {
        throw new PythonEnvironmentException(
            "Cannot lock "
                + Redacted.text(line.requirement())
                + ": it has no sha256 hash; name a version of it, or the URL of a wheel");
      }
    }
  }

  private static String minor(PythonInstallation python) {
    return python.version().replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private static String fingerprint(Packages packages) {
    try {
      byte[] text = packages.text().getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JVM has SHA-256", e);
    }
  }
}
