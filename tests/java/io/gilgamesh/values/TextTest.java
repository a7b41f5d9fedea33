package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
