package io.gilgamesh.bench;

import io.gilgamesh.bench.Benchmark.Work;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures an operation and its floor in alternating rounds, so that whatever else the machine does
 * meets both. Figures are medians over the rounds; the ratio is that of the medians. The floor ends
 * with an empty JNI call.
 *
 * <p>On a machine that does other work too, the system property {@code gilgamesh.bench.clock=cpu}
 * counts the time of the measuring thread alone.
 */
final class Harness {

  /** The extra figure of rows that count elements. */
  static final String ELEMENT = "ns_per_element";

  static final int ROUNDS = 11;
  private static final long ROUND_NANOS = 60_000_000;
  private static final long WARM_UP_NANOS = 4_000_000_000L;
  private static final long CHECKED_TIMES = 10;

  private static final LongSupplier CLOCK =
      "cpu".equals(System.getProperty("gilgamesh.bench.clock"))
          ? ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime
          : System::nanoTime;

  private Harness() {}

  static Result measure(Benchmark benchmark) {
    check(benchmark);
    List<Rounds> floors = new ArrayList<>();
    benchmark.floors().forEach(floor -> floors.add(new Rounds(floor)));
    floors.add(new Rounds(Harness::emptyCalls));
    Rounds operation = new Rounds(benchmark.operation());
    for (int round = 0; round < ROUNDS; round++) {
      operation.round();
      floors.forEach(Rounds::round);
    }
    double floor = floors.stream().mapToDouble(Rounds::median).sum();
    Result result = Result.of(operation.median(), floor);
    addExtra(benchmark, result);
    return result;
  }

  private static void addExtra(Benchmark benchmark, Result result) {
    if (benchmark.elements() > 0) {
      result.with(ELEMENT, result.ns() / benchmark.elements());
    }
    benchmark.variants().forEach((key, work) -> result.with(key, alone(work)));
  }

  private static double alone(Work work) {
    Rounds rounds = new Rounds(work);
    for (int round = 0; round < ROUNDS; round++) {
      rounds.round();
    }
    return rounds.median();
  }

  /** The operation must do what its floor does, and what its variants do. */
  private static void check(Benchmark benchmark) {
    long sum = benchmark.operation().run(CHECKED_TIMES);
    List<Work> others = new ArrayList<>(benchmark.variants().values());
    benchmark.floors().stream().limit(1).forEach(others::add);
    for (Work other : others) {
      long expected = other.run(CHECKED_TIMES);
      if (sum != expected) {
        throw new IllegalStateException(benchmark.name() + " yields " + sum + ", not " + expected);
      }
    }
  }

  private static long emptyCalls(long times) {
    for (long i = 0; i < times; i++) {
      FloorNatives.empty();
    }
    return times;
  }

  /** The rounds of one work. */
  private static final class Rounds {
    private final Work work;
    private final double[] nanos = new double[ROUNDS];
    private final long times;
    private int done;

    /** Warms it up, and finds how many times take as long as a round shall. */
    Rounds(Work work) {
      this.work = work;
      long began = System.nanoTime();
      long tried = 1;
      double last = 1;
      while (System.nanoTime() - began < WARM_UP_NANOS || last < ROUND_NANOS / 2.0) {
        last = time(tried) * tried;
        if (last < ROUND_NANOS / 2.0) {
          tried *= 2;
        }
      }
      times = Math.max(1, (long) (tried * ROUND_NANOS / last));
    }

    void round() {
      nanos[done++] = time(times);
    }

    private double time(long count) {
      long began = CLOCK.getAsLong();
      long sum = work.run(count);
      long ended = CLOCK.getAsLong();
      if (sum == -1) {
        throw new IllegalStateException("a floor failed");
      }
      return (double) (ended - began) / count;
    }

    double median() {
      double[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }
}
