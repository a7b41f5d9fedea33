package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonFrame;
import io.gilgamesh.PythonInternalError;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonStartException;
import io.gilgamesh.PythonTimeoutException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every kind of error record becomes its exception. */
class ErrorRecordsTest {

  private static final long REF = Ref.MANAGED | 1L << 28 | 5;

  private final ContextState context = Wire.context("scores");

  private RuntimeException thrown(int kind, Consumer<Exchange> body) {
    try (Exchange exchange = Exchange.lease(context)) {
      return read(exchange, kind, body);
    }
  }

  private static RuntimeException read(Exchange exchange, int kind, Consumer<Exchange> body) {
    Wire.putByte(exchange, kind);
    body.accept(exchange);
    exchange.buffer.putInt(0, Exchange.STATUS_ERROR);
    return assertThrows(RuntimeException.class, () -> Calls.number(exchange, Exchange.FAILED));
  }

  /** Writes an exception record without extra, cause and members. */
  private static void head(
      Exchange to, long ref, String type, String message, String... functions) {
    Wire.putLong(to, ref);
    to.text(type).text(message);
    Wire.putInt(to, 1);
    to.text("a note");
    Wire.putInt(to, functions.length);
    for (int i = 0; i < functions.length; i++) {
      to.text("/app/job.py").text(functions[i]);
      Wire.putInt(to, 10 + i);
    }
  }

  private static void tail(Exchange to) {
    Wire.putByte(to, 0); // no extra
    Wire.putByte(to, 0); // no cause
    Wire.putInt(to, 0); // no members
  }

  private static void simple(Exchange to, String type, String message, String... functions) {
    head(to, 0, type, message, functions);
    tail(to);
  }

  @Test
  void aFailureLeavesTheHeaderReadyAndMinValueIsAValue() {
    try (Exchange exchange = Exchange.lease(context)) {
      read(exchange, 6, to -> to.text("not now"));
      assertEquals(Long.MIN_VALUE, Calls.number(exchange, Exchange.FAILED));
      assertEquals(-0.0, Calls.real(exchange, Double.doubleToRawLongBits(-0.0)));
    }
  }

  @Test
  void aPythonExceptionKeepsWhatPythonTold() {
    PythonException e =
        (PythonException)
            thrown(
                0,
                to -> simple(to, "NameError", "name 'printx' is not defined", "<module>", "run"));
    assertEquals("NameError: name 'printx' is not defined", e.getMessage());
    assertEquals("NameError", e.type());
    assertEquals("name 'printx' is not defined", e.pythonMessage());
    assertEquals(List.of("a note"), e.notes());
    assertEquals(
        List.of(
            new PythonFrame("/app/job.py", "<module>", 10),
            new PythonFrame("/app/job.py", "run", 11)),
        e.frames());
    assertThrows(IllegalStateException.class, e::value);
    assertEquals(0, e.exceptions().size());
  }

  @Test
  void anExceptionWithoutTextIsItsType() {
    assertEquals(
        "KeyboardInterrupt", thrown(0, to -> simple(to, "KeyboardInterrupt", "")).getMessage());
  }

  @Test
  void theJavaTraceHasPythonsFramesAboveTheCallers() {
    RuntimeException e = thrown(0, to -> simple(to, "ValueError", "x", "<module>", "Job.run"));
    StackTraceElement[] trace = e.getStackTrace();
    assertEquals("<python>.job.Job.run(/app/job.py:11)", trace[0].toString());
    assertEquals("<python>.job.<module>(/app/job.py:10)", trace[1].toString());
    assertTrue(
        Arrays.stream(trace)
            .skip(2)
            .noneMatch(frame -> frame.getClassName().startsWith("io.gilgamesh.Api")));
  }

  @Test
  void theExceptionObjectIsAHandle() {
    PythonException e =
        (PythonException)
            thrown(
                0,
                to -> {
                  head(to, REF, "ValueError", "x");
                  tail(to);
                });
    PythonObject value = e.value();
    assertEquals(REF, ApiBridge.get().rawRef(value));
    assertSame(context, ApiBridge.get().context(value));
  }

  @Test
  void causesAndContextsAreJavaCauses() {
    PythonException e =
        (PythonException)
            thrown(
                0,
                to -> {
                  head(to, 0, "RuntimeError", "outer");
                  Wire.putByte(to, 0);
                  Wire.putByte(to, 1);
                  head(to, 0, "KeyError", "'middle'", "f");
                  Wire.putByte(to, 0);
                  Wire.putByte(to, 2);
                  simple(to, "OSError", "inner");
                  Wire.putInt(to, 0);
                  Wire.putInt(to, 0);
                });
    assertEquals("KeyError: 'middle'", e.getCause().getMessage());
    assertEquals("OSError: inner", e.getCause().getCause().getMessage());
    assertEquals("f", e.getCause().getStackTrace()[0].getMethodName());
    assertEquals(
        """
        OSError: inner
        a note

        During handling of the above exception, another exception occurred:

        Traceback (most recent call last):
          File "/app/job.py", line 10, in f
        KeyError: 'middle'
        a note

        The above exception was the direct cause of the following exception:

        RuntimeError: outer
        a note
        """,
        e.tracebackText());
  }

