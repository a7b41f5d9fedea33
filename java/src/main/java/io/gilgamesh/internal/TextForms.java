package io.gilgamesh.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUESTION_MARKS = '?' * LOW_BITS;

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

  /** Looks at eight bytes at a time: long texts have this on their way. */
  private static boolean hasQuestionMark(byte[] bytes) {
    int i = 0;
    for (; i <= bytes.length - 8; i += 8) {
      long differs = (long) EIGHT.get(bytes, i) ^ QUESTION_MARKS;
      if (((differs - LOW_BITS) & ~differs & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] == '?') {
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
      case Tag.ASCII -> readAscii(from, length);
      case Tag.UTF8 -> new String(from.readBytes(length), StandardCharsets.UTF_8);
      case Tag.UTF16 -> readUtf16(from, length);
      default -> throw ValueDecoder.unknown(tag);
    };
  }

  /** Through a spare array: memory that is fresh each time costs more than the copy. */
  @SuppressWarnings("deprecation") // the one constructor that takes ASCII as it is
  private static String readAscii(Reader from, int length) {
    byte[] spare = from.exchange.spare();
    byte[] bytes = length <= spare.length ? spare : new byte[length];
    int at = from.position;
    if (length <= SHORT) {
      for (int i = 0; i < length; i++) {
        bytes[i] = from.buffer.get(at + i);
      }
    } else {
      from.buffer.get(at, bytes, 0, length);
    }
    from.position = at + length;
    return new String(bytes, 0, 0, length);
  }

  private static String readUtf16(Reader from, int bytes) {
    CharBuffer units =
        from.buffer.slice(from.position, bytes).order(ByteOrder.nativeOrder()).asCharBuffer();
    from.position += bytes;
    return units.toString();
  }
}
