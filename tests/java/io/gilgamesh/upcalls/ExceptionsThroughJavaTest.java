package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exceptions that Python raises and Java code lets through, wraps or catches on their way. */
class ExceptionsThroughJavaTest extends InContext {

  @BeforeEach
  void setJava() {
    context.set("through", (Function<PythonObject, Object>) ExceptionsThroughJavaTest::through);
    context.set("wrapping", (Function<PythonObject, Object>) ExceptionsThroughJavaTest::wrapping);
    context.set("opened", (Function<PythonObject, Object>) ExceptionsThroughJavaTest::opened);
  }

  private static Object through(PythonObject callable) {
    return callable.apply();
  }

  private static Object wrapping(PythonObject callable) {
    try {
      return callable.apply();
    } catch (PythonException e) {
      throw new IllegalStateException("the script failed", e);
    }
  }

  /** Throws the Java exception itself. */
  private static Object opened(PythonObject callable) {
    try {
      return callable.apply();
    } catch (PythonException e) {
      throw e.getCause() instanceof RuntimeException java ? java : e;
    }
  }

  private static List<String> methods(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .map(StackTraceElement::getMethodName)
        .collect(Collectors.toList());
  }

  @Test
  void pythonsExceptionContinuesWithItsTraceback() {
    context.exec(
        """
        import traceback
        def fail():
          1 / 0
        try:
          through(fail)
        except ZeroDivisionError as error:
          frames = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
          rest = [error.__cause__, error.__context__]
        """,
        "job.py");
    assertEquals(List.of("<module>", "fail"), context.get("frames").toJava());
    assertEquals(Arrays.asList(null, null), context.get("rest").toJava());
  }

  @Test
  void framesOfEveryCrossingStandInOrder() {
    context.exec(
        """
        def inner():
          1 / 0
        def middle():
          through(inner)
        def outer():
          through(middle)
        """,
        "job.py");
    PythonException e = assertThrows(PythonException.class, () -> context.eval("outer()"));
    List<String> methods = methods(e);
    assertEquals(
        List.of("inner", "apply", "through", "middle", "apply", "through", "outer", "<module>"),
        methods.subList(0, 8));
    assertEquals(1, methods.stream().filter("inner"::equals).count());
    assertTrue(
        Arrays.stream(e.getStackTrace())
            .noneMatch(frame -> frame.getClassName().startsWith("io.gilgamesh.internal.")),
        Arrays.toString(e.getStackTrace()));
    assertEquals(4, e.frames().size());
  }

  @Test
  void exceptionsThatPythonCaughtLeaveNoFramesToThoseThatFollow() {
    context.exec(
        """
        def inner():
          1 / 0
        def caught():
          try:
            through(inner)
          except ZeroDivisionError:
            pass
        for _ in range(100):
          caught()
        """,
        "job.py");
    PythonException e = assertThrows(PythonException.class, () -> context.eval("through(inner)"));
    assertEquals(
        List.of("inner", "apply", "through", "<module>", "eval"), methods(e).subList(0, 5));
    e = assertThrows(PythonException.class, () -> context.eval("inner()"));
    assertEquals(List.of("inner", "<module>", "eval"), methods(e).subList(0, 3));
  }

  @Test
  void javaCodeInBetweenSeesWherePythonCalledIt() {
    PythonException[] seen = new PythonException[1];
    context.set(
        "look",
        (Function<PythonObject, Object>)
            callable -> {
              seen[0] = assertThrows(PythonException.class, callable::apply);
              return null;
            });
    context.exec("def inner():\n  1 / 0\nlook(inner)", "job.py");
    String text = Arrays.toString(seen[0].getStackTrace());
    assertTrue(text.contains("<python>.<call>(into Java)"), text);
    assertTrue(!text.contains("io.gilgamesh.internal."), text);
  }

