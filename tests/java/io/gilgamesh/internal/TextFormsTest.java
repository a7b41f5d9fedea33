package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text crosses whole, in the smallest form that can hold it. */
class TextFormsTest {

  private static final String HIGH = "\ud83d";
  private static final String LOW = "\ude00";
  private static final String EMOJI = HIGH + LOW;

  private static void assertCrosses(byte tag, String text) {
    assertEquals(text, Wire.roundTrip(text));
    assertEquals(tag, Wire.tagOf(text));
    assertEquals(Map.of(text, List.of(text)), Wire.roundTrip(Map.of(text, List.of(text))));
  }

  @Test
  void asciiIncludingNul() {
    assertCrosses(Tag.ASCII, "");
    assertCrosses(Tag.ASCII, "a");
    assertCrosses(Tag.ASCII, "a\0b\0");
    assertCrosses(Tag.ASCII, "?");
    assertCrosses(Tag.ASCII, "why? ".repeat(1000));
    assertCrosses(Tag.ASCII, "\u007f".repeat(100));
  }

  @Test
  void textBeyondAscii() {
    assertCrosses(Tag.UTF8, "\u0080");
    assertCrosses(Tag.UTF8, "\u00fc?");
    assertCrosses(Tag.UTF8, "e\u0301 combining, \u4f60\u597d, " + EMOJI);
    assertCrosses(Tag.UTF8, "a".repeat(100) + "\u00e9");
  }

  @Test
  void longTextThatBeginsBeyondAsciiIsCopiedAndNotEncoded() {
    assertCrosses(Tag.UTF16, "\u4f60".repeat(25));
    assertCrosses(Tag.UTF8, "\u4f60".repeat(24));
    assertCrosses(Tag.UTF16, "abc\u00fc".repeat(1000));
    assertCrosses(Tag.UTF16, (EMOJI + "?").repeat(1000));
    assertCrosses(Tag.UTF8, "abcd\u00fc".repeat(1000));
  }

  @Test
  void loneSurrogates() {
    for (String lone :
        List.of(
            HIGH,
            LOW,
            LOW + HIGH,
            HIGH + HIGH + LOW,
            "a" + HIGH,
            HIGH + "a",
            "\ud800\udfffx\udc00")) {
      assertCrosses(Tag.UTF16, lone);
      assertCrosses(Tag.UTF16, "ascii?".repeat(10) + lone);
      assertCrosses(Tag.UTF16, lone + "\u00fc?".repeat(100));
      assertCrosses(Tag.UTF16, EMOJI.repeat(50) + "?" + lone + "\0");
    }
  }

  @Test
  void lengthsAroundTheShortPath() {
    for (int length = 20; length < 30; length++) {
      assertCrosses(Tag.ASCII, "x".repeat(length));
      assertCrosses(Tag.UTF8, "x".repeat(length - 1) + "\u00fc");
      assertCrosses(Tag.UTF16, "x".repeat(length - 1) + LOW);
    }
  }

  @Test
  void surrogatesAtTheBordersOfPieces() {
    for (int before = TextScratch.PIECE - 2; before <= TextScratch.PIECE + 1; before++) {
      String border = "x".repeat(before);
      assertCrosses(Tag.UTF8, border + "\ud83d\ude00" + border);
      assertCrosses(Tag.UTF16, border + "\ud83d" + border);
      assertCrosses(Tag.UTF16, border + "\ude00" + border);
    }
  }

  @Test
  void tenMegabytes() {
    String ascii = "0123456789".repeat(1_000_000);
    assertCrosses(Tag.ASCII, ascii);
    assertCrosses(Tag.UTF8, ascii + EMOJI);
    assertCrosses(Tag.UTF16, ascii + HIGH);
  }

  @Test
  void randomUnitsComeBackAsTheyWere() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      char[] units = new char[random.nextInt(40)];
      for (int j = 0; j < units.length; j++) {
        units[j] =
            random.nextBoolean()
                ? (char) (0xd800 + random.nextInt(0x800))
                : (char) random.nextInt(0x100);
      }
      String text = new String(units);
      assertEquals(text, Wire.roundTrip(text));
    }
  }

  @Test
  void otherTextClasses() {
    assertEquals("abc", Wire.roundTrip(new StringBuilder("abc")));
    assertEquals("x", Wire.roundTrip('x'));
    assertEquals(HIGH, Wire.roundTrip(HIGH.charAt(0)));
    assertEquals(Collections.nCopies(3, "s"), Wire.roundTrip(new String[] {"s", "s", "s"}));
  }
}
