package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonException;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Exceptions that are not made like others, or not made for scripts to see. */
class OddJavaExceptionsTest extends InContext {

  private void setThrowing(Throwable thrown) {
    context.set(
        "fail",
        (Callable<Object>)
            () -> {
              if (thrown instanceof Error error) {
                throw error;
              }
              throw (Exception) thrown;
            });
  }

  /** What Python says of it, where it catches it as what is named. */
  private String caught(String kind) {
    context.exec(
        """
        import java.io, java.lang, traceback
        try:
          fail()
        except %s as error:
          text, shown, whole, kept = str(error), repr(error), traceback.format_exc(), error
        """
            .formatted(kind));
    return context.get("text").asText();
  }

  /** Every question about it fails. */
  static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new Hostile();
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }

    @Override
    public String toString() {
      throw new StackOverflowError();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(Object other) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int hashCode() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void oneWhoseMethodsAllThrowIsStillItself() {
    Hostile hostile = new Hostile();
    setThrowing(hostile);
    assertTrue(caught("java.lang.RuntimeException").contains("its getMessage() throws"));
    PythonException e = assertThrows(PythonException.class, () -> context.exec("fail()"));
    assertSame(hostile, e.getCause());
    String raising = "try:\n  1 / 0\nexcept ZeroDivisionError as error:\n  raise kept from error";
    e = assertThrows(PythonException.class, () -> context.exec(raising));
    assertSame(hostile, e.getCause());
  }

  @Test
  void aHugeMessageIsCutInPythonAndWholeInJava() {
    String message = "x".repeat(50_000_000);
    setThrowing(new IOException(message));
    assertTrue(caught("java.io.IOException").length() < 200_000);
    assertEquals(50_000_000L, context.eval("len(kept.getMessage())").toJava());
    PythonException e = assertThrows(PythonException.class, () -> context.exec("fail()"));
    assertSame(message, e.getCause().getMessage());
  }

  @Test
  void textOfEveryKindCrosses() {
    String message = "a\0b \ud83d\ude00 \ud800";
    setThrowing(new IOException(message));
    assertEquals(message, caught("java.io.IOException"));
  }

  private static final class Hidden extends IOException {
    private static final long serialVersionUID = 1;

    Hidden(String message) {
      super(message);
    }
  }

  @Test
  void oneOfAClassThatScriptsMayNotUseIsCaughtAsTheNearestOpenOne() {
    setThrowing(new Hidden("secret place"));
    assertEquals("secret place", caught("java.io.IOException"));
    PythonException e = assertThrows(PythonException.class, () -> context.exec("fail()"));
    assertEquals("io.gilgamesh.upcalls.OddJavaExceptionsTest.Hidden: secret place", e.getMessage());
    assertEquals("secret place", context.eval("kept.getMessage()").toJava());
  }

  @Test
  void oneOfAnAnonymousClassIsCaughtAsItsSuperclass() {
    setThrowing(
        new IllegalArgumentException("here") {
          private static final long serialVersionUID = 1;
        });
    assertEquals("here", caught("java.lang.IllegalArgumentException"));
    String whole = context.get("whole").asText();
    assertTrue(whole.contains("OddJavaExceptionsTest$1: here"), whole);
  }

  /** Whose initialiser fails. */
  public static final class Unusable {
    static final Object MADE = make();

    private Unusable() {}

    private static Object make() {
      throw new IllegalStateException("no driver");
    }

    static Object get() {
      return MADE;
    }
  }

  @Test
  void failuresOfStaticInitialisersAreErrors() {
    context.set("fail", (Callable<Object>) Unusable::get);
    caught("java.lang.ExceptionInInitializerError");
    assertEquals("no driver", context.eval("str(kept.__cause__)").toJava());
    assertTrue(caught("java.lang.NoClassDefFoundError").contains("Unusable"));
    PythonException e = assertThrows(PythonException.class, () -> context.exec("fail()"));
    assertEquals(NoClassDefFoundError.class, e.getCause().getClass());
  }

  private static int deeper(int n) {
    return n == -1 ? 0 : 1 + deeper(n + 1);
  }

  @Test
  void errorsOfTheMachineAreCaughtAndThrown() {
    context.set("fail", (Callable<Object>) () -> deeper(0));
    caught("java.lang.StackOverflowError");
    PythonException e = assertThrows(PythonException.class, () -> context.exec("fail()"));
    assertEquals(StackOverflowError.class, e.getCause().getClass());
    setThrowing(new OutOfMemoryError("Java heap space"));
    assertEquals("Java heap space", caught("java.lang.VirtualMachineError"));
    setThrowing(new ThreadDeath());
    assertEquals("", caught("java.lang.Error"));
  }

  @Test
  @SuppressWarnings("ThreadInterrupt")
  void anInterruptReachesPythonAsJavasExceptionWithTheFlagTaken() {
    context.set(
        "sleep",
        (Callable<Object>)
            () -> {
              Thread.sleep(60_000);
              return null;
            });
    Thread.currentThread().interrupt();
    context.exec(
        """
        import java.lang
        try:
          sleep()
        except java.lang.InterruptedException as error:
          caught = True
        """);
    assertEquals(true, context.get("caught").toJava());
    assertFalse(Thread.interrupted());
  }

  @Test
  void refusalsOfTheBridgeArePythonsOwnExceptions() {
    context.set("m", JavaObject.of(Map.of("k", 1L)));
    context.set("l", JavaObject.of(List.of(1L)));
    context.exec(
        """
        def kind(code):
          try:
            eval(code)
          except BaseException as error:
            return [type(error).__name__, str(error)]
        """);
    assertEquals(List.of("KeyError", "'x'"), context.eval("kind(\"m['x']\")").toJava());
    assertEquals(List.of("KeyError", "5"), context.eval("kind('m[5]')").toJava());
    assertEquals("IndexError", context.eval("kind('l[7]')[0]").toJava());
    assertEquals("AttributeError", context.eval("kind('l.nothing')[0]").toJava());
    assertEquals("TypeError", context.eval("kind('l.get([])')[0]").toJava());
    assertEquals("ValueError", context.eval("kind('l.index(9)')[0]").toJava());
    assertEquals(List.of("StopIteration", ""), context.eval("kind('next(iter(l[:0]))')").toJava());
    context.set("it", JavaObject.of(List.of().iterator()));
    assertEquals(List.of("StopIteration", ""), context.eval("kind('next(it)')").toJava());
    assertEquals(
        "JavaAccessError", context.eval("kind('__import__(\"java.lang.Runtime\")')[0]").toJava());
    assertEquals(
        "ModuleNotFoundError", context.eval("kind('__import__(\"java.nothing\")')[0]").toJava());
  }

  @Test
  void aNullCauseAndANullMessageAreNothing() {
    setThrowing(new RuntimeException((String) null, null));
    assertEquals("", caught("java.lang.RuntimeException"));
    assertEquals("RuntimeException()", context.get("shown").toJava());
    assertNull(context.eval("kept.__cause__").toJava());
  }
}
