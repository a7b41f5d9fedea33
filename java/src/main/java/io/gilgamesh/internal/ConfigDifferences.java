package io.gilgamesh.internal;

import io.gilgamesh.PythonConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What two configurations do not have in common, in words. */
final class ConfigDifferences {

  private final List<String> differences = new ArrayList<>();

  private ConfigDifferences() {}

  /** Names each setting that differs, with both its values. */
  static String of(PythonConfig running, PythonConfig wanted) {
    ConfigDifferences found = new ConfigDifferences();
    found.compare("python", choice(running), choice(wanted));
    found.compare("arguments", running.arguments(), wanted.arguments());
    found.compare("path", running.path(), wanted.path());
    found.compare("shutdownTimeout", running.shutdownTimeout(), wanted.shutdownTimeout());
    found.compare("maxValueBytes", limit(running), limit(wanted));
    found.compare("hostAccess", running.hostAccess(), wanted.hostAccess());
    return String.join("; ", found.differences);
  }

  private void compare(String setting, Object running, Object wanted) {
    if (!Objects.equals(running, wanted)) {
      differences.add(setting + ": running with " + running + ", asked for " + wanted);
    }
  }

  private static String limit(PythonConfig config) {
    return config.maxValueBytes().isPresent()
        ? String.valueOf(config.maxValueBytes().getAsLong())
        : "no limit";
  }

  private static String choice(PythonConfig config) {
    return config
        .executable()
        .map(file -> "executable " + file)
        .or(() -> config.venv().map(folder -> "venv " + folder))
        .or(() -> config.libpython().map(file -> "libpython " + file))
        .orElse("the one that the search finds");
  }
}
