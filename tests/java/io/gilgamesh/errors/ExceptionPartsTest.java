package io.gilgamesh.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.testing.InContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of exceptions that were lost. */
class ExceptionPartsTest extends InContext {

  private PythonException thrown(String code) {
    return assertThrows(PythonException.class, () -> context.exec(code, "job.py"), code);
  }

  @Test
  void anExitCodeWhoseTextRaisesIsOneAsInPython() {
    PythonException unprintable =
        thrown(
            "class Bad:\n  def __repr__(self): raise ValueError('r')\n  __str__ = __repr__\n"
                + "raise SystemExit(Bad())");
    assertEquals(1, unprintable.exitCode().orElseThrow());
  }

  @Test
  void anExitCodeBeyond64BitsIsNoSuccess() {
    int code = thrown("raise SystemExit(2 ** 70)").exitCode().orElseThrow();
    assertTrue(code != 0, "exit code " + code);
    code = thrown("raise SystemExit(2 ** 32)").exitCode().orElseThrow();
    assertEquals(0, code, "the low 32 bits, as the process would have it");
  }

  @Test
  void aGroupOfAThousandHasAThousandMembers() {
    PythonException wide =
        thrown("raise ExceptionGroup('many', [ValueError(i) for i in range(1000)])");
    assertEquals(1000, wide.exceptions().size());
  }

  @Test
  void anExceptionThatIsTwiceInAGroupIsTwoMembers() {
    PythonException twice =
        thrown("e = ValueError(1)\nraise ExceptionGroup('two', [e, e, TypeError(2)])");
    assertEquals(
        List.of("ValueError: 1", "ValueError: 1", "TypeError: 2"),
        twice.exceptions().stream().map(Throwable::getMessage).toList());
  }

  @Test
  void anExceptionThatIsCauseAndMemberIsBoth() {
    PythonException e = thrown("e = ValueError(1)\nraise ExceptionGroup('one', [e]) from e");
    assertEquals("ValueError: 1", e.getCause().getMessage());
    assertEquals(1, e.exceptions().size());
  }
}
