package io.gilgamesh.internal;

import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * str: ASCII and UTF-8 as bytes, and UTF-16 units where lone surrogates forbid UTF-8.
 *
 * <p>{@code String.getBytes} is the fastest encoder there is, but turns a lone surrogate into a
 * question mark. So a text without question marks in the result had none, and any other is looked
 * at again.
 */
final class TextForms {

  /** Up to this length a loop over the chars costs less than an array for {@code getBytes}. */
  private static final int SHORT = 24;

  private TextForms() {}

  static void write(Exchange to, String text) {
    if (text.length() <= SHORT && writeShortAscii(to, text)) {
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    boolean oneByteEach = utf8.length == text.length();
    if (hasQuestionMark(utf8) && (oneByteEach ? !isAscii(text, utf8) : hasLoneSurrogate(text))) {
      writeUtf16(to, text);
    } else {
      writeBytes(to, oneByteEach ? Tag.ASCII : Tag.UTF8, utf8);
    }
  }

  /** Writes a value of another text class; false where the value is none. */
  static boolean writeOther(Exchange to, Object value) {
    if (value instanceof CharSequence || value instanceof Character) {
      write(to, value.toString());
      return true;
    }
    return false;
  }

  private static boolean writeShortAscii(Exchange to, String text) {
    int length = text.length();
    int at = to.reserve(5L + length);
    to.buffer.put(at, Tag.ASCII).putInt(at + 1, length);
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        to.position = at;
        return false;
      }
      to.buffer.put(at + 5 + i, (byte) unit);
    }
    return true;
  }

  static void writeBytes(Exchange to, byte tag, byte[] bytes) {
    int at = to.reserve(5L + bytes.length);
    to.buffer.put(at, tag).putInt(at + 1, bytes.length).put(at + 5, bytes);
  }

  private static void writeUtf16(Exchange to, String text) {
    long bytes = 2L * text.length();
    int at = to.reserve(5 + bytes);
    to.buffer.put(at, Tag.UTF16).putInt(at + 1, (int) bytes);
    to.buffer.slice(at + 5, (int) bytes).order(ByteOrder.nativeOrder()).asCharBuffer().put(text);
  }

  private static boolean hasQuestionMark(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '?') {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether the bytes are the text's very chars; a lone surrogate would have become a
   * question mark.
   */
  private static boolean isAscii(String text, byte[] oneByteEach) {
    return new String(oneByteEach, StandardCharsets.ISO_8859_1).equals(text);
  }

  private static boolean hasLoneSurrogate(String text) {
    int length = text.length();
    int i = 0;
    while (i < length) {
      int point = text.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        return true;
      }
      i += Character.charCount(point);
    }
    return false;
  }

  static String read(Reader from, byte tag) {
    int length = from.readCount(1);
    return switch (tag) {
      case Tag.ASCII -> new String(from.readBytes(length), StandardCharsets.ISO_8859_1);
      case Tag.UTF8 -> new String(from.readBytes(length), StandardCharsets.UTF_8);
      case Tag.UTF16 -> readUtf16(from, length);
      default -> throw ValueDecoder.unknown(tag);
    };
  }

  private static String readUtf16(Reader from, int bytes) {
    CharBuffer units =
        from.buffer.slice(from.position, bytes).order(ByteOrder.nativeOrder()).asCharBuffer();
    from.position += bytes;
    return units.toString();
  }
}
