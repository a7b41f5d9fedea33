package io.gilgamesh.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonJob;
import io.gilgamesh.PythonJobResult;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run sees, and what it gives. */
class JobRunTest extends InContext {

  record Point(long x, double y) {}

  @Test
  void inputs_go_in_and_outputs_come_out_in_their_types() {
    PythonJob job =
        context
            .job("total = sum(values) * factor\npoints = [{'x': v, 'y': v / 2} for v in values]")
            .input("values", new TypeRef<List<Long>>() {})
            .input("factor", double.class)
            .output("points", new TypeRef<List<Point>>() {})
            .output("total", double.class)
            .build();
    PythonJobResult result = job.run(Map.of("values", List.of(1L, 3L), "factor", 2));
    double total = Objects.requireNonNull(result.get("total", double.class));
    assertEquals(8.0, total);
    assertEquals(
        List.of(new Point(1, 0.5), new Point(3, 1.5)),
        result.get("points", new TypeRef<List<Point>>() {}));
    assertEquals(List.of("points", "total"), new ArrayList<>(result.asMap().keySet()));
  }

  @Test
  void a_run_crosses_once() {
    PythonJob job =
        context.job("c = a + b; d = a - b").input("a").input("b").output("c").output("d").build();
    job.run(Map.of("a", 1, "b", 2));
    assertEquals(1, crossings(() -> job.run(Map.of("a", 1, "b", 2))));
    assertEquals(1, crossings(() -> job.runAll(Map.of("a", 1, "b", 2))));
  }

  @Test
  void all_variables_come_in_the_order_of_definition() {
    PythonJob job =
        context
            .job(
                """
                import json
                from math import pi
                z = offset
                _hidden = 1
                a = [n for n in range(z)]
                def twice(value):
                    global made_inside
                    made_inside = value
                    return value * 2
                m = twice(21)
                counter = counter + 1
                given = given + 1
                z = 'rebound'
                """)
            .setup("counter = 0; offset = 3")
            .input("given")
            .build();
    PythonJobResult result = job.runAll(Map.of("given", 10));
    assertEquals(
        List.of("counter", "given", "pi", "z", "a", "twice", "made_inside", "m"),
        new ArrayList<>(result.asMap().keySet()));
    assertEquals("rebound", result.get("z", String.class));
    assertEquals(List.of(0L, 1L, 2L), result.get("a"));
    assertEquals(1L, result.get("counter", long.class));
    assertEquals(11L, result.get("given"));
    try (PythonObject twice = Objects.requireNonNull(result.get("twice", PythonObject.class))) {
      assertEquals(8, twice.applyLong(4));
    }
    assertEquals(1L, job.runAll(Map.of("given", 10)).get("counter"), "runs begin as setup left it");
  }

  @Test
  void among_all_variables_outputs_have_their_types_and_places() {
    PythonJob job =
        context
            .job("a = 1\nb = 2\nc = 3\n_d = 4")
            .output("_d", int.class)
            .output("b", double.class)
            .build();
    assertEquals(
        Arrays.asList(1L, 2.0, 3L, 4), new ArrayList<>(job.runAll(Map.of()).asMap().values()));
  }

  @Test
  void every_scope_of_the_code_sees_the_runs_variables() {
    PythonJob job =
        context
            .job(
                """
                factor = base
                def fact(n):
                    return 1 if n < 2 else n * fact(n - 1)
                def outer():
                    def inner():
                        return factor + given
                    return inner()
                def count():
                    global counted
                    counted += 1
                counted = 0
                count(); count()
                class Holder:
                    value = factor
                    def get(self): return [factor * n for n in range(given)]
                results = [fact(5), outer(), (lambda: factor)(), [factor for _ in range(2)],
                           counted, Holder().get(), eval('factor + given'), Holder.value,
                           sorted(globals().keys() & {'base', 'factor', 'given'})]
                """)
            .setup("base = 7")
            .input("given", long.class)
            .output("results", new TypeRef<List<Object>>() {})
            .build();
    assertEquals(
        List.of(
            120L,
            10L,
            7L,
            List.of(7L, 7L),
            2L,
            List.of(0L, 7L, 14L),
            10L,
            7L,
            List.of("base", "factor", "given")),
        job.run(Map.of("given", 3)).get("results"));
  }

