package io.gilgamesh.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonDeadlineException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonExecutor;
import io.gilgamesh.PythonInterruptedException;
import io.gilgamesh.PythonStuckException;
import io.gilgamesh.stopping.Loops.Runner;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The executor: cancels, deadlines that are kept, threads that are stuck. */
@Tag("long")
final class PythonExecutorTest extends InContext {

  private static final Duration SHORT = Duration.ofMillis(250);
  private static final Duration LONG = Duration.ofSeconds(60);

  private PythonExecutor executor;

  @BeforeEach
  void define() {
    Loops.define(context);
    executor = context.executor(1);
  }

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  private Future<?> loop() throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    Future<?> task =
        executor.submit(() -> context.eval("loop(began)", Map.of("began", began)).close());
    Loops.await(began);
    return task;
  }

  private void eventuallySeen(List<String> expected) throws InterruptedException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!context.eval("seen").toList().equals(expected) && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertEquals(expected, context.eval("seen").toList());
  }

  @Test
  void aCancelStopsTheCode() throws Exception {
    Future<?> task = loop();
    assertTrue(task.cancel(true));
    assertThrows(CancellationException.class, task::get);
    eventuallySeen(List.of("finally"));
    assertEquals(2, executor.submit(() -> context.eval("1 + 1").asLong()).get());
  }

  @Test
  void aCancelWithoutInterruptLeavesTheCodeAlone() throws Exception {
    Future<?> task = loop();
    assertTrue(task.cancel(false));
    Thread.sleep(50);
    assertEquals(List.of(), context.eval("seen").toList());
    assertEquals(1, context.interrupt());
  }

  @Test
  void aCancelBeforeTheTaskReachesPythonStopsItThere() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    AtomicBoolean refused = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Future<?> task =
        executor.submit(
            () -> {
              began.countDown();
              while (!Thread.interrupted()) {
                Thread.onSpinWait();
              }
              try {
                context.exec("seen.append('ran')");
              } catch (PythonInterruptedException e) {
                refused.set(e.pythonMessage().equals("cancelled by thread 'main'"));
              }
              ended.countDown();
            });
    Loops.await(began);
    task.cancel(true);
    Loops.await(ended);
    // The flag may be seen a moment before the scope is fired; the call is refused or stopped then.
    assertTrue(refused.get() || context.eval("seen").toList().equals(List.of("ran")));
  }

  @Test
  void aCancelBeforeTheBeginAndOneAfterTheEndStopNothing() throws Exception {
    Future<?> running = loop();
    Future<?> waiting = executor.submit(() -> context.exec("seen.append('ran')"));
    assertTrue(waiting.cancel(true));
    running.cancel(true);
    Future<?> done = executor.submit(() -> context.exec("seen.append('next')"));
    done.get();
    assertFalse(done.cancel(true));
    executor.submit(() -> context.exec("for i in range(100_000): pass")).get();
    assertEquals(List.of("finally", "next"), context.eval("seen").toList());
  }

  @Test
  void aCallGivesItsResultOrWhatItThrew() {
    assertEquals(5, executor.<Long>call(LONG, () -> context.eval("2 + 3").asLong()));
    PythonException raised =
        assertThrows(PythonException.class, () -> executor.call(LONG, () -> context.exec("1/0")));
    assertEquals("ZeroDivisionError", raised.type());
    IOException checked = new IOException("no");
    CompletionException wrapped =
        assertThrows(
            CompletionException.class,
            () ->
                executor.call(
                    LONG,
                    () -> {
                      throw checked;
                    }));
    assertSame(checked, wrapped.getCause());
  }

  @Test
  void aCallThatTakesTooLongIsStopped() {
    PythonDeadlineException stopped =
        assertThrows(
            PythonDeadlineException.class,
            () -> executor.call(SHORT, () -> context.exec("loop()")));
    assertEquals(PythonDeadlineException.class, stopped.getClass());
    assertEquals("the deadline of 0.25 s has passed", stopped.pythonMessage());
    assertEquals(List.of("finally"), context.eval("seen").toList());
    assertTrue(context.stuck().isEmpty());
  }

  @Test
  void aCallReturnsInTimeFromASleep() throws InterruptedException {
    long begin = System.nanoTime();
    PythonStuckException stuck =
        assertThrows(
            PythonStuckException.class, () -> executor.call(SHORT, () -> context.exec("sleep(4)")));
    assertTrue(System.nanoTime() - begin < 3_000_000_000L, "it did not wait for the sleep");
    assertTrue(stuck.getMessage().contains("is stuck in native code"), stuck.getMessage());
    assertTrue(stuck.getMessage().contains("at sleep("), "the Python stack: " + stuck);
    assertTrue(stuck.getMessage().contains("CodeNatives.run"), "the Java stack: " + stuck);
    assertEquals("sleep", stuck.frames().get(stuck.frames().size() - 1).function());

    String told = context.stuck().orElseThrow();
    assertTrue(told.contains("thread 'gilgamesh-PythonExecutorTest-1'"), told);
    assertTrue(told.contains("the deadline of 0.25 s has passed"), told);
    assertEquals(7, executor.<Long>call(LONG, () -> context.eval("7").asLong()), "a new thread");
    long end = System.nanoTime() + 10_000_000_000L;
    while (context.stuck().isPresent() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertTrue(context.stuck().isEmpty(), "it came out");
    assertEquals(8, executor.<Long>call(LONG, () -> context.eval("8").asLong()));
  }

  @Test
  void aCallReturnsInTimeFromCThatHoldsTheGil() {
    long begin = System.nanoTime();
    PythonStuckException stuck =
        assertThrows(
            PythonStuckException.class,
            () -> executor.call(SHORT, () -> context.exec("sum(range(200_000_000))")));
    long nanos = System.nanoTime() - begin;
    assertTrue(nanos < 3_000_000_000L, "returned after " + nanos / 1_000_000 + " ms");
    assertTrue(stuck.getMessage().contains("the code holds the GIL"), stuck.getMessage());
    assertEquals(List.of(), stuck.frames());
  }

  @Test
  void codeThatCatchesTheInterruptIsReported() {
    assertThrows(
        PythonStuckException.class, () -> executor.call(SHORT, () -> context.exec("stubborn(3)")));
    String told = context.stuck().orElseThrow();
    assertTrue(told.contains("has caught the interrupt and goes on"), told);
  }

  @Test
  void aCallThatFindsNoThreadFailsInTime() throws InterruptedException {
    Future<?> busy = loop();
    PythonDeadlineException late =
        assertThrows(
            PythonDeadlineException.class,
            () -> executor.call(SHORT, () -> context.exec("seen.append('ran')")));
    assertTrue(late.getMessage().contains("before the task began"), late.getMessage());
    busy.cancel(true);
    executor.call(LONG, () -> context.exec("pass"));
    assertEquals(List.of("finally"), context.eval("seen").toList());
  }

  @Test
  void anInterruptedCallerStopsTheCode() throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    AtomicBoolean flag = new AtomicBoolean();
    Runner caller =
        Runner.started(
            "caller",
            () -> {
              try {
                executor.call(
                    LONG, () -> context.eval("loop(began)", Map.of("began", began)).close());
              } finally {
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    Loops.await(began);
    caller.interrupt();
    assertEquals(PythonInterruptedException.class, caller.outcome().getClass());
    assertTrue(flag.get());
    eventuallySeen(List.of("finally"));
  }

  @Test
  void shutdownNowStopsWhatRunsAndGivesWhatDoesNot() throws Exception {
    Future<?> running = loop();
    Runnable plain = () -> context.exec("seen.append('ran')");
    executor.execute(plain);
    assertEquals(List.of(plain), executor.shutdownNow());
    assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    ExecutionException thrown = assertThrows(ExecutionException.class, running::get);
    assertEquals(PythonInterruptedException.class, thrown.getCause().getClass());
    assertEquals(List.of("finally"), context.eval("seen").toList());
    assertThrows(RejectedExecutionException.class, () -> executor.execute(plain));
  }

  @Test
  void closeWaitsForWhatWasGiven() {
    CompletableFuture<Void> last =
        CompletableFuture.runAsync(() -> context.exec("sleep(0.2)"), executor)
            .thenRunAsync(() -> context.exec("seen.append('ran')"), Runnable::run);
    executor.close();
    assertTrue(last.isDone() && executor.isTerminated());
    assertEquals(List.of("ran"), context.eval("seen").toList());
  }

  @Test
  void closingTheContextShutsItDown() {
    context.close();
    assertTrue(executor.isShutdown());
    assertThrows(IllegalArgumentException.class, () -> context.executor(0));
  }

  @Test
  void tasksOfSeveralThreadsAreStoppedOneByOne() throws Exception {
    try (PythonExecutor four = context.executor(4)) {
      CountDownLatch began = new CountDownLatch(2);
      Future<?> one = four.submit(() -> context.eval("loop(b)", Map.of("b", began)).close());
      Future<?> two = four.submit(() -> context.eval("loop(b)", Map.of("b", began)).close());
      Loops.await(began);
      one.cancel(true);
      eventuallySeen(List.of("finally"));
      assertFalse(two.isDone());
      two.cancel(true);
    }
    assertEquals(List.of("finally", "finally"), context.eval("seen").toList());
  }
}
