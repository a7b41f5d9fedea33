package io.gilgamesh.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonException.SyntaxLocation;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Errors of sources say where they are. */
class SyntaxErrorsTest extends InContext {

  @TempDir Path folder;

  private static PythonException thrown(Executable use) {
    return assertThrows(PythonException.class, use);
  }

  private PythonException ofSource(String source) {
    return thrown(() -> context.exec(source, "job.py"));
  }

  private static void isAt(PythonException e, String file, long line, long column, String text) {
    SyntaxLocation place = e.syntax().orElseThrow();
    assertEquals(file, place.file());
    assertEquals(line, place.line());
    assertEquals(column, place.column());
    assertEquals(text, String.valueOf(place.text()).strip());
  }

  @Test
  void anIndentationErrorKeepsFileLineColumnAndText() {
    PythonException missing = ofSource("if 1:\nx = 1\n");
    assertEquals("IndentationError", missing.type());
    assertTrue(missing.pythonMessage().contains("indented block"), missing.pythonMessage());
    isAt(missing, "job.py", 2, 1, "x = 1");
    PythonException unexpected = ofSource("x = 1\n   y = 2\n");
    assertEquals("IndentationError", unexpected.type());
    assertEquals(2, unexpected.syntax().orElseThrow().line());
    assertEquals("y = 2", String.valueOf(unexpected.syntax().orElseThrow().text()).strip());
  }

  @Test
  void mixedTabsAndBlanksAreATabErrorWithItsPlace() {
    PythonException e = ofSource("if 1:\n\tx = 1\n        y = 2\n");
    assertEquals("TabError", e.type());
    assertEquals("job.py", e.syntax().orElseThrow().file());
    assertEquals(3, e.syntax().orElseThrow().line());
    assertEquals("y = 2", String.valueOf(e.syntax().orElseThrow().text()).strip());
  }

  @Test
  void theColumnCountsCharactersAsPythonDoes() {
    String line = "x = '\ud83d\ude00\u00fc' + = 2";
    isAt(ofSource("\n" + line + "\n"), "job.py", 2, 12, line);
  }

  @Test
  void anExpressionHasItsPlaceToo() {
    PythonException e = thrown(() -> context.eval("1 + + * 2"));
    assertEquals("SyntaxError", e.type());
    assertEquals(1, e.syntax().orElseThrow().line());
    assertEquals(7, e.syntax().orElseThrow().column());
    assertEquals("1 + + * 2", String.valueOf(e.syntax().orElseThrow().text()).strip());
  }

  @Test
  void aFileWithAnErrorHasItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("r\u00fcle s.py"), "x = 1\r\ny = = 2\r\n");
    isAt(thrown(() -> context.run(file)), file.toString(), 2, 5, "y = = 2");
  }

  @Test
  void anErrorInAnImportedModuleHasThePlaceInTheModulesFile() throws IOException {
    Path file = Files.writeString(folder.resolve("gilgamesh_broken_module.py"), "\ndef f(:\n");
    context.exec("import sys; sys.path.insert(0, folder)", java.util.Map.of("folder", "" + folder));
    try {
      isAt(
          thrown(() -> context.importModule("gilgamesh_broken_module")),
          file.toString(),
          2,
          7,
          "def f(:");
    } finally {
      context.exec("sys.path.remove(folder)");
    }
  }

  @Test
  void aSourceFileInABadEncodingNamesTheFileAndTheEncoding() throws IOException {
    Path latin =
        Files.write(
            folder.resolve("latin.py"),
            "x = 1\nt = 'h\u00e9'\n".getBytes(StandardCharsets.ISO_8859_1));
    Path unknown = Files.writeString(folder.resolve("unknown.py"), "# coding: nonsense\nt = 1\n");
    Path contradiction =
        Files.writeString(folder.resolve("bom.py"), "\ufeff# coding: latin-1\nt = 1\n");
    for (Path file : List.of(latin, unknown, contradiction)) {
      PythonException e = thrown(() -> context.run(file));
      assertEquals("SyntaxError", e.type());
      assertEquals(file.toString(), e.syntax().orElseThrow().file(), e.getMessage());
    }
    String message = thrown(() -> context.run(latin)).pythonMessage();
    assertTrue(message.toLowerCase(java.util.Locale.ROOT).contains("utf-8"), message);
    message = thrown(() -> context.run(unknown)).pythonMessage();
    assertTrue(message.contains("nonsense"), message);
  }

  @Test
  void aSourceOfJavaIsUnicodeWhateverItsCodingLineSays() {
    context.exec("# -*- coding: latin-1 -*-\nt = 'h\u00e9\u4f60'\n");
    assertEquals("h\u00e9\u4f60", context.evalText("t"));
    context.exec("# coding: nonsense\nu = '\u4f60'\n");
    assertEquals("\u4f60", context.evalText("u"));
  }

  @Test
  void whatNoSourceCanHoldIsPythonsErrorAndNeverCut() {
    PythonException e = thrown(() -> context.exec("kept = 1\n\0lost = 2"));
    assertTrue(e.pythonMessage().contains("null bytes"), e.getMessage());
    assertTrue(context.find("kept").isEmpty(), "the part before NUL ran");
    e = thrown(() -> context.exec("half = '\ud800'"));
    assertEquals("UnicodeEncodeError", e.type());
    assertTrue(context.find("half").isEmpty(), "half a pair was replaced");
  }
}
