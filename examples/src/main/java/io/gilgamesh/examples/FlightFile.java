package io.gilgamesh.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;

/**
 * The CSV of the flights, one line a flight. Its fields have no quotes, so a comma always ends one.
 */
final class FlightFile {

  static final List<String> COLUMNS =
      List.of("year", "month", "day", "hour", "carrier", "origin", "dest", "arr_delay");

  private static final Set<String> TEXTS = Set.of("carrier", "origin", "dest");

  private FlightFile() {}

  /** Reads the flights that arrived, each with the values of {@link #COLUMNS}. */
  static List<List<Object>> read(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile());
        BufferedReader lines = reader(file)) {
      List<String> header = fields(lines.readLine());
      return lines
          .lines()
          .map(FlightFile::fields)
          .filter(line -> arrived(header, line))
          .map(line -> row(header, line))
          .toList();
    }
  }

  private static BufferedReader reader(ZipFile file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            file.getInputStream(file.getEntry("flights.csv")), StandardCharsets.UTF_8));
  }

  private static List<String> fields(String line) {
    return List.of(line.split(",", -1));
  }

  /** A flight that was cancelled or diverted has no delay. */
  private static boolean arrived(List<String> header, List<String> line) {
    return !line.get(header.indexOf("arr_delay")).equals("NA");
  }

  private static List<Object> row(List<String> header, List<String> line) {
    return COLUMNS.stream().map(name -> value(name, line.get(header.indexOf(name)))).toList();
  }

  private static Object value(String name, String field) {
    return TEXTS.contains(name) ? field : (Object) Integer.valueOf(field);
  }
}