  @Test
  void a_run_leaves_nothing_to_the_next_nor_to_the_context() {
    context.set("secret", 1);
    PythonJob job =
        context
            .job("was = 'left' in globals(), 'secret' in globals()\nleft = 1")
            .output("was")
            .build();
    job.run();
    assertEquals("(false, false)", String.valueOf(job.run().get("was")));
    assertTrue(context.find("left").isEmpty());
  }

  @Test
  void functions_of_a_setup_make_a_job_of_functions(@TempDir Path folder) throws IOException {
    Path module =
        Files.writeString(folder.resolve("scoring.py"), "def run(a, b):\n    return a ** b\n");
    PythonJob job =
        context
            .job("result = run(a, b)")
            .setup(module)
            .input("a", int.class)
            .input("b", int.class)
            .output("result", long.class)
            .build();
    assertEquals(1024L, job.run(Map.of("a", 2, "b", 10)).get("result", long.class));
  }

  @Test
  void a_file_is_read_in_its_own_encoding_and_told_in_tracebacks(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("jöb.py");
    String code = "# -*- coding: latin-1 -*-\nword = 'Grüße'\nplace = __file__\nif fail: 1 / 0\n";
    Files.write(file, code.getBytes(StandardCharsets.ISO_8859_1));
    PythonJob job = context.job(file).input("fail").output("word").output("place").build();
    PythonJobResult result = job.run(Map.of("fail", false));
    assertEquals("Grüße", result.get("word"));
    assertEquals(file.toString(), result.get("place"));
    PythonException raised =
        assertThrows(PythonException.class, () -> job.run(Map.of("fail", true)));
    StackTraceElement top = raised.getStackTrace()[0];
    assertEquals(4, top.getLineNumber(), raised::toString);
    assertTrue(raised.tracebackText().contains(file.toString()), raised::tracebackText);
  }

  @Test
  void null_and_none_cross() {
    PythonJob job =
        context
            .job("b = a is None\nc = None")
            .input("a", Long.class)
            .output("b")
            .output("c")
            .build();
    Map<String, Object> none = new HashMap<>();
    none.put("a", null);
    PythonJobResult result = job.run(none);
    assertEquals(true, result.get("b"));
    assertEquals(null, result.get("c"));
    assertEquals(null, result.get("c", String.class));
  }

  @Test
  void objects_belong_to_the_transaction_of_the_run() {
    PythonJob job = context.job("it = object()").output("it", PythonObject.class).build();
    PythonObject scoped;
    PythonObject kept;
    try (PythonTransaction transaction = context.begin()) {
      scoped = Objects.requireNonNull(job.run().get("it", PythonObject.class));
      kept = scoped.keep();
      assertTrue(transaction.toString().length() > 0);
    }
    assertTrue(scoped.isClosed());
    assertEquals("object", kept.typeName());
    kept.close();
    try (PythonObject managed = Objects.requireNonNull(job.run().get("it", PythonObject.class))) {
      assertEquals("object", managed.typeName());
    }
  }

  @Test
  void a_job_made_in_a_transaction_outlives_it() {
    PythonJob job;
    try (PythonTransaction transaction = context.begin()) {
      transaction.exec("pass");
      job = context.job("a = 1").output("a").build();
    }
    assertEquals(1L, job.run().get("a"));
  }

  @Test
  void large_values_cross() {
    PythonJob job =
        context.job("b = a * 2").input("a", String.class).output("b", String.class).build();
    String text = "x".repeat(3_000_000);
    assertEquals(text + text, job.run(Map.of("a", text)).get("b"));
  }
}
