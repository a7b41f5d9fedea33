package io.gilgamesh.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonFrame;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Java learns of a Python exception. */
class PythonExceptionTest extends InContext {

  private PythonException thrown(String code) {
    return assertThrows(PythonException.class, () -> context.exec(code, "job.py"));
  }

  @Test
  void anUndefinedNameHasPythonsMessage() {
    PythonException e = assertThrows(PythonException.class, () -> context.eval("printx"));
    assertEquals("NameError: name 'printx' is not defined", e.getMessage());
    assertEquals("NameError: name 'printx' is not defined", thrown("printx").getMessage());
  }

  @Test
  void typesOutsideBuiltinsAreQualified() {
    PythonException e = thrown("import json\njson.loads('{')");
    assertEquals("json.decoder.JSONDecodeError", e.type());
    assertTrue(
        e.getMessage().startsWith("json.decoder.JSONDecodeError: Expecting"), e.getMessage());
  }

  @Test
  void syntaxErrorsKeepFileLineColumnAndText() {
    PythonException.SyntaxLocation place = thrown("x = 1\ny = = 2\n").syntax().orElseThrow();
    assertEquals("job.py", place.file());
    assertEquals(2, place.line());
    assertEquals(5, place.column());
    assertEquals("y = = 2", String.valueOf(place.text()).strip());
    assertEquals("IndentationError", thrown("if 1:\nx = 1\n").type());
    assertEquals(2, thrown("if 1:\nx = 1\n").syntax().orElseThrow().line());
  }

  @Test
  void systemExitIsAnExceptionWithItsCode() {
    PythonException e = thrown("import sys\nsys.exit(3)");
    assertEquals("SystemExit", e.type());
    assertEquals(3, e.exitCode().orElseThrow());
    assertEquals(0, thrown("import sys\nsys.exit()").exitCode().orElseThrow());
    assertEquals(1, thrown("import sys\nsys.exit('failed')").exitCode().orElseThrow());
    assertTrue(thrown("1/0").exitCode().isEmpty());
  }

  @Test
  void theJavaTraceHasPythonsFramesAboveTheCallers() {
    context.exec(
        "def outer(n):\n"
            + "    return inner(n)\n"
            + "class C:\n"
            + "    def run(self):\n"
            + "        return outer(0)\n"
            + "def inner(n):\n"
            + "    return 1 / n\n",
        "job.py");
    PythonException e = assertThrows(PythonException.class, () -> context.eval("C().run()"));
    StackTraceElement[] trace = e.getStackTrace();
    assertEquals(
        List.of("inner", "outer"), List.of(trace[0].getMethodName(), trace[1].getMethodName()));
    assertTrue(trace[2].getMethodName().endsWith("run"), trace[2].toString());
    assertEquals("job.py", trace[0].getFileName());
    assertEquals(7, trace[0].getLineNumber());
    assertEquals(
        1,
        java.util.Arrays.stream(trace)
            .filter(f -> f.getMethodName().equals("theJavaTraceHasPythonsFramesAboveTheCallers"))
            .count());
    assertTrue(
        java.util.Arrays.stream(trace)
            .noneMatch(f -> f.getClassName().startsWith("io.gilgamesh.internal")));
  }

  @Test
  void framesNameFileFunctionAndLineOfExecutedSourcesToo() {
    PythonException e = thrown("def f():\n    raise ValueError('x')\nf()");
    assertEquals(
        List.of(new PythonFrame("job.py", "<module>", 3), new PythonFrame("job.py", "f", 2)),
        e.frames());
  }

  @Test
  void causeContextNotesAndValueArrive() {
    PythonException e =
        thrown(
            """
            try:
                try:
                    {}['k']
                except KeyError:
                    1 / 0
            except ZeroDivisionError as error:
                final = ValueError('final', 7)
                final.note = 'mine'
                if hasattr(final, 'add_note'): final.add_note('a note')
                raise final from error
            """);
    assertEquals("ZeroDivisionError: division by zero", e.getCause().getMessage());
    assertEquals("KeyError: 'k'", e.getCause().getCause().getMessage());
    assertEquals(List.of("a note"), e.notes());
    assertEquals(7, e.value().attr("args").itemLong(1));
    assertEquals("mine", e.value().attrText("note"));
    assertTrue(e.tracebackText().contains("direct cause"), e.tracebackText());
  }

  @Test
  void suppressedContextsAreNoCauses() {
    assertEquals(
        null,
        thrown("try:\n  1/0\nexcept Exception:\n  raise ValueError('x') from None").getCause());
  }

  @Test
  void cyclicCausesEnd() {
    PythonException e =
        thrown(
            "a = ValueError('a')\nb = ValueError('b')\na.__cause__ = b\nb.__cause__ = a\nraise a");
    assertEquals("ValueError: a", e.getMessage());
    int length = 0;
    for (Throwable cause = e; cause != null && length < 100; cause = cause.getCause()) {
      length++;
    }
    assertTrue(length < 100);
  }

  @Test
  void longChainsOfContextsArrive() {
    PythonException e =
        thrown(
            "error = ValueError(0)\n"
                + "for i in range(1, 5000):\n"
                + "  new = ValueError(i)\n"
                + "  new.__context__ = error\n"
                + "  error = new\n"
                + "raise error");
    assertEquals("ValueError: 4999", e.getMessage());
  }

