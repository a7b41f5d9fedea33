package io.gilgamesh.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonDeadlineException;
import io.gilgamesh.PythonInterruptedException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.stopping.Loops.Runner;
import io.gilgamesh.testing.InContext;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Interrupts that come about when a call ends: none of them ever hits the next one. */
@Tag("long")
final class LateInterruptTest extends InContext {

  private static final long SPAN = 3_000_000_000L;

  private static final String COUNT =
      "def count(n):\n    total = 0\n    for i in range(n): total += 1\n    return total";

  @Test
  void aDeadlineAboutTheEndOfACallNeverHitsTheNext() {
    PythonObject count = made(COUNT, "count");
    int stopped = 0;
    int calls = 0;
    for (long end = System.nanoTime() + SPAN; System.nanoTime() < end; calls++) {
      int size = ThreadLocalRandom.current().nextInt(2_000);
      Duration limit = Duration.ofNanos(ThreadLocalRandom.current().nextInt(150_000));
      try {
        assertEquals(size, context.<Long>within(limit, () -> count.applyLong(size)));
      } catch (PythonDeadlineException e) {
        stopped++;
      }
      assertEquals(100, count.applyLong(100), "this one has no deadline");
    }
    assertTrue(stopped > 10 && calls - stopped > 10, stopped + " of " + calls + " were stopped");
  }

  @Test
  void insideATransactionNeither() {
    PythonObject count = made(COUNT, "count");
    int stopped = 0;
    try (PythonTransaction tx = context.begin()) {
      for (long end = System.nanoTime() + SPAN; System.nanoTime() < end; ) {
        tx.deadline(Duration.ofNanos(ThreadLocalRandom.current().nextInt(150_000)));
        try {
          count.applyLong(1_000);
        } catch (PythonDeadlineException e) {
          stopped++;
        }
        tx.deadline(Duration.ofDays(1));
        assertEquals(1_000, count.applyLong(1_000), "this one has time");
      }
    }
    assertTrue(stopped > 10, stopped + " were stopped");
  }

  /** Calls of two contexts take turns on a thread, while another thread interrupts one of them. */
  @Test
  void anInterruptOfAContextNeverHitsAnother() throws InterruptedException {
    PythonContext other = python.contexts().open("other");
    PythonObject count = made(COUNT, "count");
    other.exec(COUNT);
    PythonObject spared = other.get("count");
    AtomicBoolean done = new AtomicBoolean();
    Runner interrupter =
        Runner.started(
            "interrupter",
            () -> {
              while (!done.get()) {
                context.interrupt();
                Thread.yield();
              }
            });
    int stopped = 0;
    int calls = 0;
    for (long end = System.nanoTime() + SPAN; System.nanoTime() < end; calls++) {
      try {
        count.applyLong(ThreadLocalRandom.current().nextInt(600_000));
      } catch (PythonInterruptedException e) {
        stopped++;
      }
      assertEquals(500, spared.applyLong(500));
    }
    done.set(true);
    interrupter.outcome();
    assertTrue(stopped > 0, "none of " + calls + " was stopped");
  }
}
