package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.internal.find.ContentCache;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a requirements file as far as needed to know what it says: logical lines, and those of the
 * files that it includes. What a line means is the installer's to say.
 */
final class RequirementsFile {
  private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*$");

  private final List<RequirementLine> requirements = new ArrayList<>();
  private final List<RequirementLine> constraints = new ArrayList<>();
  private final Set<Path> open = new LinkedHashSet<>();

  private RequirementsFile() {}

  /** Reads a file of requirements. */
  static RequirementsFile read(Path file) {
    RequirementsFile all = new RequirementsFile();
    all.add(file, false, "requirements file");
    return all;
  }

  /** Reads a file of constraints. */
  static RequirementsFile readConstraints(Path file) {
    RequirementsFile all = new RequirementsFile();
    all.add(file, true, "constraints file");
    return all;
  }

  /** The lines of requirements and options, in order. */
  List<RequirementLine> requirements() {
    return requirements;
  }

  /** The lines of constraints, in order. */
  List<RequirementLine> constraints() {
    return constraints;
  }

  private void add(Path file, boolean constraining, String origin) {
    if (!open.add(file)) {
      throw new PythonEnvironmentException(origin + ": " + file + " includes itself");
    }
    for (RequirementLine line : lines(file, origin)) {
      add(line.checked(), constraining);
    }
    open.remove(file);
  }

  private void add(RequirementLine line, boolean constraining) {
    if (line.includesFile()) {
      Path included = line.file().resolveSibling(line.value()).normalize();
      add(included, constraining || line.includesConstraints(), line.place());
    } else {
      (constraining ? constraints : requirements).add(line);
    }
  }

  /** The logical lines of one file. */
  static List<RequirementLine> lines(Path file, String origin) {
    List<RequirementLine> lines = new ArrayList<>();
    StringBuilder joined = new StringBuilder();
    int number = 0;
    int first = 1;
    for (String line : text(file, origin).split("\r\n|[\r\n]", -1)) {
      number++;
      boolean comment = line.stripLeading().startsWith("#");
      if (line.endsWith("\\") && !comment) {
        joined.append(line, 0, line.length() - 1);
        continue;
      }
      addLine(lines, new RequirementLine(file, first, joined + (comment ? " " : "") + line));
      joined.setLength(0);
      first = number + 1;
    }
    addLine(lines, new RequirementLine(file, first, joined.toString()));
    return lines;
  }

  private static void addLine(List<RequirementLine> lines, RequirementLine raw) {
    String text = COMMENT.matcher(raw.text()).replaceFirst("").strip().replaceAll("\\s+", " ");
    if (!text.isEmpty()) {
      lines.add(new RequirementLine(raw.file(), raw.number(), text));
    }
  }

  private static String text(Path file, String origin) {
    try {
      String text = Files.readString(file);
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new PythonEnvironmentException(origin + ": cannot read " + file + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    return e instanceof CharacterCodingException
        ? "it is not UTF-8; save it in that encoding"
        : ContentCache.reason(e);
  }
}
