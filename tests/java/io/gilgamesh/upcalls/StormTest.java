package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonStats;
import io.gilgamesh.testing.InContext;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sixteen threads of nested calls from Java to Python to Java, with monitors, transactions, threads
 * of Python's, contexts that are opened and closed inside, and exceptions: no deadlock, every
 * result right, and nothing left in the end.
 */
class StormTest extends InContext {

  private static final int THREADS = 16;
  private static final int MANY = 10_000;
  private static final Duration STUCK = Duration.ofSeconds(60);
  private static final Duration SETTLING = Duration.ofSeconds(20);

  /** Its threads end when they have nothing to do, so that none is counted in the end. */
  private final ExecutorService pool =
      new ThreadPoolExecutor(0, MANY, 1, TimeUnit.SECONDS, new SynchronousQueue<>());

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private Storm storm;

  @BeforeEach
  void prepare() throws Exception {
    storm = new Storm(python, context, pool);
    storm.warmUp();
  }

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void nestedCallsOfManyThreadsNeitherDeadlockNorErrNorLeave() throws Exception {
    storm(Duration.ofSeconds(4));
  }

  @Test
  @Tag("soak")
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void nestedCallsForAsLongAsAsked() throws Exception {
    storm(Duration.ofMinutes(Integer.getInteger("gilgamesh.soak.minutes", 1)));
  }

  private void storm(Duration time) throws Exception {
    Counts before = Counts.of(python.stats());
    long seed = System.nanoTime();
    List<Worker> workers = start(seed, System.nanoTime() + time.toNanos());
    await(workers);
    if (failure.get() != null) {
      throw new AssertionError("seed " + seed, failure.get());
    }
    Counts after = settled(before);
    assertTrue(after.isWithin(before), () -> after + " after, " + before + " before");
    long rounds = workers.stream().mapToLong(worker -> worker.rounds.get()).sum();
    System.out.println("storm: " + rounds + " rounds in " + time + ", seed " + seed);
  }

  // ---- the threads

  /** One of the threads. */
  private final class Worker extends Thread {
    final AtomicLong rounds = new AtomicLong();
    private final SplittableRandom random;
    private final long end;

    Worker(String name, long seed, long end) {
      super(name);
      setDaemon(true);
      random = new SplittableRandom(seed);
      this.end = end;
    }

    @Override
    public void run() {
      try {
        while (System.nanoTime() < end && failure.get() == null) {
          int levels = random.nextInt(1, Storm.LEVELS + 1);
          long way = random.nextLong();
          assertEquals(levels, storm.step(levels, way), () -> "of the way " + way);
          rounds.incrementAndGet();
        }
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private List<Worker> start(long seed, long end) {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      workers.add(new Worker("storm-" + i, seeds.nextLong(), end));
    }
    workers.forEach(Thread::start);
    return workers;
  }

  private static void await(List<Worker> workers) throws InterruptedException {
    for (Worker worker : workers) {
      long seen = -1;
      while (worker.isAlive()) {
        assertTrue(worker.rounds.get() != seen, () -> worker.getName() + " is stuck\n" + threads());
        seen = worker.rounds.get();
        worker.join(STUCK.toMillis());
      }
    }
  }

  private static String threads() {
    StringBuilder text = new StringBuilder();
    for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
      text.append(info).append("\n");
    }
    return text.toString();
  }

  // ---- the counts

  /** What must not have grown. */
  private record Counts(
      long liveHandles,
      long transactions,
      long threadStates,
      long contexts,
      long waitingThreads,
      long javaObjects) {

    static Counts of(PythonStats stats) {
      return new Counts(
          stats.liveHandles(),
          stats.transactions(),
          stats.threadStates(),
          stats.contexts(),
          stats.waitingThreads(),
          stats.javaObjects());
    }

    boolean isWithin(Counts before) {
      return liveHandles <= before.liveHandles
          && transactions <= before.transactions
          && threadStates <= before.threadStates
          && contexts <= before.contexts
          && waitingThreads <= before.waitingThreads
          && javaObjects <= before.javaObjects;
    }
  }

  /** The counts once both collectors have done their work: as before, or else those that stay. */
  private Counts settled(Counts before) throws InterruptedException {
    long end = System.nanoTime() + SETTLING.toNanos();
    while (true) {
      System.gc();
      context.exec("import gc; gc.collect()");
      Thread.sleep(100);
      Counts now = Counts.of(python.stats());
      if (now.isWithin(before) || System.nanoTime() > end) {
        return now;
      }
    }
  }
}
