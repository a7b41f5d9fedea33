package io.gilgamesh.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonInterruptedException;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.stopping.Loops.Runner;
import io.gilgamesh.testing.InContext;
import io.gilgamesh.testing.RecordedLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Closes of contexts while other threads run in them. */
final class ContextCloseTest extends InContext {

  private PythonContext closed;

  @BeforeEach
  void openAnother() {
    closed = python.contexts().open("closed");
    Loops.define(closed);
  }

  private static Runner running(PythonContext in, String call, String name)
      throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    Runner runner = Runner.started(name, () -> in.eval(call, Map.of("began", began)).close());
    Loops.await(began);
    return runner;
  }

  private static long millis(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1_000_000;
  }

  @Test
  void aCloseWaitsForWhatRuns() throws InterruptedException {
    Runner sleeper = running(closed, "sleep(0.3, began)", "sleeper");
    long waited = millis(closed::close);
    assertNull(sleeper.outcome());
    assertTrue(waited >= 200 && waited < 4_000, waited + " ms");
  }

  @Test
  void whatTakesTooLongIsInterruptedAndLogged() throws InterruptedException {
    Runner looper = running(closed, "loop(began)", "a looper to be closed");
    long waited = millis(() -> closed.close(Duration.ofMillis(100)));
    assertInstanceOf(PythonInterruptedException.class, looper.outcome());
    assertTrue(waited >= 100 && waited < 2_000, waited + " ms");
    RecordedLogs.await(
        "context 'closed' was closed while thread 'a looper to be closed' ran in it",
        "its Python code was interrupted");
  }

  @Test
  void whatIsStuckIsLoggedAndClosedNevertheless() throws InterruptedException {
    Runner sleeper = running(closed, "sleep(2, began)", "a sleeper to be closed");
    long waited = millis(() -> closed.close(Duration.ZERO));
    assertTrue(waited < 1_500, waited + " ms");
    RecordedLogs.await(
        "closed while thread 'a sleeper to be closed' ran in it",
        "it is stuck in native code",
        "at sleep(");
    assertThrows(IllegalStateException.class, () -> closed.exec("pass"));
    assertInstanceOf(PythonInterruptedException.class, sleeper.outcome());
  }

  @Test
  void aThreadDoesNotWaitForItself() {
    Runnable callback = closed::close;
    long waited = millis(() -> closed.eval("callback.run()", Map.of("callback", callback)).close());
    assertTrue(waited < 1_000, waited + " ms");
  }

  @Test
  void aTransactionBetweenTwoCallsIsNotWaitedFor() throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Runner holder =
        Runner.started(
            "holder",
            () -> {
              try (PythonTransaction tx = closed.begin()) {
                began.countDown();
                end.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    Loops.await(began);
    long waited = millis(closed::close);
    end.countDown();
    assertNull(holder.outcome());
    assertTrue(waited < 1_000, waited + " ms");
  }

  @Test
  void manyAreWaitedForTogether() throws InterruptedException {
    List<Runner> sleepers = new ArrayList<>();
    Python owner = Python.start();
    for (int i = 0; i < 5; i++) {
      PythonContext one = owner.contexts().open("one of many " + i);
      Loops.define(one);
      sleepers.add(running(one, "sleep(0.4, began)", "sleeper " + i));
    }
    long waited = millis(owner::close);
    assertTrue(waited < 1_500, waited + " ms");
    for (Runner sleeper : sleepers) {
      assertNull(sleeper.outcome());
    }
  }

  @Test
  void anInterruptedCloserInterruptsAtOnce() throws InterruptedException {
    Runner looper = running(closed, "loop(began)", "looper");
    Runner closer = Runner.started("closer", closed::close);
    closer.interrupt();
    assertNull(closer.outcome());
    assertInstanceOf(PythonInterruptedException.class, looper.outcome());
  }

  @Test
  void codeThatRunsCanStillCallBackMeanwhile() throws InterruptedException {
    CountDownLatch closing = new CountDownLatch(1);
    Runnable callback =
        () -> {
          closing.countDown();
          try {
            Thread.sleep(100); // the close waits now
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          closed.exec("seen.append('called back')");
        };
    List<Object> seen = new ArrayList<>();
    closed.set("callback", callback);
    Runner runner =
        Runner.started(
            "runner", () -> seen.addAll(closed.eval("(callback.run(), seen)[1]").toList()));
    Loops.await(closing);
    closed.close();
    runner.outcome();
    assertTrue(
        seen.equals(List.of("called back")) || seen.isEmpty(), "it was allowed to call: " + seen);
    assertEquals(0, closed.interrupt());
  }
}
