package io.gilgamesh.bench;

import io.gilgamesh.PythonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Calls a second of many threads outside of transactions, over those of one. */
final class ThreadBenchmark {

  private static final int THREADS = 8;
  private static final long ROUND_NANOS = 150_000_000;
  private static final int BATCH = 64;
  private static final int WARM_UP_ROUNDS = 4;

  private ThreadBenchmark() {}

  static List<Benchmark> all(Subjects on) {
    PythonObject increment = on.get("increment");
    return List.of(Benchmark.special("threads_8", Bar.ratioAtLeast(0.3), () -> measure(increment)));
  }

  private static Result measure(PythonObject increment) {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      rate(increment, 1);
      rate(increment, THREADS);
    }
    double[] one = new double[Harness.ROUNDS];
    double[] many = new double[Harness.ROUNDS];
    for (int i = 0; i < Harness.ROUNDS; i++) {
      one[i] = rate(increment, 1);
      many[i] = rate(increment, THREADS);
    }
    double single = median(one);
    double together = median(many);
    return new Result(1e9 / together, 1e9 / single, together / single, Result.of(1, 1).extra())
        .with("calls_per_second", together)
        .with("calls_per_second_of_one", single);
  }

  private static double median(double[] rates) {
    Arrays.sort(rates);
    return rates[rates.length / 2];
  }

  /** Calls a second, of all threads together. */
  private static double rate(PythonObject increment, int count) {
    CountDownLatch begin = new CountDownLatch(1);
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Caller caller = new Caller(increment, begin);
      caller.start();
      callers.add(caller);
    }
    begin.countDown();
    return callers.stream().mapToDouble(Caller::rate).sum();
  }

  private static final class Caller extends Thread {
    private final PythonObject increment;
    private final CountDownLatch begin;
    private double rate;

    Caller(PythonObject increment, CountDownLatch begin) {
      this.increment = increment;
      this.begin = begin;
    }

    @Override
    public void run() {
      CallBenchmarks.call1(increment, 1); // its thread state is there before the clock runs
      try {
        begin.await();
      } catch (InterruptedException e) {
        return;
      }
      long began = System.nanoTime();
      long calls = 0;
      long nanos = 0;
      while (nanos < ROUND_NANOS) {
        CallBenchmarks.call1(increment, BATCH);
        calls += BATCH;
        nanos = System.nanoTime() - began;
      }
      rate = calls * 1e9 / nanos;
    }

    double rate() {
      try {
        join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return rate;
    }
  }
}
