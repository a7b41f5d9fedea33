package io.gilgamesh.internal;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonInfo;
import io.gilgamesh.PythonStartException;
import io.gilgamesh.internal.find.PythonInstallation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What crosses at the start: the settings to the core, and back what the running interpreter tells
 * of itself.
 */
public final class PythonFacts {

  private final PythonInfo info;

  private PythonFacts(PythonInfo info) {
    this.info = info;
  }

  /**
   * Gives the facts in their public form.
   *
   * @return the facts
   */
  public PythonInfo info() {
    return info;
  }

  /** Begins CPython. */
  static PythonFacts start(PythonConfig config, PythonInstallation found, Path pythonPackage) {
    ValueLimit.set(config.maxValueBytes().orElse(ValueLimit.WIRE));
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.value(settings(config, found, pythonPackage));
      Object reply =
          Calls.value(exchange, RuntimeNatives.start(exchange.address()), Origin.VALUE, null);
      if (reply instanceof Map<?, ?> facts) {
        return new PythonFacts(info(facts, found));
      }
      throw new PythonStartException("The core told nothing of the Python that it started");
    }
  }

  private static List<String> texts(List<Path> paths) {
    List<String> texts = new ArrayList<>(paths.size());
    for (Path path : paths) {
      texts.add(path.toString());
    }
    return texts;
  }

  private static Map<String, @Nullable Object> settings(
      PythonConfig config, PythonInstallation found, Path pythonPackage) {
    Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    settings.put("program", text(found.executable()));
    settings.put("home", text(found.home()));
    settings.put("path", texts(config.path()));
    settings.put("arguments", config.arguments().isEmpty() ? List.of("") : config.arguments());
    settings.put("package", pythonPackage.toString());
    OptionalLong limit = config.maxValueBytes();
    if (limit.isPresent()) {
      settings.put("maxValueBytes", limit.getAsLong());
    }
    return settings;
  }

  private static @Nullable String text(@Nullable Path path) {
    return path == null ? null : path.toString();
  }

  private static PythonInfo info(Map<?, ?> facts, PythonInstallation found) {
    Number hex = facts.get("hexversion") instanceof Number number ? number : found.hexVersion();
    return new PythonInfo(
        version(facts.get("version"), found.version()),
        hex.intValue(),
        kind(found.kind()),
        path(facts.get("executable")),
        path(facts.get("prefix")).orElse(found.prefix()),
        path(facts.get("base_prefix")).orElse(found.basePrefix()),
        found.library());
  }

  /** By name, in a loop: a switch's table is a class of its own, and Enum.valueOf reflects. */
  private static PythonInfo.Kind kind(PythonInstallation.Kind found) {
    for (PythonInfo.Kind kind : PythonInfo.Kind.values()) {
      if (kind.name().equals(found.name())) {
        return kind;
      }
    }
    throw new AssertionError(found);
  }

  /** Takes the number off the front of {@code sys.version}, which goes on about compilers. */
  private static String version(@Nullable Object told, String otherwise) {
    String text = told instanceof String version ? version : otherwise;
    int end = text.indexOf(' ');
    return end < 0 ? text : text.substring(0, end);
  }

  private static Optional<Path> path(@Nullable Object told) {
    return told instanceof String text && !text.isEmpty()
        ? Optional.of(Path.of(text))
        : Optional.empty();
  }
}
