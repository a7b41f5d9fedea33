package io.gilgamesh.bench;

import io.gilgamesh.Isolation;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextPool;
import io.gilgamesh.PythonLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Python code that runs on two processors at once. */
final class ParallelBenchmarks {

  private static final int THREADS = 2;
  private static final String DEFINITION =
      """
      def work(n):
          total = 0
          for i in range(n):
              total += i * i % 7
          return total
      """;

  /** Some hundredths of a second. */
  private static final long LONG_WORK = 500_000;

  /** About a millisecond. */
  private static final long REQUEST = 20_000;

  private static final long WINDOW_NANOS = 700_000_000;
  private static final int ROUNDS = 31;
  private static final int POOL_ROUNDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Subjects on;

  private ParallelBenchmarks(Subjects on) {
    this.on = on;
  }

  static List<Benchmark> all(Subjects on) {
    ParallelBenchmarks of = new ParallelBenchmarks(on);
    return List.of(
        Benchmark.special("isolated_two_cores", Bar.ratio(1.1), of::twoCores),
        Benchmark.special("pool_throughput", Bar.ratioAtLeast(1.6), of::pool));
  }

  // ---- two contexts

  /** Both contexts at once, over one of them alone; and what the processors make of Java code. */
  private Result twoCores() {
    try (PythonContext one = isolated();
        PythonContext other = isolated()) {
      Series alone = new Series();
      Series both = new Series();
      Series javaAlone = new Series();
      Series javaBoth = new Series();
      for (int round = 0; round < ROUNDS; round++) {
        alone.time(() -> together(List.of(() -> work(one))));
        both.time(() -> together(List.of(() -> work(one), () -> work(other))));
        javaAlone.time(() -> together(List.of(ParallelBenchmarks::spin)));
        javaBoth.time(() -> together(List.of(ParallelBenchmarks::spin, ParallelBenchmarks::spin)));
      }
      return Result.of(both.median(), alone.median())
          .with("best_ratio", both.least() / alone.least())
          .with("ratio_of_java", javaBoth.median() / javaAlone.median());
    }
  }

  private PythonContext isolated() {
    PythonContext context = on.python.contexts().openAnonymous(Isolation.INTERPRETER);
    context.exec(DEFINITION);
    work(context);
    return context;
  }

  private static long work(PythonContext context) {
    return context.callLong("work", LONG_WORK);
  }

  /** The same with no Python in it. */
  private static long spin() {
    long total = 0;
    for (long i = 0; i < 20 * LONG_WORK; i++) {
      total += i * i % 7;
    }
    return total;
  }

  // ---- pool

  /** Requests a second through a pool of two, over those through a pool of one. */
  private Result pool() {
    try (PythonContextPool one = pool(1);
        PythonContextPool two = pool(THREADS)) {
      rate(one);
      rate(two);
      Series single = new Series();
      Series together = new Series();
      for (int round = 0; round < POOL_ROUNDS; round++) {
        single.add(rate(one));
        together.add(rate(two));
      }
      double ratio = together.median() / single.median();
      return new Result(
              1e9 / together.median(), 1e9 / single.median(), ratio, Result.of(1, 1).extra())
          .with("requests_per_second", together.median())
          .with("requests_per_second_of_one", single.median());
    }
  }

  private PythonContextPool pool(int size) {
    return PythonContextPool.builder(on.python).size(size).startup(DEFINITION).open();
  }

  /** Requests a second, of as many clients as there are processors for. */
  private static double rate(PythonContextPool pool) {
    List<Work> clients = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      clients.add(() -> requests(pool));
    }
    return together(clients) * 1e9 / WINDOW_NANOS;
  }

  private static long requests(PythonContextPool pool) {
    long began = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - began < WINDOW_NANOS) {
      try (PythonLease lease = pool.lease(PATIENCE)) {
        lease.context().callLong("work", REQUEST);
        done++;
      }
    }
    return done;
  }

  // ---- threads

  private interface Work {
    long run();
  }

  /** Runs each on a thread of its own; the sum of what they give. */
  private static long together(List<Work> all) {
    ExecutorService threads = Executors.newFixedThreadPool(all.size());
    try {
      long sum = 0;
      List<Future<Long>> running = new ArrayList<>();
      for (Work work : all) {
        running.add(threads.submit(work::run));
      }
      for (Future<Long> one : running) {
        sum += one.get();
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdown();
    }
  }
}
