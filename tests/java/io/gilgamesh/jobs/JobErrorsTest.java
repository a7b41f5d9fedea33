package io.gilgamesh.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonJob;
import io.gilgamesh.PythonJobResult;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** What is refused, and how it is said. */
class JobErrorsTest extends InContext {

  private PythonJob sum() {
    return context
        .job("c = a + b")
        .name("sum")
        .input("a", long.class)
        .input("b", String.class)
        .output("c")
        .build();
  }

  private static String message(Class<? extends RuntimeException> type, Runnable work) {
    return String.valueOf(assertThrows(type, work::run).getMessage());
  }

  @Test
  void inputs_that_are_missing_unknown_or_of_another_type_are_told_at_once() {
    PythonJob job = sum();
    Map<String, Object> given = Map.of("a", "one", "d", 1);
    assertEquals(
        "job 'sum' cannot run: the input 'a' is a java.lang.String, not a long; the input 'b' is"
            + " missing; there is no input 'd', only [a, b]",
        message(IllegalArgumentException.class, () -> job.run(given)));
  }

  @Test
  void a_number_that_the_type_cannot_hold_is_refused() {
    PythonJob job =
        context.job("pass").input("small", byte.class).input("real", double.class).build();
    assertEquals(
        "job 'job' cannot run: the input 'small' is 300, a java.lang.Integer, not a byte; the input"
            + " 'real' is 9007199254740993, a java.lang.Long, not a double",
        message(
            IllegalArgumentException.class,
            () -> job.run(Map.of("small", 300, "real", 9007199254740993L))));
    job.run(Map.of("small", 100L, "real", 2.5f));
  }

  @Test
  void an_exception_of_the_code_is_thrown_as_itself() {
    PythonJob job = context.job("x = 1\ny = x / 0").name("ratio").output("y").build();
    PythonException raised = assertThrows(PythonException.class, job::run);
    assertEquals("ZeroDivisionError", raised.type());
    assertEquals(2, raised.getStackTrace()[0].getLineNumber());
    assertTrue(raised.tracebackText().contains("<ratio:"), raised::tracebackText);
    assertTrue(raised.tracebackText().contains("y = x / 0"), raised::tracebackText);
    PythonException all = assertThrows(PythonException.class, () -> job.runAll(Map.of()));
    assertEquals("ZeroDivisionError", all.type());
  }

  @Test
  void an_output_that_the_code_did_not_define_is_named_with_its_line() {
    PythonJob job =
        context
            .job("a = 1\nif a > 1:\n    late = 2\n")
            .name("half")
            .output("a")
            .output("late")
            .output("never")
            .build();
    PythonException raised = assertThrows(PythonException.class, job::run);
    assertEquals("NameError", raised.type());
    String message = String.valueOf(raised.getMessage());
    assertTrue(
        message.contains("job 'half' ended without defining its outputs 'late', which line 3 of"),
        message);
    assertTrue(message.contains("sets; 'never', which nothing in it sets"), message);
  }

  @Test
  void a_syntax_error_is_thrown_when_the_job_is_built() {
    PythonException raised =
        assertThrows(PythonException.class, () -> context.job("a = = 1").name("bad").build());
    assertEquals("SyntaxError", raised.type());
    assertThrows(PythonException.class, () -> context.job("a = 1").setup("def").build());
  }

  @Test
  void what_cannot_cross_is_told_by_the_variable() {
    PythonJob job =
        context
            .job("good = 1\nbad = [1, 'two', 3]\nworse = 'x'")
            .input("in_")
            .output("good", long.class)
            .output("bad", new TypeRef<List<Long>>() {})
            .output("worse", int.class)
            .build();
    String both = message(PythonConversionException.class, () -> job.run(Map.of("in_", 1)));
    assertTrue(both.startsWith("2 values do not fit:\n  ['bad'][1]: "), both);
    assertTrue(both.contains("['worse']: "), both);
    List<Object> endless = new ArrayList<>(List.of(1));
    endless.add(endless);
    PythonConversionException input =
        assertThrows(PythonConversionException.class, () -> job.run(Map.of("in_", endless)));
    assertTrue(input.path().startsWith("['in_'][1]"), input::toString);
  }

  @Test
  void a_value_that_the_core_cannot_write_is_told_by_the_variable() {
    PythonJob job = context.job("loop = []\nloop.append(loop)").output("loop").build();
    PythonConversionException raised = assertThrows(PythonConversionException.class, job::run);
    assertTrue(raised.path().startsWith("['loop']"), raised::toString);
  }

  @Test
  void declarations_that_make_no_sense_are_refused() {
    assertEquals(
        "a variable's name is a Python identifier, not 'a b'",
        message(IllegalArgumentException.class, () -> context.job("pass").input("a b")));
    assertEquals(
        "the output 'a' of job 'job' is declared twice",
        message(IllegalArgumentException.class, () -> context.job("pass").output("a").output("a")));
    assertThrows(
        PythonConversionException.class,
        () -> context.job("a = 1").output("a", new TypeRef<ThreadLocal<String>>() {}).build());
  }

  @Test
  void results_are_asked_for_by_what_they_are() {
    PythonJobResult result =
        context
            .job("a = 1\nb = [1]")
            .name("two")
            .output("a", long.class)
            .output("b", new TypeRef<List<Long>>() {})
            .build()
            .run();
    assertEquals(
        "the result of job 'two' has no 'c', only [a, b]",
        message(NoSuchElementException.class, () -> result.get("c")));
    assertEquals(
        "'a' of job 'two' is a java.lang.Long, not a java.lang.String",
        message(ClassCastException.class, () -> result.get("a", String.class)));
    assertEquals(
        "'b' of job 'two' is declared as java.util.List<java.lang.Long>, not a"
            + " java.util.List<java.lang.String>",
        message(ClassCastException.class, () -> result.get("b", new TypeRef<List<String>>() {})));
    assertThrows(UnsupportedOperationException.class, () -> result.asMap().clear());
  }

  @Test
  void a_closed_job_or_context_says_so() {
    PythonJob job = context.job("a = 1").name("one").output("a").build();
    assertTrue(job.toString().contains("one() -> (a: java.lang.Object)]"), job::toString);
    job.close();
    job.close();
    assertEquals("job 'one' is closed", message(IllegalStateException.class, job::run));
    assertTrue(job.toString().endsWith("closed]"), job::toString);
    PythonJob other = context.job("a = 1").build();
    context.close();
    assertEquals(
        "context 'JobErrorsTest' is closed", message(IllegalStateException.class, other::run));
    other.close();
  }

  @Test
  void closing_a_job_releases_what_setup_left() {
    context.exec("import weakref, gc\nclass Model: pass");
    PythonJob job =
        context
            .job("m = keep(model)")
            .setup("class Model: pass\nmodel = Model()")
            .input("keep")
            .build();
    context.exec("ref = []\ndef keep(model): ref.append(weakref.ref(model))");
    job.run(Map.of("keep", context.get("keep")));
    assertTrue(context.evalBoolean("ref[0]() is not None"));
    job.close();
    context.exec("gc.collect()");
    assertFalse(context.evalBoolean("ref[0]() is not None"));
  }
}