  @Test
  void aJavaExceptionAroundPythonsHasItAsItsCause() {
    context.exec(
        """
        import java.lang
        raised = ZeroDivisionError('x')
        def fail():
          raise raised
        try:
          wrapping(fail)
        except java.lang.IllegalStateException as error:
          same = error.__cause__ is raised
          message = str(error)
        """);
    assertEquals(true, context.get("same").toJava());
    assertEquals("the script failed", context.get("message").toJava());
  }

  @Test
  void causesAlternateThroughFourCrossings() {
    context.exec(
        """
        def fail():
          1 / 0
        def again():
          try:
            wrapping(fail)
          except Exception as error:
            raise KeyError('k') from error
        """);
    PythonException e = assertThrows(PythonException.class, () -> context.eval("wrapping(again)"));
    Throwable cause = e;
    StringBuilder chain = new StringBuilder();
    while (cause != null) {
      chain.append(cause.getClass().getSimpleName()).append(' ').append(cause.getMessage());
      chain.append('\n');
      cause = cause.getCause();
    }
    assertEquals(
        """
        PythonException java.lang.IllegalStateException: the script failed
        IllegalStateException the script failed
        PythonException KeyError: 'k'
        PythonException java.lang.IllegalStateException: the script failed
        IllegalStateException the script failed
        PythonException ZeroDivisionError: division by zero
        """,
        chain.toString());
  }

  @Test
  void aSubclassInPythonIsTheSameObjectAgain() {
    context.exec(
        """
        import java.lang
        class MyError(java.lang.IllegalStateException):
          def __init__(self, code):
            super().__init__(f'code {code}')
            self.code = code
        made = MyError(7)
        def fail():
          raise made
        same = []
        for way in (through, opened):
          try:
            way(fail)
          except MyError as error:
            same.append(error is made and error.code == 7)
        """);
    assertEquals(List.of(true, true), context.get("same").toJava());
    PythonException e = assertThrows(PythonException.class, () -> context.eval("fail()"));
    assertEquals(IllegalStateException.class, e.getCause().getClass());
    assertEquals("code 7", e.getCause().getMessage());
    assertTrue(e.type().endsWith("MyError"), e.type());
  }

  @Test
  void aSubclassThatDoesNotCallJavasConstructorIsAJavaExceptionAllTheSame() {
    context.exec(
        """
        import java.io
        class MyError(java.io.IOException):
          def __init__(self, *parts):
            self.parts = parts
        """);
    PythonException e =
        assertThrows(PythonException.class, () -> context.exec("raise MyError(1, 2)"));
    assertEquals(IOException.class, e.getCause().getClass());
    assertEquals("1, 2", e.getCause().getMessage());
  }

  @Test
  void exitsAndInterruptsPassThroughJava() {
    context.exec(
        """
        caught = []
        def raising(error):
          def fail():
            raise error
          return fail
        for error in (SystemExit(3), KeyboardInterrupt(), GeneratorExit(), StopIteration(5)):
          try:
            through(raising(error))
          except BaseException as passed:
            caught.append(passed is error)
        """);
    assertEquals(List.of(true, true, true, true), context.get("caught").toJava());
    PythonException e =
        assertThrows(PythonException.class, () -> context.eval("through(raising(SystemExit(3)))"));
    assertEquals(3, e.exitCode().orElseThrow());
  }

  @Test
  void exceptionsInThreadsAndTasksReachTheirFutures() {
    IOException thrown = new IOException("gone");
    context.set(
        "fail",
        (Callable<Object>)
            () -> {
              throw thrown;
            });
    context.exec(
        """
        import asyncio, java.io
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(2) as pool:
          errors = [pool.submit(fail).exception(timeout=30) for _ in range(2)]
        async def call():
          fail()
        async def all_():
          return await asyncio.gather(call(), asyncio.to_thread(fail), return_exceptions=True)
        errors += asyncio.run(all_())
        kinds = [isinstance(error, java.io.IOException) for error in errors]
        """);
    assertEquals(List.of(true, true, true, true), context.get("kinds").toJava());
    assertSame(thrown, context.eval("errors[3]").toJava());
  }
}
