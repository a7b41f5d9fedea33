package io.gilgamesh.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.testing.InContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exceptions that are not as Python makes them arrive all the same. */
class OddExceptionsTest extends InContext {

  private PythonException thrown(String code) {
    return assertThrows(PythonException.class, () -> context.exec(code, "job.py"), code);
  }

  @Test
  void aSyntaxErrorWithOddPlacesArrives() {
    for (String place :
        List.of(
            "",
            ", ('f', None, None, None)",
            ", ('f', -1, -1, 'text')",
            ", ('f', 2 ** 70, 2 ** 70, 'text')",
            ", ('f', 'line', 'column', 5)",
            ", (None, 1, 1, 'a\\0\\ud800')",
            ", (b'f', 1, 1, b'text')")) {
      PythonException e = thrown("raise SyntaxError('mine'" + place + ")");
      assertEquals("SyntaxError", e.type(), place);
      assertTrue(e.pythonMessage().startsWith("mine"), e.pythonMessage());
      assertEquals(e.type(), e.value().typeName());
    }
    PythonException.SyntaxLocation known =
        thrown("raise SyntaxError('mine', ('f', 3, 4, 'a\\ud800'))").syntax().orElseThrow();
    assertEquals(new PythonException.SyntaxLocation("f", 3, 4, "a\ud800"), known);
  }

  @Test
  void anExitCodeThatIsNoSmallIntIsAsPythonWouldExit() {
    assertEquals(0, exitCode("None"));
    assertEquals(1, exitCode("True"));
    assertEquals(0, exitCode("False"));
    assertEquals(-1, exitCode("-1"));
    assertEquals(256, exitCode("256"));
    assertEquals(1, exitCode("[]"));
    assertEquals(1, exitCode("1.5"));
    PythonException huge = thrown("raise SystemExit(2 ** 70)");
    assertEquals("SystemExit", huge.type());
    PythonException deleted = thrown("e = SystemExit(3)\ne.code = 'text'\nraise e");
    assertEquals(1, deleted.exitCode().orElseThrow());
  }

  private int exitCode(String code) {
    PythonException e = thrown("import sys\nsys.exit(" + code + ")");
    assertEquals("SystemExit", e.type());
    return e.exitCode().orElseThrow();
  }

  @Test
  void oddNotesDoNotHideTheException() {
    for (String notes : List.of("5", "'text'", "[1, None, b'x']", "{}", "Bad()", "[Bad()]")) {
      PythonException e =
          thrown(
              "class Bad:\n  def __iter__(self): raise ValueError('i')\n"
                  + "  def __str__(self): raise ValueError('s')\n"
                  + "e = KeyError('k')\ne.__notes__ = "
                  + notes
                  + "\nraise e");
      assertEquals("KeyError: 'k'", e.getMessage(), notes);
      assertTrue(e.tracebackText().contains("KeyError: 'k'"), e.tracebackText());
    }
    assertEquals(
        List.of("", "a\0b\ud800", "two\nlines"),
        thrown(
                "e = KeyError('k')\nfor n in ('', 'a\\0b\\ud800', 'two\\nlines'): e.add_note(n)\n"
                    + "raise e")
            .notes());
  }

  @Test
  void exceptionsThatAreNoErrorsArriveToo() {
    for (String type :
        List.of("KeyboardInterrupt", "GeneratorExit", "StopIteration", "BaseException")) {
      assertEquals(type, thrown("raise " + type).type());
      assertEquals(type, assertThrows(PythonException.class, () -> raised(type)).type());
    }
    assertEquals(2, context.evalLong("1 + 1"));
  }

  private void raised(String type) {
    context.exec("def raising(): raise " + type);
    context.get("raising").apply();
  }

  @Test
  void aMessageThatIsNoTextOrIsHugeArrivesWhole() {
    assertEquals("a\0b\ud800", thrown("raise ValueError('a\\0b\\ud800')").pythonMessage());
    assertEquals(5_000_000, thrown("raise ValueError('x' * 5_000_000)").pythonMessage().length());
    PythonException e =
        thrown("class E(Exception):\n  def __str__(self): return 5\nraise E('args')");
    assertTrue(e.type().endsWith("E"), e.type());
    assertEquals("args", e.value().attr("args").itemText(0));
  }

  @Test
  void aDeepStackArrivesWithItsFirstAndLastFrames() {
    context.exec("def down(n): return 1 / n if n == 0 else down(n - 1)", "deep.py");
    PythonException e = assertThrows(PythonException.class, () -> context.call("down", 500));
    assertEquals(501, e.frames().size());
    assertTrue(e.frames().stream().allMatch(frame -> frame.function().equals("down")));
    assertTrue(e.tracebackText().endsWith("ZeroDivisionError: division by zero\n"));
  }

  @Test
  void aGroupOfManyAndDeepGroupsArrives() {
    PythonException wide =
        thrown("raise ExceptionGroup('many', [ValueError(i) for i in range(150)])");
    assertEquals(150, wide.exceptions().size());
    assertEquals("ValueError: 149", wide.exceptions().get(149).getMessage());
    PythonException deep =
        thrown(
            "e = ValueError('in')\nfor i in range(200): e = ExceptionGroup(str(i), [e])\nraise e");
    int levels = 0;
    for (PythonException e = deep; !e.exceptions().isEmpty(); e = e.exceptions().get(0)) {
      levels++;
    }
    assertTrue(levels >= 1 && deep.type().equals("ExceptionGroup"), levels + " levels");
    assertEquals("ExceptionGroup", deep.value().typeName());
  }

  @Test
  void anExceptionKnowsTheCauseOfItsCauseAndItsNotes() {
    PythonException e =
        thrown(
            """
            try:
                try:
                    error = ValueError('first')
                    error.add_note('noted')
                    raise error
                except ValueError as first:
                    raise TypeError('second') from first
            except TypeError:
                raise ExceptionGroup('third', [KeyError('in')])
            """);
    PythonException second = (PythonException) e.getCause();
    PythonException first = (PythonException) second.getCause();
    assertEquals("TypeError: second", second.getMessage());
    assertEquals(List.of("noted"), first.notes());
    assertEquals(5, first.frames().get(0).line());
    assertEquals("ValueError('first')", first.value().repr());
    assertEquals("KeyError: 'in'", e.exceptions().get(0).getMessage());
  }

  @Test
  void anExitCodeBeyond64BitsIsNoSuccess() {
    assertTrue(thrown("raise SystemExit(2 ** 70)").exitCode().orElseThrow() != 0);
    assertTrue(thrown("raise SystemExit(-2 ** 70)").exitCode().orElseThrow() != 0);
  }
}