  @Test
  void membersOfAGroupAreSuppressedExceptionsToo() {
    PythonException e =
        (PythonException)
            thrown(
                0,
                to -> {
                  head(to, 0, "ExceptionGroup", "two");
                  Wire.putByte(to, 0);
                  Wire.putByte(to, 0);
                  Wire.putInt(to, 2);
                  simple(to, "ValueError", "1");
                  simple(to, "TypeError", "2");
                });
    assertEquals(
        List.of("ValueError", "TypeError"),
        e.exceptions().stream().map(PythonException::type).toList());
    assertEquals("TypeError: 2", e.getSuppressed()[1].getMessage());
    assertTrue(e.tracebackText().contains("    | TypeError: 2\n"), e.tracebackText());
  }

  @Test
  void aSyntaxErrorKeepsItsPlace() {
    PythonException e =
        (PythonException)
            thrown(
                0,
                to -> {
                  head(to, 0, "SyntaxError", "invalid syntax (job.py, line 3)");
                  Wire.putByte(to, 1);
                  to.value("job.py");
                  Wire.putLong(to, 3);
                  Wire.putLong(to, 5);
                  to.value("  1 +* 2\n");
                  Wire.putByte(to, 0);
                  Wire.putInt(to, 0);
                });
    assertEquals(
        new PythonException.SyntaxLocation("job.py", 3, 5, "  1 +* 2\n"), e.syntax().orElseThrow());
    assertTrue(
        e.tracebackText().startsWith("  File \"job.py\", line 3\n    1 +* 2\n      ^\nSyntaxError"),
        e.tracebackText());
  }

  @Test
  void systemExitTellsItsCode() {
    assertEquals(3, exit(3L).exitCode().getAsInt());
    assertEquals(0, exit(null).exitCode().getAsInt());
    assertEquals(1, exit("failed").exitCode().getAsInt());
    assertTrue(
        ((PythonException) thrown(0, to -> simple(to, "ValueError", ""))).exitCode().isEmpty());
  }

  private PythonException exit(@Nullable Object code) {
    return (PythonException)
        thrown(
            0,
            to -> {
              head(to, 0, "SystemExit", "");
              Wire.putByte(to, 2);
              to.value(code);
              Wire.putByte(to, 0);
              Wire.putInt(to, 0);
            });
  }

  @Test
  void aPythonExceptionIsSerializable() throws Exception {
    RuntimeException e = thrown(0, to -> simple(to, "ValueError", "x", "f"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      PythonException copy = (PythonException) in.readObject();
      assertEquals("ValueError: x", copy.getMessage());
      assertEquals("f", copy.frames().get(0).function());
      assertTrue(copy.tracebackText().endsWith("ValueError: x\na note\n"));
    }
  }

  @Test
  void aStaleReceiverOrArgumentIsNamed() {
    ApiBridge api = ApiBridge.get();
    PythonObject receiver = api.object(context, REF, null, Origin.CALL, "read_csv");
    PythonObject argument = api.object(context, REF + 1, null, Origin.ATTRIBUTE, "columns");
    try (Exchange exchange = Exchange.lease(context, receiver)) {
      exchange.arguments(List.of(argument));
      exchange.position = Exchange.PAYLOAD;
      RuntimeException e = read(exchange, 1, to -> Wire.putLong(to, REF));
      assertTrue(
          e.getMessage()
              .startsWith("the result of call(\"read_csv\") in context 'scores' is closed"),
          e.getMessage());
      exchange.position = Exchange.PAYLOAD;
      e = read(exchange, 1, to -> Wire.putLong(to, REF + 1));
      assertTrue(
          e.getMessage().startsWith("attr(\"columns\") in context 'scores' is closed"),
          e.getMessage());
    }
  }

  @Test
  void theOtherKindsHaveTheirTypes() {
    assertTrue(
        assertIs(IllegalStateException.class, thrown(2, to -> {}))
            .contains("context 'scores' is closed"));
    assertIs(IllegalArgumentException.class, thrown(3, to -> {}));
    RuntimeException e = thrown(4, to -> to.text("[0]").text("str 'n/a' is not an int"));
    assertEquals("[0]: str 'n/a' is not an int", assertIs(PythonConversionException.class, e));
    assertEquals(
        "not now", assertIs(IllegalStateException.class, thrown(6, to -> to.text("not now"))));
    assertIs(
        PythonTimeoutException.class,
        thrown(
            7,
            to -> {
              Wire.putLong(to, 0);
              Wire.putLong(to, 2_000_000);
            }));
    assertEquals("no", assertIs(PythonStartException.class, thrown(8, to -> to.text("no"))));
    assertEquals("bad", assertIs(IllegalArgumentException.class, thrown(9, to -> to.text("bad"))));
  }

  private static String assertIs(Class<?> type, RuntimeException e) {
    assertSame(type, e.getClass());
    return String.valueOf(e.getMessage());
  }

  @Test
  void aPanicIsAnError() {
    try (Exchange exchange = Exchange.lease(context)) {
      Wire.putByte(exchange, 5);
      exchange.text("index out of bounds");
      exchange.buffer.putInt(0, Exchange.STATUS_ERROR);
      assertEquals(
          "index out of bounds",
          assertThrows(PythonInternalError.class, () -> Calls.number(exchange, Exchange.FAILED))
              .getMessage());
    }
  }
}
