package io.gilgamesh.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Sources run as Python itself runs them from a file. */
class SourcesTest extends InContext {

  @TempDir Path folder;

  /** Each sets result; what Python says of it in a file is what is expected. */
  private static Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("triple quotes", "result = '''a\n    b   \n\tc\n# no comment\nif x:\n\n'''\n");
    sources.put(
        "triple double quotes", "result = \"\"\"\n  'one' \"two\" \\n\\\n  three\n\"\"\"\n");
    sources.put(
        "a docstring", "def f():\n    '''One.\n\n      Two.\n    '''\nresult = f.__doc__\n");
    sources.put("a raw text", "result = r'''\\d+\n\\'''\n");
    sources.put("an f-string", "result = f'''{1 +\n  2}\n{'x'!r:>5}'''\n");
    sources.put("leading blank lines", "\n \n\t\n\n# comment\n\nresult = 1\n");
    sources.put(
        "a future import after blank lines, comment and docstring",
        "\n\n# c\n'''d'''\nfrom __future__ import annotations\n"
            + "def f(x: no_such_name): pass\nresult = f.__annotations__['x']\n");
    sources.put(
        "a future import too late", "x = 1\nfrom __future__ import annotations\nresult = 1\n");
    sources.put("tabs", "if 1:\n\tif 1:\n\t\tresult = 'a\tb'\n");
    sources.put("tabs and blanks mixed", "if 1:\n\tx = 1\n        y = 2\nresult = 1\n");
    sources.put("an indented first line", "  result = 1\n");
    sources.put("line ends of Windows", "x = 1\r\nif x:\r\n\tresult = '''a\r\n b\r\n'''\r\n");
    sources.put("line ends of Windows after a backslash", "result = 1 + \\\r\n  2\r\n");
    sources.put("line ends of old Macs", "x = 1\rresult = '''a\rb'''\r");
    sources.put("all line ends mixed", "a = '''\r\n\n\r\r\n'''\rresult = a\n");
    sources.put("no end of the last line", "if 1:\n  result = 1");
    sources.put("a comment without an end", "result = 1 # end");
    sources.put("a form feed", "x = 1\n\f\nresult = 2\n");
    sources.put("a class after a function", "def f():\n  pass\nclass A:\n  x = 1\nresult = A.x\n");
    return sources;
  }

  private Object inAFile(Path file) {
    return outcome(
        () ->
            context
                .eval("__import__('runpy').run_path(f)['result']", Map.of("f", file.toString()))
                .toJava());
  }

  private static Object outcome(java.util.function.Supplier<Object> body) {
    try {
      return body.get();
    } catch (PythonException e) {
      return e.type() + " in line " + e.syntax().orElseThrow().line();
    }
  }

  @TestFactory
  Stream<DynamicTest> aSourceRunsAsInAFile() {
    return sources().entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> runsAsInAFile(each.getValue())));
  }

  private void runsAsInAFile(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("source.py"), source);
    Object expected = inAFile(file);
    context.exec("result = None");
    assertEquals(expected, outcome(() -> resultOf(() -> context.exec(source))), "exec");
    assertEquals(expected, outcome(() -> resultOf(() -> context.run(file))), "run");
    assertEquals(expected, outcome(() -> resultOf(() -> inTransaction(source))), "transaction");
  }

  private Object resultOf(Runnable run) {
    run.run();
    return context.get("result").toJava();
  }

  private void inTransaction(String source) {
    context.transact(
        tx -> {
          tx.exec(source);
          return 0;
        });
  }

  @Test
  void whatIsExpectedOfALineEndIsAsPythonDocumentsIt() {
    context.exec("a = '''x\r\ny\rz'''\r\n");
    assertEquals("x\ny\nz", context.evalText("a"));
  }

  @Test
  void aFutureImportHoldsForItsOwnSourceOnly() {
    String function = "def f(x: int): pass\nseen = f.__annotations__['x']";
    context.exec("from __future__ import annotations\n" + function);
    assertEquals("int", context.evalText("seen"));
    context.exec(function);
    assertTrue(context.evalBoolean("seen is int"), "it reached the next source");
  }

  @Test
  void anExpressionMayHaveBlanksAndLineEndsAroundIt() {
    for (String expression :
        List.of(" 1 + 1", "\t1 + 1\n", "(1 +\r\n 1)", "1 + \\\n1", "2 # two")) {
      assertEquals(2, context.evalLong(expression), expression);
    }
    assertEquals("a\n b", context.evalText("'''a\r\n b'''"));
  }
}
