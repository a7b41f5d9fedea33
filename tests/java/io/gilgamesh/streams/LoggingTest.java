package io.gilgamesh.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonLogging;
import io.gilgamesh.testing.InContext;
import io.gilgamesh.testing.RecordedLogs;
import io.gilgamesh.testing.RecordedLogs.Entry;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Python's log records reach the loggers of the JVM. */
class LoggingTest extends InContext {

  private static int count;

  /** A logger that no other test has. */
  private final String name = "py.test" + count++;

  @BeforeEach
  void useLogger() {
    RecordedLogs.setLevel(name, Level.ALL);
    context.set("name", name);
    context.exec("import logging\nlog = logging.getLogger(name)");
  }

  @AfterEach
  void stopListening() {
    RecordedLogs.listen(entry -> {});
  }

  private List<Entry> entries() {
    return RecordedLogs.entries(name);
  }

  private List<Level> levels() {
    return entries().stream().map(Entry::level).toList();
  }

  @Test
  void levelsAndMessagesAndNamesComeAcross() {
    try (PythonLogging logging = context.forwardLogging(Level.TRACE)) {
      context.exec(
          "for level in (5, 10, 15, 20, 30, 40, 50): log.log(level, 'at %d %s', level, 'ä')");
    }
    assertEquals(
        List.of(
            Level.TRACE,
            Level.DEBUG,
            Level.DEBUG,
            Level.INFO,
            Level.WARNING,
            Level.ERROR,
            Level.ERROR),
        levels());
    assertEquals("at 5 ä", entries().get(0).message());
    assertEquals(name, entries().get(0).logger());
  }

  @Test
  void withoutALevelPythonsOwnCount() {
    try (PythonLogging logging = context.forwardLogging()) {
      context.exec("log.info('quiet'); log.warning('loud')");
    }
    assertEquals(List.of(Level.WARNING), levels());
  }

  @Test
  void anExceptionComesWithItsTracebackAndCauses() {
    try (PythonLogging logging = context.forwardLogging()) {
      context.exec(
          "def inner(): raise KeyError('k')\n"
              + "try:\n    try: inner()\n    except KeyError as e: raise ValueError('v') from e\n"
              + "except ValueError as e:\n    log.exception('failed'); kept = e",
          "<failing>");
    }
    Throwable thrown = entries().get(0).thrown();
    PythonException raised = (PythonException) thrown;
    assertEquals("ValueError: v", raised.getMessage());
    assertEquals("KeyError: 'k'", raised.getCause().getMessage());
    assertEquals("inner", ((PythonException) raised.getCause()).frames().get(1).function());
    assertTrue(raised.tracebackText().contains("direct cause"), raised.tracebackText());
    assertThrows(IllegalStateException.class, () -> raised.value().str());
    // Logging it changes nothing of it.
    assertTrue(context.evalBoolean("kept.__context__ is kept.__cause__"));
    assertEquals(
        1, context.evalLong("len(__import__('traceback').extract_tb(kept.__traceback__))"));
  }

  @Test
  void anotherExceptionThanTheHandledOneIsNotLinkedToIt() {
    try (PythonLogging logging = context.forwardLogging()) {
      context.exec(
          "other = OSError('o')\ntry: 1 / 0\n"
              + "except ZeroDivisionError: log.error('two', exc_info=other)");
    }
    assertNull(entries().get(0).thrown().getCause());
    assertTrue(context.evalBoolean("other.__context__ is None"));
  }

  @Test
  void aJavaExceptionComesAsItself() {
    IllegalStateException thrown = new IllegalStateException("Java's");
    Supplier<Object> failing =
        () -> {
          throw thrown;
        };
    context.set("fail", failing);
    try (PythonLogging logging = context.forwardLogging()) {
      context.exec("try: fail()\nexcept Exception: log.exception('failed')");
    }
    assertSame(thrown, entries().get(0).thrown());
  }

  @Test
  void stacksAreTold() {
    try (PythonLogging logging = context.forwardLogging()) {
      context.exec("log.warning('where', stack_info=True)");
    }
    assertTrue(entries().get(0).message().startsWith("where\nStack (most recent call last):"));
  }

  @Test
  void theFirstRecordMayComeFromAThreadThatPythonMade() {
    context.exec("import _thread, threading, time\ndone = threading.Event()");
    try (PythonLogging logging = context.forwardLogging()) {
      context.exec(
          "def work():\n    try: 1 / 0\n    except ArithmeticError: log.exception('made')\n"
              + "    done.set()\n"
              + "_thread.start_new_thread(work, ()); done.wait()");
    }
    assertEquals("ZeroDivisionError: division by zero", entries().get(0).thrown().getMessage());
  }

  @Test
  void aLoggerThatCallsPythonCodeThatLogsDoesNotRecurse() {
    RecordedLogs.listen(entry -> context.exec("log.warning('again')"));
    try (PythonLogging logging = context.forwardLogging()) {
      context.exec("log.warning('once')");
    }
    assertEquals(1, entries().size());
  }

  @Test
  void whatJavasLoggerDoesNotWantDoesNotCross() throws Exception {
    RecordedLogs.setLevel(name, Level.ERROR);
    try (PythonLogging logging = context.forwardLogging(Level.DEBUG)) {
      context.exec("log.warning('asked once')");
      long crossings = crossings(() -> context.exec("for _ in range(50): log.warning('no')"));
      assertTrue(crossings < 20, "crossed " + crossings + " times");
      assertEquals(List.of(), entries());
      RecordedLogs.setLevel(name, Level.DEBUG);
      context.exec("import time\ntime.sleep(1.1)\nlog.warning('wanted now')");
    }
    assertEquals(1, entries().size());
  }

  @Test
  void severalForwardingsSendARecordOnceUntilTheLastIsClosed() {
    PythonLogging first = context.forwardLogging(Level.DEBUG);
    PythonContext other = python.contexts().open("other");
    other.forwardLogging(Level.ERROR);
    context.exec("log.debug('one')");
    first.close();
    first.close();
    context.exec("log.debug('too low'); log.error('two')");
    other.close();
    context.exec("log.error('nobody')");
    assertEquals(List.of(Level.DEBUG, Level.ERROR), levels());
    assertEquals(30, context.evalLong("logging.getLogger().level"));
    assertEquals(
        0, context.evalLong("sum('Java' in repr(h) for h in logging.getLogger().handlers)"));
  }

  @Test
  void aClosedContextForwardsNothing() {
    PythonLogging logging = context.forwardLogging();
    context.close();
    logging.close();
    assertThrows(IllegalStateException.class, context::forwardLogging);
  }

  @Test
  void aFailingLoggerFailsTheLoggingAloneAndIsTold() {
    RecordedLogs.listen(
        entry -> {
          if (entry.message().equals("bad")) {
            throw new IllegalArgumentException("no such logger");
          }
        });
    try (PythonLogging logging = context.forwardLogging()) {
      String told = context.capture(() -> context.exec("log.warning('bad')")).err();
      assertTrue(told.contains("no such logger"), told);
    }
  }

  @Test
  void warningsComeWhereTheyAreCaptured() {
    RecordedLogs.setLevel("py.warnings", Level.ALL);
    try (PythonLogging logging = context.forwardLogging()) {
      context.exec(
          "import warnings\nlogging.captureWarnings(True)\n"
              + "try: warnings.warn('old ways')\nfinally: logging.captureWarnings(False)");
    }
    List<Entry> warnings = RecordedLogs.entries("py.warnings");
    assertTrue(warnings.stream().anyMatch(entry -> entry.message().contains("old ways")));
  }
}
