package io.gilgamesh.examples;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import java.time.Duration;
import java.util.List;

/**
 * A round trip through the cities of Sumer, shortened by Python while Java watches: the Python
 * function tells a Java listener each tour that is shorter than those before, and goes on until the
 * listener has seen enough.
 *
 * <p>Argument: how many kilometres are short enough, 850 if there is none.
 */
public final class ShortTour {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String SCRIPT =
      """
      import math
      import random

      KILOMETRES_OF_A_DEGREE = 111.2

      def distance(one, other):
          north = one["latitude"] - other["latitude"]
          east = (one["longitude"] - other["longitude"]) * math.cos(math.radians(one["latitude"]))
          return math.hypot(north, east) * KILOMETRES_OF_A_DEGREE

      def length_of(tour):
          return sum(map(distance, tour, tour[1:] + tour[:1]))

      def shorten(tour, listener):
          chance = random.Random(1)
          length, tries = length_of(tour), 0
          while not listener.enough:
              start, end = sorted(chance.sample(range(len(tour) + 1), 2))
              other = tour[:start] + tour[start:end][::-1] + tour[end:]
              tries += 1
              if length_of(other) < length - 1e-9:
                  tour, length = other, length_of(other)
                  listener.shorter(tries, length)
          return {"cities": [city["name"] for city in tour], "length": length}
      """;

  /** Where a city was, in degrees. */
  record City(String name, double latitude, double longitude) {}

  /** What the search gives: the cities in their order, and the kilometres there and back. */
  record Tour(List<String> cities, double length) {}

  /** What Python calls: public, so that scripts see it. */
  public interface Listener {

    /** Hears of a tour that is shorter than those before. */
    void shorter(int tries, double kilometres);

    /** Whether the search shall end; a property to Python. */
    boolean isEnough();
  }

  /** Prints what it hears, and has enough when the tour is short or its patience is over. */
  private static final class Watcher implements Listener {
    private final double wanted;
    private final long start = System.nanoTime();
    private double shortest = Double.POSITIVE_INFINITY;

    Watcher(double wanted) {
      this.wanted = wanted;
    }

    @Override
    public void shorter(int tries, double kilometres) {
      shortest = kilometres;
      System.out.printf("%,7d tries  %7.1f km%n", tries, kilometres);
    }

    @Override
    public boolean isEnough() {
      return shortest <= wanted || System.nanoTime() - start > PATIENCE.toNanos();
    }
  }

  private static final List<City> CITIES =
      List.of(
          new City("Uruk", 31.32, 45.64),
          new City("Kish", 32.54, 44.60),
          new City("Ur", 30.96, 46.10),
          new City("Sippar", 33.06, 44.25),
          new City("Lagash", 31.41, 46.41),
          new City("Nippur", 32.13, 45.23),
          new City("Eridu", 30.82, 45.99),
          new City("Babylon", 32.54, 44.42),
          new City("Umma", 31.67, 45.89),
          new City("Eshnunna", 33.48, 44.73),
          new City("Larsa", 31.29, 45.85),
          new City("Borsippa", 32.39, 44.34),
          new City("Girsu", 31.56, 46.18),
          new City("Isin", 31.88, 45.27),
          new City("Shuruppak", 31.78, 45.51),
          new City("Adab", 31.95, 45.62));

  private ShortTour() {}

  public static void main(String[] arguments) {
    double wanted = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 850;
    try (Python python = Python.start();
        PythonContext search = python.contexts().open("search")) {
      search.exec(SCRIPT, "short_tour.py");
      Tour tour = search.callTo(Tour.class, "shorten", CITIES, new Watcher(wanted));
      System.out.printf("%.1f km: %s%n", tour.length(), String.join(", ", tour.cities()));
    }
  }
}
