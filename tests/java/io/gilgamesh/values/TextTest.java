package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text crosses whole: as value, key, attribute name and source. */
class TextTest extends InContext {

  private static final String EMOJI = "\ud83d\ude00";
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "a\0b",
          "\0",
          "\u00fc",
          "\u4f60\u597d",
          EMOJI,
          "e\u0301",
          "\ud83d",
          "\ude00",
          "\ude00\ud83d",
          EMOJI + "\ud800?",
          "?",
          "x".repeat(100) + "\udfff");

  @Test
  void asValueInListsAndAsKey() {
    PythonObject same = made("def same(x): return x", "same");
    for (String text : TEXTS) {
      assertEquals(text, same.applyText(text));
      assertEquals(List.of(text), same.apply(List.of(text)).toJava());
      assertEquals(Map.of(text, text), same.apply(Map.of(text, text)).toJava());
      assertEquals(text, context.eval("{x: x}[x]", Map.of("x", text)).asText());
    }
  }

  /** Where the form changes by length, by the first chars, and where pieces meet. */
  @Test
  void ofEveryKindAndLength() {
    PythonObject same = made("def same(x): return x", "same");
    PythonObject points = made("def points(x): return ' '.join(str(ord(c)) for c in x)", "points");
    List<Integer> lengths =
        List.of(23, 24, 25, 31, 32, 33, 63, 64, 65, 1022, 1023, 1024, 1025, 2048);
    for (String kind :
        List.of("a", "\u00e9", "\u6f22", EMOJI, "\ud800", "a\u00e9", "a\u6f22" + EMOJI)) {
      for (int length : lengths) {
        for (String before : List.of("", "b", "b".repeat(40))) {
          String text = before + kind.repeat(length / kind.length());
          assertEquals(text, same.applyText(text), () -> kind + " " + length);
          assertEquals(codePoints(text), points.applyText(text), () -> kind + " " + length);
        }
      }
    }
  }

  private static String codePoints(String text) {
    return text.codePoints().mapToObj(String::valueOf).collect(Collectors.joining(" "));
  }

  @Test
  void pythonSeesTheSameCharacters() {
    assertEquals(
        "['0x61', '0x0', '0x1f600', '0xd800']",
        context
            .eval("str([hex(ord(c)) for c in x])", Map.of("x", "a\0" + EMOJI + "\ud800"))
            .asText());
  }

  @Test
  void asAttributeName() {
    context.exec("class C: pass");
    PythonObject c = context.get("C").apply();
    for (String name : List.of("\u00fc", EMOJI, "with space", "\ud800")) {
      c.setAttr(name, name);
      assertEquals(name, c.attrText(name));
    }
  }

  @Test
  void inSourceCode() {
    assertEquals(EMOJI + "\u00fc\0", context.eval("'" + EMOJI + "\u00fc\\0'").asText());
    context.exec("gr\u00f6\u00dfe = '\u4f60'");
    assertEquals("\u4f60", context.get("gr\u00f6\u00dfe").asText());
  }

  @Test
  void tenMegabytes() {
    PythonObject same = made("def same(x): return x", "same");
    String ascii = "0123456789".repeat(1_000_000);
    for (String text : List.of(ascii, ascii + EMOJI, ascii + "\ud800")) {
      assertEquals(text, same.applyText(text));
    }
  }

  @Test
  void onlyAStrIsAText() {
    String message =
        assertThrows(PythonConversionException.class, context.eval("1")::asText).getMessage();
    assertTrue(message.contains("int 1 is not a str"), message);
    message =
        assertThrows(PythonConversionException.class, context.eval("'n/a'")::asLong).getMessage();
    assertTrue(message.contains("str 'n/a' is not an int"), message);
  }

  @Test
  void inTuplesAndSets() {
    PythonObject same = made("def same(x): return x", "same");
    for (String text : TEXTS) {
      assertEquals(PythonTuple.of(text), same.apply(PythonTuple.of(text)).toJava());
      assertEquals(Set.of(text), same.apply(Set.of(text)).toJava());
      assertEquals(1, same.apply(Set.of(text)).length());
      assertTrue(same.apply(Set.of(text)).contains(text));
      assertEquals(text, same.apply(Map.of(text, 1)).call("popitem").itemText(0));
    }
  }

  @Test
  void anyTextAsAttributeName() {
    context.exec("class C: pass");
    for (String name : TEXTS) {
      PythonObject c = context.get("C").apply();
      c.setAttr(name, name);
      assertEquals(name, c.attrText(name));
      assertEquals(name, c.findAttr(name).orElseThrow().asText());
      assertEquals(List.of(name), c.attr("__dict__").toList());
      assertTrue(c.dir().contains(name));
      c.deleteAttr(name);
      assertTrue(c.findAttr(name).isEmpty());
    }
  }

  @Test
  void anyTextAsAKeyOfADictThatPythonMade() {
    PythonObject dict = context.eval("{}");
    for (String key : TEXTS) {
      dict.setItem(key, key);
      assertEquals(key, dict.itemText(key));
    }
    assertEquals(TEXTS, dict.call("keys").toList());
    for (String key : TEXTS) {
      dict.deleteItem(key);
    }
    assertEquals(0, dict.length());
  }

  @Test
  void anyTextInALiteralOfSourceCode() {
    for (String text : List.of("", "a", EMOJI, "e\u0301", "\u4f60\u597d", "\uffff", "\ufeff")) {
      assertEquals(text, context.evalText("'" + text + "'"));
      context.exec("# " + text + "\nt = '''" + text + "''' # " + text);
      assertEquals(text, context.evalText("t"));
    }
    String large = "0123456789" + EMOJI;
    context.exec("t = '" + large.repeat(200_000) + "'\nn = len(t)");
    assertEquals(11 * 200_000, context.evalLong("n"));
  }

  @Test
  void anyTextInANameOfASource() {
    for (String name : List.of("a b", EMOJI + ".py", "e\u0301", "\u4f60/\u597d.py")) {
      PythonException e =
          assertThrows(PythonException.class, () -> context.exec("raise ValueError", name));
      assertEquals(name, e.frames().get(0).file());
      assertTrue(e.tracebackText().contains(name), e.tracebackText());
    }
  }

  @Test
  void inFileNames(@TempDir Path folder) throws IOException {
    context.exec("import os");
    for (String name : List.of("a", "a b", "\u00fc", "e\u0301", "\u4f60\u597d", EMOJI)) {
      String file = folder.resolve(name + ".py").toString();
      context.exec("with open(file, 'w') as f: f.write('ran = __file__')", Map.of("file", file));
      assertTrue(Files.exists(Path.of(file)), file);
      assertEquals(List.of(name + ".py"), context.eval("os.listdir(d)", at(folder)).toList());
      context.run(Path.of(file));
      assertEquals(file, context.evalText("ran"));
      context.exec("os.remove(file)");
    }
  }

  @Test
  void aFileNameThatIsNoUnicodeGoesThereAndBack(@TempDir Path folder) {
    context.exec("import os\nopen(os.fsencode(d) + b'/\\xff\\xfe', 'w').close()", at(folder));
    String name = context.evalText("os.listdir(d)[0]");
    assertEquals("\udcff\udcfe", name);
    assertTrue(
        context.evalBoolean("os.path.exists(os.path.join(d, n))", Map.of("n", name)),
        "as argument");
    context.exec("os.remove(os.path.join(d, n))", Map.of("n", name));
    PythonException e =
        assertThrows(PythonException.class, () -> context.eval("open(n)", Map.of("n", "a\0b")));
    assertTrue(e.pythonMessage().contains("null"), e.getMessage());
  }

  private static Map<String, String> at(Path folder) {
    return Map.of("d", folder.toString());
  }
}
