package io.gilgamesh.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonInterruptedException;
import io.gilgamesh.stopping.Loops.Runner;
import io.gilgamesh.testing.InContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Interrupts of a context: they hit its code, and no other. */
final class InterruptTest extends InContext {

  private PythonContext other;

  @BeforeEach
  void define() {
    Loops.define(context);
    other = python.contexts().open("other");
    Loops.define(other);
  }

  private Runner looping(PythonContext in, String name) throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    Runner runner =
        Runner.started(name, () -> in.eval("loop(began)", Map.of("began", began)).close());
    Loops.await(began);
    return runner;
  }

  @Test
  void eachThreadThatRunsTheContextIsStopped() throws InterruptedException {
    Runner one = looping(context, "one");
    Runner two = looping(context, "two");
    Runner elsewhere = looping(other, "elsewhere");
    assertEquals(2, context.interrupt());
    for (Runner stopped : List.of(one, two)) {
      PythonInterruptedException thrown =
          assertInstanceOf(PythonInterruptedException.class, stopped.outcome());
      assertEquals("interrupted by thread 'main'", thrown.pythonMessage());
    }
    assertTrue(elsewhere.isAlive(), "another context's code goes on");
    assertEquals(List.of(), other.eval("seen").toList());
    assertEquals(1, other.interrupt());
    assertInstanceOf(PythonInterruptedException.class, elsewhere.outcome());
    assertEquals(List.of("finally", "finally"), context.eval("seen").toList());
  }

  @Test
  void anIdleContextHasNothingToInterrupt() {
    assertEquals(0, context.interrupt());
    context.exec("for i in range(100_000): pass");
  }

  @Test
  void itIsRaisedOnce() throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    Runner stubborn =
        Runner.started(
            "stubborn", () -> context.eval("stubborn(0.2, began)", Map.of("began", began)).close());
    Loops.await(began);
    assertEquals(1, context.interrupt());
    assertNull(stubborn.outcome(), "it caught the interrupt and went on");
    assertEquals(List.of("interrupted by thread 'main'"), context.eval("seen").toList());
  }

  /** A runs on a thread, calls Java, and Java calls B: an interrupt of A waits for A's own code. */
  @Test
  void anInterruptOfTheOuterContextIsNotRaisedInTheInnerOne() throws InterruptedException {
    CountDownLatch inner = new CountDownLatch(1);
    Runnable callback =
        () -> {
          other.set("began", inner);
          other.exec(
              """
              began.countDown()
              end = time.monotonic() + 0.5
              while time.monotonic() < end: pass
              seen.append('inner was left alone')
              """);
        };
    Runner runner =
        Runner.started(
            "nested",
            () -> context.eval("[callback.run(), loop()]", Map.of("callback", callback)).close());
    Loops.await(inner);
    assertEquals(1, context.interrupt());
    assertInstanceOf(PythonInterruptedException.class, runner.outcome());
    assertEquals(List.of("inner was left alone"), other.eval("seen").toList());
  }

  @Test
  void anInterruptOfTheInnerContextGoesOutThroughTheOuterOne() throws InterruptedException {
    CountDownLatch inner = new CountDownLatch(1);
    Runnable callback = () -> other.eval("loop(began)", Map.of("began", inner)).close();
    context.set("callback", callback);
    Runner runner =
        Runner.started(
            "nested",
            () ->
                context.exec(
                    """
                    try:
                        callback.run()
                    except gilgamesh.Interrupted as e:
                        seen.append(str(e))
                    for i in range(100_000): pass
                    """));
    Loops.await(inner);
    assertEquals(1, other.interrupt());
    assertNull(runner.outcome(), "the outer code caught it");
    assertEquals(List.of("interrupted by thread 'main'"), context.eval("seen").toList());
    assertEquals(List.of("finally"), other.eval("seen").toList());
  }

  @Test
  void aThreadInterruptsItselfWhenItIsBackInPython() {
    Runnable callback = context::interrupt;
    assertThrows(
        PythonInterruptedException.class,
        () -> context.eval("[callback.run(), loop()]", Map.of("callback", callback)));
    context.exec("for i in range(100_000): pass");
  }

  @Test
  void callsThatBeginLaterAreNotMeant() throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    Runner sleeping =
        Runner.started(
            "sleeping", () -> context.eval("sleep(0.3, began)", Map.of("began", began)).close());
    Loops.await(began);
    assertEquals(1, context.interrupt());
    Runner later = Runner.started("later", () -> context.exec("for i in range(1_000_000): pass"));
    assertNull(later.outcome());
    assertInstanceOf(PythonInterruptedException.class, sleeping.outcome());
  }
}
