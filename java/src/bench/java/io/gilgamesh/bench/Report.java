package io.gilgamesh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table that people read, and the file that programs read. */
final class Report {

  private static final String ROW = "%-28s %14s %14s %8s   %-24s %s%n";

  private final Map<String, Result> results = new LinkedHashMap<>();

  void head() {
    System.out.printf(ROW, "", "ns", "floor ns", "ratio", "bar", "");
  }

  void add(Benchmark benchmark, Result result) {
    results.put(benchmark.name(), result);
    String verdict =
        benchmark.bar() == Bar.NONE ? "" : benchmark.bar().met().test(result) ? "met" : "MISSED";
    System.out.printf(
        ROW,
        benchmark.name(),
        number(result.ns()),
        number(result.floorNs()),
        String.format(Locale.ROOT, "%.2f", result.ratio()),
        benchmark.bar().text(),
        verdict + extra(result));
  }

  private static String extra(Result result) {
    return result.extra().entrySet().stream()
        .map(figure -> "  " + figure.getKey() + " " + number(figure.getValue()))
        .collect(Collectors.joining());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1000 ? "%,.1f" : "%,.0f", value);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file,
        results.entrySet().stream()
            .map(entry -> "  \"" + entry.getKey() + "\": " + json(entry.getValue()))
            .collect(Collectors.joining(",\n", "{\n", "\n}\n")));
  }

  private static String json(Result result) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ns", result.ns());
    figures.put("floor_ns", result.floorNs());
    figures.put("ratio", result.ratio());
    figures.putAll(result.extra());
    return figures.entrySet().stream()
        .map(
            figure ->
                "\""
                    + figure.getKey()
                    + "\": "
                    + String.format(Locale.ROOT, "%.3f", figure.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
