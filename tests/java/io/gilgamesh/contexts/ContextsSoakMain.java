package io.gilgamesh.contexts;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.PythonInterpreterStats;
import io.gilgamesh.PythonStats;
import io.gilgamesh.testing.ProcessMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Eight tenants at once, for as many seconds as told, twice: all counts must come back, and the
 * second half must do with the memory of the first. Arguments: seconds, seed.
 */
final class ContextsSoakMain {

  private static final int THREADS = 8;
  private static final Duration SETTLING = Duration.ofSeconds(40);
  private static final long SLACK_KB = 64 * 1024;

  /** What an interpreter takes that has run all of this. */
  private static final long INTERPRETER_KB = 8 * 1024;

  private final Python python = Python.start();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicLong rounds = new AtomicLong();

  private ContextsSoakMain() {}

  public static void main(String[] arguments) throws Exception {
    Duration half = Duration.ofSeconds(Long.parseLong(arguments[0])).dividedBy(2);
    SplittableRandom seeds = new SplittableRandom(Long.parseLong(arguments[1]));
    ContextsSoakMain soak = new ContextsSoakMain();
    new Tenant(soak.python, seeds.split()).all();
    Figures before = soak.settled(null);
    soak.run(half, seeds);
    Figures between = soak.settled(before);
    soak.run(half, seeds);
    Figures after = soak.settled(before);
    long made = after.interpreters - between.interpreters;
    if (after.resident > between.resident + SLACK_KB + made * INTERPRETER_KB) {
      throw new AssertionError("memory grew: " + between + " after one half, " + after);
    }
    System.out.println(soak.rounds + " rounds: " + before + ", " + between + ", " + after);
    System.out.println("settled");
  }

  private void run(Duration time, SplittableRandom seeds) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Tenant tenant = new Tenant(python, seeds.split());
      threads.add(new Thread(() -> rounds(tenant, end), "tenant-" + i));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new AssertionError("a tenant failed", failure.get());
    }
  }

  private void rounds(Tenant tenant, long end) {
    try {
      while (System.nanoTime() < end && failure.get() == null) {
        tenant.round();
        rounds.incrementAndGet();
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  // ---- figures

  /** What must be as it was, and the kilobytes of the process. */
  private record Figures(
      long liveHandles,
      long javaObjects,
      long contexts,
      long transactions,
      long waiting,
      long lost,
      long interpreters,
      long resident) {

    static Figures of(PythonStats stats) throws IOException {
      PythonInterpreterStats interpreters = stats.interpreters();
      return new Figures(
          stats.liveHandles(),
          stats.javaObjects(),
          stats.contexts(),
          stats.transactions(),
          stats.waitingThreads(),
          interpreters.lost() + interpreters.abandoned() + stats.abandoned(),
          interpreters.made(),
          ProcessMemory.residentKilobytes());
    }

    boolean isSettled(Figures before) {
      return contexts == 0
          && transactions == 0
          && waiting == 0
          && lost == 0
          && (before == null
              || (liveHandles <= before.liveHandles && javaObjects <= before.javaObjects));
    }
  }

  /** Waits until nothing is left; what Python holds in cycles goes when its collector runs. */
  private Figures settled(Figures before) throws Exception {
    long end = System.nanoTime() + SETTLING.toNanos();
    while (true) {
      System.gc();
      python.contexts().openAnonymous(Isolation.NAMESPACE).close();
      PythonStats stats = python.stats();
      Figures figures = Figures.of(stats);
      PythonInterpreterStats interpreters = stats.interpreters();
      boolean clean = interpreters.idle() == interpreters.made();
      if (clean && figures.isSettled(before)) {
        Thread.sleep(before == null ? 500 : 0);
        return before == null ? Figures.of(python.stats()) : figures;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("left: " + stats + ", before: " + before);
      }
      Thread.sleep(20);
    }
  }
}
