package io.gilgamesh.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonDeadlineException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonFrame;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deadlines on the caller's own thread: of a body, and of a transaction. */
final class DeadlineTest extends InContext {

  private static final Duration SHORT = Duration.ofMillis(250);
  private static final Duration LONG = Duration.ofSeconds(60);

  @BeforeEach
  void define() {
    Loops.define(context);
  }

  private List<?> seen() {
    return context.eval("seen").toList();
  }

  @Test
  void aLoopIsStoppedAndItsFinallySeesIt() {
    PythonDeadlineException stopped =
        assertThrows(
            PythonDeadlineException.class,
            () -> context.within(SHORT, () -> context.exec("loop()")));
    assertEquals("the deadline of 0.25 s has passed", stopped.pythonMessage());
    assertEquals("gilgamesh.DeadlineExceeded", stopped.type());
    List<String> functions = stopped.frames().stream().map(PythonFrame::function).toList();
    assertEquals(List.of("<module>", "loop"), functions);
    assertEquals(List.of("finally"), seen(), "except Exception lets it pass");
    assertTrue(stopped.value().isInstance(context.eval("gilgamesh.Interrupted")));
  }

  @Test
  void whatEndsInTimeGivesItsResult() {
    assertEquals(3, context.<Long>within(LONG, () -> context.eval("1 + 2").asLong()));
  }

  @Test
  void aCallThatBeginsLaterFailsAtOnceInAnyContext() {
    try (PythonContext other = python.contexts().open("other")) {
      context.within(
          SHORT,
          () -> {
            assertThrows(PythonDeadlineException.class, () -> context.exec("loop()"));
            PythonDeadlineException refused =
                assertThrows(PythonDeadlineException.class, () -> other.exec("ran = True"));
            assertEquals(List.of(), refused.frames(), "no Python ran");
          });
      assertFalse(other.eval("'ran' in globals()").asBoolean());
    }
  }

  @Test
  void zeroRefusesEverythingAndANegativeLimitIsRefused() {
    assertThrows(
        PythonDeadlineException.class,
        () -> context.within(Duration.ZERO, () -> context.exec("seen.append(1)")));
    assertEquals(List.of(), seen());
    IllegalArgumentException negative =
        assertThrows(
            IllegalArgumentException.class,
            () -> context.within(Duration.ofSeconds(-1), () -> context.exec("pass")));
    assertEquals("the limit is negative: -1 s", negative.getMessage());
  }

  @Test
  void handlesAreClosedAfterTheDeadlineToo() {
    context.within(
        SHORT,
        () -> {
          try (PythonObject list = context.eval("[]")) {
            assertThrows(PythonDeadlineException.class, () -> context.exec("loop()"));
            assertFalse(list.isClosed());
          }
        });
  }

  @Test
  void theEarlierOfTwoCounts() {
    context.within(
        SHORT,
        () -> {
          PythonDeadlineException stopped =
              assertThrows(
                  PythonDeadlineException.class,
                  () -> context.within(LONG, () -> context.exec("loop()")));
          assertEquals("the deadline of 0.25 s has passed", stopped.pythonMessage());
        });
    context.within(
        LONG,
        () -> {
          assertThrows(
              PythonDeadlineException.class,
              () -> context.within(SHORT, () -> context.exec("loop()")));
          context.exec("seen.append('goes on')");
        });
    assertEquals(List.of("finally", "finally", "goes on"), seen());
  }

  @Test
  void codeThatCatchesItGoesOn() {
    assertEquals(
        "went on",
        context.<PythonObject>within(SHORT, () -> context.eval("stubborn(0.1)")).asText());
    assertEquals(List.of("the deadline of 0.25 s has passed"), seen());
  }

  @Test
  void aSleepIsInterruptedWhenItReturns() {
    long begin = System.nanoTime();
    assertThrows(
        PythonDeadlineException.class,
        () -> context.within(SHORT, () -> context.exec("sleep(0.8)")));
    assertTrue(System.nanoTime() - begin >= 800_000_000, "on the caller's thread the sleep ends");
  }

  @Test
  void aTransactionHasADeadline() {
    try (PythonTransaction tx = context.begin().deadline(SHORT)) {
      assertThrows(PythonDeadlineException.class, () -> tx.exec("loop()"));
      assertThrows(PythonDeadlineException.class, () -> tx.exec("pass"));
      tx.deadline(LONG).exec("seen.append('another')");
    }
    context.exec("seen.append('after')");
    assertEquals(List.of("finally", "another", "after"), seen());
  }

  @Test
  void theDeadlineOfATransactionEndsWithIt() throws InterruptedException {
    try (PythonTransaction tx = context.begin().deadline(SHORT)) {
      tx.exec("pass");
    }
    context.exec("sleep(0.5)");
  }

  @Test
  void theExceptionCanBeRaisedAgainAndIsACause() {
    PythonException wrapped =
        assertThrows(
            PythonException.class,
            () ->
                context.within(
                    SHORT,
                    () ->
                        context.exec(
                            """
                            try:
                                loop()
                            except BaseException as e:
                                raise ValueError('gave up') from e
                            """)));
    assertEquals("ValueError", wrapped.type());
    assertEquals(PythonDeadlineException.class, wrapped.getCause().getClass());
  }
}