  @Test
  void groupsHaveMembers() {
    PythonException e =
        thrown(
            "raise ExceptionGroup('two', [ValueError(1), ExceptionGroup('in', [TypeError(2)])])");
    assertEquals(
        List.of("ValueError", "ExceptionGroup"),
        e.exceptions().stream().map(PythonException::type).toList());
    assertEquals("TypeError: 2", e.exceptions().get(1).exceptions().get(0).getMessage());
    assertEquals(2, e.getSuppressed().length);
  }

  @Test
  void theTracebackTextIsPythonsAndOutlivesTheContext() {
    context.exec("def f():\n    raise ValueError('x')\n", "job.py");
    PythonException e = assertThrows(PythonException.class, () -> context.eval("f()"));
    String text = e.tracebackText();
    assertTrue(text.startsWith("Traceback (most recent call last):\n"), text);
    assertTrue(text.contains("File \"job.py\", line 2, in f"), text);
    assertTrue(text.endsWith("ValueError: x\n"), text);
    PythonException late = assertThrows(PythonException.class, () -> context.eval("f()"));
    context.close();
    assertTrue(
        late.tracebackText().contains("  File \"job.py\", line 2, in f\n"), late.tracebackText());
    assertTrue(late.tracebackText().endsWith("ValueError: x\n"));
  }

  @Test
  void exceptionsWhoseTextRaisesStillArrive() {
    PythonException e =
        thrown(
            "class Bad(Exception):\n"
                + "  def __str__(self): raise RuntimeError('no text')\n"
                + "raise Bad()");
    assertTrue(e.type().endsWith("Bad"), e.type());
  }

  @Test
  void aHundredThousandExceptionsLeaveMemoryFlat() throws InterruptedException {
    context.exec("def fail(n=5):\n  if n == 0: raise ValueError('x')\n  fail(n - 1)");
    fail(20_000);
    settle();
    long blocks = context.evalLong("__import__('sys').getallocatedblocks()");
    long handles = python.stats().liveHandles();
    fail(100_000);
    settle();
    long grown = context.evalLong("__import__('sys').getallocatedblocks()") - blocks;
    assertTrue(grown < 5000, grown + " blocks more");
    assertTrue(python.stats().liveHandles() < handles + 500, python.stats().toString());
  }

  private void fail(int times) {
    var function = context.get("fail");
    for (int i = 0; i < times; i++) {
      assertThrows(PythonException.class, function::apply);
    }
  }

  private void settle() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      System.gc();
      Thread.sleep(60);
    }
  }

  @Test
  void anExceptionsObjectOutlivesItsTransaction() {
    PythonException e;
    try (PythonTransaction tx = context.begin()) {
      e = assertThrows(PythonException.class, () -> tx.eval("1/0"));
    }
    assertEquals("ZeroDivisionError('division by zero')", e.value().repr());
    assertEquals(Map.of("k", 1L), context.eval("{'k': 1}").toJava());
  }

  @Test
  void sourcesThatPythonExecutesHaveFramesToo() {
    context.exec(
        "def run(): exec(compile('\\n\\nraise ValueError(1)', '<made>', 'exec'))\n", "job.py");
    PythonException e = assertThrows(PythonException.class, () -> context.callLong("run"));
    assertEquals(
        List.of(new PythonFrame("job.py", "run", 1), new PythonFrame("<made>", "<module>", 3)),
        e.frames());
    StackTraceElement top = e.getStackTrace()[0];
    assertEquals("<made>", top.getFileName());
    assertEquals("<module>", top.getMethodName());
    assertEquals(3, top.getLineNumber());
    PythonException unnamed =
        assertThrows(PythonException.class, () -> context.exec("x = 1\nraise ValueError(x)"));
    assertEquals(2, unnamed.frames().get(0).line());
    assertEquals(2, unnamed.getStackTrace()[0].getLineNumber());
  }

  @Test
  void anImplicitContextArrivesAsTheCause() {
    PythonException e = thrown("try:\n  {}['k']\nexcept KeyError:\n  raise ValueError('v')");
    assertEquals("KeyError: 'k'", e.getCause().getMessage());
    assertTrue(
        e.tracebackText().contains("During handling of the above exception"), e.tracebackText());
  }

  @Test
  void sysExitIsAnExceptionWhereverItIsRaised() {
    context.exec(
        "import sys\nclass Leaver:\n  def __len__(self): sys.exit(4)\n"
            + "  @property\n  def x(self): sys.exit(5)\n"
            + "def generate():\n  yield 1\n  sys.exit(6)");
    assertEquals(3, exitCode(() -> context.eval("sys.exit(3)")));
    assertEquals(3, exitCode(() -> context.importModule("sys").call("exit", 3)));
    assertEquals(3, exitCode(() -> context.eval("sys.exit").apply(3)));
    assertEquals(3, exitCode(() -> context.transact(tx -> tx.eval("exit(3)"))));
    assertEquals(4, exitCode(() -> context.get("Leaver").apply().length()));
    assertEquals(5, exitCode(() -> context.get("Leaver").apply().attr("x")));
    assertEquals(6, exitCode(() -> context.get("generate").apply().toList()));
    context.exec("import threading\nt = threading.Thread(target=sys.exit)\nt.start()\nt.join()");
    assertEquals(2, context.evalLong("1 + 1"));
  }

  private static int exitCode(org.junit.jupiter.api.function.Executable use) {
    PythonException e = assertThrows(PythonException.class, use);
    assertEquals("SystemExit", e.type());
    return e.exitCode().orElseThrow();
  }
}
