package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonFrame;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Java exceptions in Python, and what Java learns of those that Python lets go. */
class JavaExceptionsTest extends InContext {

  private PythonException thrown(String code) {
    return assertThrows(PythonException.class, () -> context.exec(code, "job.py"));
  }

  private void setThrowing(String name, Exception thrown) {
    context.set(
        name,
        (Callable<Object>)
            () -> {
              throw thrown;
            });
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  // ---- raised in Python

  @Test
  void oneThatPythonRaisesIsTheCauseOfWhatJavaCatches() {
    context.exec("import java.io\nerror = java.io.IOException('disk full')");
    IOException made = (IOException) context.get("error").toJava();
    PythonException e = thrown("def save():\n  raise error\nsave()");
    assertSame(made, e.getCause());
    assertEquals("java.io.IOException", e.type());
    assertEquals("disk full", e.pythonMessage());
    assertEquals("java.io.IOException: disk full", e.getMessage());
    assertEquals(
        List.of(new PythonFrame("job.py", "<module>", 3), new PythonFrame("job.py", "save", 2)),
        e.frames());
    assertEquals("disk full", made.getMessage());
  }

  @Test
  void oneWithoutAMessageIsNamedOnce() {
    PythonException e = thrown("import java.io\nraise java.io.IOException");
    assertEquals("java.io.IOException", e.getMessage());
    assertEquals("", e.pythonMessage());
    assertNull(e.getCause().getMessage());
    assertTrue(e.tracebackText().endsWith("\njava.io.IOException\n"), e.tracebackText());
  }

  @Test
  void theCauseGivenInPythonIsTheJavaExceptionsCause() {
    PythonException e =
        thrown(
            """
            import java.io
            try:
              1 / 0
            except ZeroDivisionError as error:
              raise java.io.IOException('no rate') from error
            """);
    Throwable behind = e.getCause().getCause();
    assertEquals("ZeroDivisionError: division by zero", behind.getMessage());
    assertEquals(0, e.getSuppressed().length);
    assertEquals(1, count(printed(e), "ZeroDivisionError"), printed(e));
  }

  @Test
  void theContextInPythonIsASuppressedException() {
    PythonException e =
        thrown(
            """
            import java.io
            try:
              1 / 0
            except ZeroDivisionError:
              raise java.io.IOException('no rate')
            """);
    assertNull(e.getCause().getCause());
    assertEquals("ZeroDivisionError: division by zero", e.getSuppressed()[0].getMessage());
  }

  @Test
  void aJavaExceptionThatIsRaisedFromAnotherHasItAsItsCause() {
    PythonException e =
        thrown(
            """
            import java.io, java.lang
            raise java.io.IOException('outer') from java.lang.IllegalStateException('inner')
            """);
    assertEquals(IllegalStateException.class, e.getCause().getCause().getClass());
  }

  @Test
  void aPythonExceptionRaisedFromAJavaOneKeepsBothFrames() {
    IOException thrown = new IOException("gone");
    setThrowing("fail", thrown);
    PythonException e =
        thrown(
            """
            def load():
              fail()
            try:
              load()
            except Exception as error:
              raise ValueError('no data') from error
            """);
    PythonException cause = (PythonException) e.getCause();
    assertEquals("java.io.IOException: gone", cause.getMessage());
    assertEquals("load", cause.getStackTrace()[0].getMethodName());
    assertSame(thrown, cause.getCause());
    assertNull(thrown.getCause());
  }

  @Test
  void membersOfAGroupAreTheJavaExceptions() {
    IOException thrown = new IOException("gone");
    setThrowing("fail", thrown);
    PythonException e =
        thrown(
            """
            errors = [KeyError('k')]
            try:
              fail()
            except Exception as error:
              errors.append(error)
            raise ExceptionGroup('two', errors)
            """);
    assertEquals("java.io.IOException: gone", e.exceptions().get(1).getMessage());
    assertSame(thrown, e.exceptions().get(1).getCause());
    assertNull(e.exceptions().get(0).getCause());
    context.exec(
        """
        import java.io
        caught = []
        try:
          raise ExceptionGroup('two', errors)
        except* java.io.IOException as group:
          caught += group.exceptions
        except* KeyError:
          pass
        """);
    assertSame(thrown, context.eval("caught[0]").toJava());
  }

  // ---- thrown by Java, through Python

  @Test
  void oneThatPythonLetsGoIsUntouched() {
    IOException thrown = new IOException("gone", new IllegalStateException("deep"));
    StackTraceElement[] frames = thrown.getStackTrace();
    setThrowing("fail", thrown);
    PythonException e = thrown("def load():\n  fail()\nload()");
    assertSame(thrown, e.getCause());
    assertEquals(List.of(frames), List.of(thrown.getStackTrace()));
    assertEquals(0, thrown.getSuppressed().length + e.getSuppressed().length);
    assertEquals(1, count(printed(e), "deep"), printed(e));
  }

  @Test
  void theSameInstanceIsTheSamePythonObjectWhileItLives() {
    setThrowing("fail", new IOException("gone"));
    context.exec(
        """
        def caught():
          try:
            fail()
          except Exception as error:
            return error
        first = caught()
        first.seen = True
        same = caught() is first
        """);
    assertEquals(true, context.get("same").toJava());
    IOException other = new IOException("gone");
    setThrowing("fail", other);
    assertEquals(false, context.eval("caught() is first").toJava());
  }

  @Test
  void causesAreTyped() {
    Exception root = new IllegalStateException("root");
    setThrowing("fail", new RuntimeException("top", new IOException("middle", root)));
    context.exec(
        """
        try:
          fail()
        except Exception as error:
          chain = [error, error.__cause__, error.__cause__.__cause__]
          end = error.__cause__.__cause__.__cause__
          names = [type(one).__qualname__ for one in chain]
          root = chain[-1]
        """);
    assertEquals(
        List.of("RuntimeException", "IOException", "IllegalStateException"),
        context.get("names").toJava());
    assertTrue(context.get("end").isNone());
    assertSame(root, context.get("root").toJava());
  }

  @Test
  void causesInACircleEnd() {
    RuntimeException one = new RuntimeException("one");
    one.initCause(new RuntimeException("two", one));
    setThrowing("fail", one);
    context.exec(
        """
        import traceback
        try:
          fail()
        except Exception as error:
          text = traceback.format_exc()
          depth = [error.__cause__ is not None, error.__cause__.__cause__ is None]
        """);
    assertEquals(List.of(true, true), context.get("depth").toJava());
    assertSame(one, thrown("fail()").getCause());
  }

  @Test
  void tenThousandCausesAreCut() {
    RuntimeException chain = new RuntimeException("0");
    for (int i = 1; i <= 10_000; i++) {
      chain = new RuntimeException(String.valueOf(i), chain);
    }
    setThrowing("fail", chain);
    context.exec(
        """
        try:
          fail()
        except Exception as error:
          text, depth = str(error), 0
          while error := error.__cause__:
            depth += 1
        """);
    assertEquals("10000", context.get("text").toJava());
    assertTrue(context.get("depth").asLong() >= 50);
    assertSame(chain, thrown("fail()").getCause());
  }

  @Test
  void aTracebackShowsJavasFramesAndWhatWasSuppressed() {
    IOException thrown = new IOException("gone");
    thrown.addSuppressed(new IllegalStateException("while closing"));
    setThrowing("fail", thrown);
    context.exec(
        """
        import traceback
        try:
          fail()
        except Exception as error:
          error.add_note('mine')
          text, kept = traceback.format_exc(), error
        """);
    String text = context.get("text").asText();
    assertTrue(text.contains("java.io.IOException: gone\nJava frames"), text);
    assertTrue(text.contains("  at " + getClass().getName()), text);
    assertTrue(text.contains("suppressed: java.lang.IllegalStateException: while closing"), text);
    assertTrue(text.endsWith("mine\n"), text);
    assertFalse(text.contains("io.gilgamesh.internal"), text);
    PythonException e = thrown("raise kept");
    assertEquals(List.of("mine"), e.notes());
  }

  @Test
  void framesInATracebackEndWherePythonCalledJava() {
    context.set("fail", (Callable<Object>) JavaExceptionsTest::failing);
    context.exec(
        """
        import traceback
        try:
          fail()
        except Exception:
          text = traceback.format_exc()
        """);
    String text = context.get("text").asText();
    assertEquals(1, count(text, "  at "), text);
    assertTrue(text.contains("JavaExceptionsTest.failing(JavaExceptionsTest.java:"), text);
  }

  private static Object failing() throws IOException {
    throw new IOException("gone");
  }

  // ---- catching

  @Test
  void exceptionCatchesThemAll() {
    context.set(
        "fail",
        (Callable<Object>)
            () -> {
              throw new AssertionError("broken");
            });
    for (String kind :
        List.of("Exception", "BaseException", "java.lang.Error", "java.lang.Throwable")) {
      context.exec(
          """
          import java.lang, sys
          try:
            fail()
          except %s as error:
            caught = sys.exc_info()[1] is error
          """
              .formatted(kind));
      assertEquals(true, context.get("caught").toJava(), kind);
    }
  }

  @Test
  void oneOfAClosedContextGoesOnInTheNext() {
    IOException thrown = new IOException("gone");
    var other = python.contexts().open("other");
    other.set(
        "fail",
        (Callable<Object>)
            () -> {
              throw thrown;
            });
    PythonException first = assertThrows(PythonException.class, () -> other.exec("fail()"));
    assertNotNull(first.value());
    setThrowing("fail", thrown);
    context.exec("import sys\nkept = None");
    context.exec("try:\n  fail()\nexcept Exception as error:\n  kept = error");
    other.close();
    setThrowing("fail", thrown);
    context.exec("try:\n  fail()\nexcept Exception as error:\n  text = error.getMessage()");
    assertEquals("gone", context.get("text").toJava());
  }
}
