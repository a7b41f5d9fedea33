package io.gilgamesh.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * The CSV of the flights, one line a flight. Its fields have no quotes, so a comma always ends one.
 */
final class FlightFile {

  /** A flight that arrived, and by how many minutes too late; early ones have fewer than none. */
  record Arrival(LocalDate date, int hour, String carrier, String origin, String dest, int delay) {}

  private final List<String> header;

  private FlightFile(String header) {
    this.header = fields(header);
  }

  /** Reads the flights that arrived. One that was cancelled or diverted has no delay. */
  static List<Arrival> read(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile());
        BufferedReader lines = reader(file)) {
      FlightFile flights = new FlightFile(lines.readLine());
      return lines
          .lines()
          .map(FlightFile::fields)
          .filter(line -> !flights.text(line, "arr_delay").equals("NA"))
          .map(flights::arrival)
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

  private Arrival arrival(List<String> line) {
    return new Arrival(
        LocalDate.of(number(line, "year"), number(line, "month"), number(line, "day")),
        number(line, "hour"),
        text(line, "carrier"),
        text(line, "origin"),
        text(line, "dest"),
        number(line, "arr_delay"));
  }

  private String text(List<String> line, String column) {
    return line.get(header.indexOf(column));
  }

  private int number(List<String> line, String column) {
    return Integer.parseInt(text(line, column));
  }
}
