package io.gilgamesh.internal.environment;

import io.gilgamesh.internal.find.Surroundings;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says to uv what pip is configured with. By environment variables, since other users can read a
 * command line, and an index can have a password.
 */
final class UvVariables {
  /** Settings of pip that do not decide what is installed. */
  private static final Set<String> INDIFFERENT =
      Set.of(
          "disable-pip-version-check",
          "no-input",
          "progress-bar",
          "cache-dir",
          "no-cache-dir",
          "quiet",
          "verbose",
          "no-color",
          "retries",
          "no-warn-script-location",
          "root-user-action",
          "break-system-packages",
          "require-virtualenv",
          "no-python-version-warning",
          "compile",
          "no-compile",
          "no-warn-conflicts",
          "upgrade",
          "log",
          "user",
          "target",
          "prefix",
          "root");

  private static final Set<String> TRANSLATED =
      Set.of(
          "index-url",
          "extra-index-url",
          "find-links",
          "no-index",
          "trusted-host",
          "cert",
          "timeout",
          "default-timeout");

  private UvVariables() {}

  /** A setting of pip's that uv cannot be told. */
  static Optional<String> foreign(PipSettings pip) {
    return pip.values().keySet().stream()
        .filter(key -> !INDIFFERENT.contains(key) && !TRANSLATED.contains(key))
        .findFirst();
  }

  /** What to add to the environment; what is set for uv itself stays as it is. */
  static Map<String, @Nullable String> of(PipSettings pip, Surroundings surroundings) {
    Map<String, @Nullable String> variables = new HashMap<>();
    Map<String, String> values = pip.values();
    add(variables, "UV_DEFAULT_INDEX", values.get("index-url"));
    add(variables, "UV_INDEX", values.get("extra-index-url"));
    add(variables, "UV_FIND_LINKS", places(values.get("find-links")));
    add(variables, "UV_INSECURE_HOST", values.get("trusted-host"));
    add(variables, "SSL_CERT_FILE", values.get("cert"));
    String timeout = values.get("timeout");
    add(variables, "UV_HTTP_TIMEOUT", timeout != null ? timeout : values.get("default-timeout"));
    variables.keySet().removeIf(name -> surroundings.variable(name) != null);
    dropIf(variables, "UV_DEFAULT_INDEX", surroundings.variable("UV_INDEX_URL"));
    dropIf(variables, "UV_INDEX", surroundings.variable("UV_EXTRA_INDEX_URL"));
    return variables;
  }

  private static void add(
      Map<String, @Nullable String> variables, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      variables.put(name, value);
    }
  }

  private static void dropIf(
      Map<String, @Nullable String> variables, String name, @Nullable String other) {
    if (other != null) {
      variables.remove(name);
    }
  }

  /**
   * pip separates places by spaces, uv by commas; a relative folder is one of the working folder.
   */
  private static @Nullable String places(@Nullable String value) {
    return value == null
        ? null
        : List.of(value.strip().split("\\s+")).stream()
            .map(place -> RequirementLine.isUrl(place) ? place : new File(place).getAbsolutePath())
            .collect(Collectors.joining(","));
  }

  /** Whether pip may ask no index: uv has no variable for that. */
  static boolean noIndex(PipSettings pip) {
    String value = pip.values().getOrDefault("no-index", "").toLowerCase(Locale.ROOT);
    return Set.of("1", "true", "yes", "on", "t", "y").contains(value);
  }
}
