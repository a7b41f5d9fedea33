package io.gilgamesh.internal.environment;

import io.gilgamesh.internal.find.Platform;
import io.gilgamesh.internal.find.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What pip is configured with, by its files and environment variables: another installer must not
 * get packages from elsewhere.
 */
final class PipSettings {
  private final Map<String, String> values = new TreeMap<>();
  private final Surroundings surroundings;

  private PipSettings(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  static PipSettings of(Surroundings surroundings) {
    PipSettings settings = new PipSettings(surroundings);
    settings.files().forEach(settings::readFile);
    surroundings.environment().forEach(settings::addVariable);
    return settings;
  }

  /** The settings by their long names, such as {@code index-url}. */
  Map<String, String> values() {
    return values;
  }

  private void addVariable(String name, String value) {
    if (name.startsWith("PIP_") && !name.equals("PIP_CONFIG_FILE") && !value.isEmpty()) {
      values.put(key(name.substring(4)), value);
    }
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^--", "");
  }

  /** In the order of pip: what comes later wins. */
  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    String chosen = surroundings.variable("PIP_CONFIG_FILE");
    if (chosen == null || !chosen.equals("/dev/null")) {
      ofSystem(files);
      add(files, chosen);
    }
    return files;
  }

  private void ofSystem(List<Path> files) {
    String home = surroundings.home();
    if (Platform.isWindows()) {
      add(files, surroundings.variable("PROGRAMDATA"), "pip", "pip.ini");
      add(files, home, "pip", "pip.ini");
      add(files, surroundings.variable("APPDATA"), "pip", "pip.ini");
      return;
    }
    add(files, Platform.isMac() ? "/Library/Application Support/pip/pip.conf" : null);
    String shared = surroundings.variable("XDG_CONFIG_DIRS");
    for (String folder : (shared == null ? "/etc/xdg" : shared).split(":", -1)) {
      add(files, folder, "pip", "pip.conf");
    }
    add(files, "/etc/pip.conf");
    add(files, home, ".pip", "pip.conf");
    add(files, Platform.isMac() ? home : null, "Library/Application Support/pip/pip.conf");
    String own = surroundings.variable("XDG_CONFIG_HOME");
    add(files, own == null ? home + "/.config" : own, "pip", "pip.conf");
  }

  private static void add(List<Path> files, @Nullable String first, String... more) {
    try {
      if (first != null && Path.of(first).isAbsolute()) {
        files.add(Path.of(first, more));
      }
    } catch (InvalidPathException e) {
      // Not a file, for pip neither.
    }
  }

  private void readFile(Path file) {
    try {
      readLines(Files.readAllLines(file));
    } catch (IOException e) {
      // pip leaves out what it cannot read.
    }
  }

  /** Where the name of a setting ends. */
  private static int delimiter(String text) {
    int equals = text.indexOf('=');
    int colon = text.indexOf(':');
    return equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
  }

  private void readLines(List<String> lines) {
    boolean ours = false;
    String key = "";
    for (String line : lines) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
        continue;
      }
      int assigned = delimiter(text);
      if (text.startsWith("[")) {
        ours = text.equals("[global]") || text.equals("[install]");
      } else if (ours && Character.isWhitespace(line.charAt(0))) {
        values.merge(key, text, (first, more) -> (first + " " + more).strip());
      } else if (ours && assigned > 0) {
        key = key(text.substring(0, assigned));
        values.put(key, text.substring(assigned + 1).strip());
      }
    }
  }
}
