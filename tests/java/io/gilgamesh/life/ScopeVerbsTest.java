package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ScopeVerbsTest {

  private Python python;
  private PythonContext context;
  @TempDir Path folder;

  @BeforeEach
  void start() {
    python = Python.start();
    context = python.contexts().open("verbs");
  }

  @AfterEach
  void close() {
    python.close();
  }

  @Test
  void variablesOfAnExpressionAreSeenInNestedScopesAndDoNotStay() {
    Map<String, Object> variables = Map.of("xs", List.of(1, 2, 3), "k", 10);
    assertEquals(60, context.evalLong("sum([x * k for x in xs])", variables));
    assertEquals(10, context.evalLong("(lambda: k)()", variables));
    assertEquals(
        6,
        context.evalLong("(lambda f: f(xs))(lambda ys: sum(y for y in ys if y in xs))", variables));
    assertTrue(context.find("xs").isEmpty());
    PythonException e = assertThrows(PythonException.class, () -> context.eval("k"));
    assertEquals("name 'k' is not defined", e.pythonMessage());
  }

  @Test
  void variablesOfAnExpressionGoBeforeThoseOfTheContext() {
    context.set("x", 1);
    assertEquals(2, context.evalLong("x", Map.of("x", 2)));
    assertEquals(1, context.evalLong("x"));
  }

  @Test
  void variablesMayBeNullAndMany() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("nothing", null);
    assertTrue(context.evalBoolean("nothing is None", variables));
    for (int i = 0; i < 300; i++) {
      variables.put("v" + i, i);
    }
    assertEquals(299, context.evalLong("v299", variables));
  }

  @Test
  void aVariableThatIsNoNameIsRefused() {
    for (String name : List.of("a b", "", "1x", "x=1", "x\n")) {
      for (Executable use :
          List.<Executable>of(
              () -> context.set(name, 1),
              () -> context.exec("pass", Map.of(name, 1)),
              () -> context.eval("1", Map.of(name, 1)))) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, use, name);
        assertTrue(e.getMessage().contains("Python identifier"), e.getMessage());
      }
    }
    assertTrue(context.find("a b").isEmpty());
  }

  // ---- functions by name

  @Test
  void aFunctionIsCalledByItsName() {
    context.exec("def f(*a, **k): return a[0] if a else k\nname = 'n'");
    assertEquals(3, context.callLong("f", 3));
    assertEquals(1.5, context.callDouble("f", 1.5));
    assertTrue(context.callBoolean("f", true));
    assertEquals("x", context.callText("f", "x"));
    assertEquals(List.of(1L), context.callTo(List.class, "f", List.of(1)));
    assertEquals(Map.of("k", 2L), context.call("f", PythonKwargs.kwargs("k", 2)).toJava());
    try (PythonTransaction tx = context.begin()) {
      assertEquals(4, tx.call("f", 4).asLong());
    }
    PythonException e = assertThrows(PythonException.class, () -> context.call("name"));
    assertEquals("TypeError", e.type());
  }

  @Test
  void callingAFunctionLeavesNoHandleOfItBehind() {
    context.exec("def f(): return 1");
    context.callLong("f");
    long before = python.stats().liveHandles();
    context.callLong("f");
    assertEquals(before, python.stats().liveHandles());
  }

  @Test
  void aFunctionThatIsMissingIsToldAsByGet() {
    NoSuchElementException e =
        assertThrows(NoSuchElementException.class, () -> context.call("absent", 1));
    assertTrue(
        e.getMessage().contains("'absent'") && e.getMessage().contains("'verbs'"), e.getMessage());
  }

  @Test
  void variablesOfStatementsStay() {
    context.exec("y = x + 1", Map.of("x", 41));
    assertEquals(41, context.evalLong("x"));
    assertEquals(42, context.evalLong("y"));
  }

  @Test
  void variablesAreSetFoundAndMissed() {
    context.set("none", null);
    context.set("na\u00efve", "\ud83d\udc0d");
    assertNull(context.get("none").toJava());
    assertEquals("\ud83d\udc0d", context.evalText("na\u00efve"));
    assertTrue(context.find("absent").isEmpty());
    assertTrue(context.find("len").isEmpty());
    NoSuchElementException e =
        assertThrows(NoSuchElementException.class, () -> context.get("absent"));
    assertTrue(
        e.getMessage().contains("'absent'") && e.getMessage().contains("'verbs'"), e.getMessage());
  }

  @Test
  void scalarFormsAreExact() {
    assertEquals(Long.MIN_VALUE, context.evalLong("-2**63"));
    assertEquals(-0.0, context.evalDouble("-0.0"));
    assertEquals(2.0, context.evalDouble("2"));
    assertTrue(context.evalBoolean("1 < 2"));
    assertEquals("a\0b", context.evalText("'a\\0b'"));
    assertEquals(List.of(1L, 2L), context.evalTo(List.class, "[1, 2]"));
    assertThrows(RuntimeException.class, () -> context.evalLong("True"));
    assertThrows(RuntimeException.class, () -> context.evalBoolean("1"));
    assertThrows(RuntimeException.class, () -> context.evalText("1"));
  }

  @Test
  void aDottedModuleIsTheModuleItself() {
    assertEquals(
        "os.path",
        context
            .importModule("os.path")
            .attr("__name__")
            .asText()
            .replaceAll("posixpath|ntpath", "os.path"));
    assertTrue(context.find("os").isEmpty());
    PythonException e =
        assertThrows(PythonException.class, () -> context.importModule("no_such_module"));
    assertEquals("ModuleNotFoundError", e.type());
  }

  @Test
  void toPythonMakesOneObject() {
    PythonObject list = context.toPython(List.of(1, 2));
    list.call("append", 3);
    assertEquals(List.of(1L, 2L, 3L), list.toJava());
  }

  @Test
  void transactionsHaveTheSameVerbs() {
    try (PythonTransaction tx = context.begin()) {
      tx.exec("a = 1");
      tx.set("b", 2);
      assertEquals(3, tx.evalLong("a + b"));
      assertEquals(6, tx.evalLong("a + b + c", Map.of("c", 3)));
      assertEquals(2, tx.get("b").asLong());
      assertEquals(4.0, tx.importModule("math").callDouble("sqrt", 16));
      assertEquals(List.of(1L), tx.toPython(List.of(1)).toJava());
    }
    assertEquals(1, context.evalLong("a"));
    assertEquals(2, context.get("b").asLong());
  }

  // ---- source names

  @Test
  void tracebacksShowTheLinesOfSourcesWithAndWithoutAName() {
    for (String name : new String[] {null, "<rules>"}) {
      String code = "def f():\n  return 1 / 0  # " + name + "\nf()\n";
      PythonException e =
          assertThrows(
              PythonException.class,
              () -> {
                if (name == null) {
                  context.exec(code);
                } else {
                  context.exec(code, name);
                }
              });
      String text = e.tracebackText();
      assertTrue(text.contains("return 1 / 0  # " + name), text);
      assertTrue(text.contains(", line 2, in f"), text);
      assertTrue(name == null || text.contains("<rules>"), text);
    }
  }

  @Test
  void twoSourcesWithoutANameKeepTheirOwnLines() {
    context.exec("def f():\n  return 1 / 0  # first");
    context.exec("def g():\n  return 1 / 0  # second");
    String first = assertThrows(PythonException.class, () -> context.exec("f()")).tracebackText();
    String second = assertThrows(PythonException.class, () -> context.exec("g()")).tracebackText();
    assertTrue(first.contains("# first") && !first.contains("# second"), first);
    assertTrue(second.contains("# second") && !second.contains("# first"), second);
  }

  // ---- files

  @Test
  void aFileRunsInTheContextsVariablesAndKnowsItsPathMeanwhile() throws IOException {
    Path file = write("a b \u00e9.py", "path = __file__\nclass A: pass\n", StandardCharsets.UTF_8);
    context.run(file);
    assertEquals(file.toString(), context.evalText("path"));
    assertTrue(context.find("__file__").isEmpty());
    context.set("__file__", "before");
    context.run(file);
    assertEquals("before", context.evalText("__file__"));
  }

  @Test
  void aFilesEncodingIsReadAsPythonReadsIt() throws IOException {
    context.run(write("u.py", "t = 'h\u00e9'\r\nn = 1\r\n", StandardCharsets.UTF_8));
    assertEquals("h\u00e9", context.evalText("t"));
    context.run(
        write(
            "l.py",
            "#!/usr/bin/python\n# -*- coding: latin-1 -*-\nt = 'h\u00e9l'\n",
            StandardCharsets.ISO_8859_1));
    assertEquals("h\u00e9l", context.evalText("t"));
    context.run(write("b.py", "\ufefft = 'bom'\n", StandardCharsets.UTF_8));
    assertEquals("bom", context.evalText("t"));
  }

  @Test
  void aFileWithABadEncodingIsASyntaxError() throws IOException {
    Path bad = write("bad.py", "t = 'h\u00e9'\n", StandardCharsets.ISO_8859_1);
    Path unknown = write("unknown.py", "# coding: nonsense\nt = 1\n", StandardCharsets.UTF_8);
    for (Path file : List.of(bad, unknown)) {
      PythonException e = assertThrows(PythonException.class, () -> context.run(file));
      assertEquals("SyntaxError", e.type());
    }
  }

  @Test
  void anErrorInAFileNamesFileAndLine() throws IOException {
    Path file = write("broken.py", "x = 1\nraise ValueError('here')\n", StandardCharsets.UTF_8);
    PythonException e = assertThrows(PythonException.class, () -> context.run(file));
    assertTrue(e.tracebackText().contains("broken.py\", line 2"), e.tracebackText());
    assertTrue(e.tracebackText().contains("raise ValueError('here')"), e.tracebackText());
    assertTrue(context.find("__file__").isEmpty());
    assertThrows(UncheckedIOException.class, () -> context.run(folder.resolve("missing.py")));
  }

  private Path write(String name, String text, Charset charset) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(charset));
  }

  @Test
  void futureImportsAndLeadingBlankLinesRunAsInAFile() {
    context.exec(
        "\n\n"
            + "\"\"\"doc\"\"\"\n"
            + "from __future__ import annotations\n"
            + "def f(x: no_such_name):\n"
            + "\treturn 1\n");
    assertEquals(1, context.evalLong("f(0)"));
    assertFalse(context.find("annotations").isEmpty());
  }
}
