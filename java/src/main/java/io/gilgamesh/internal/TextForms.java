package io.gilgamesh.internal;

import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * str: ASCII as bytes, other short text as UTF-8, other long text as UTF-16 units, which both sides
 * copy rather than encode; so are lone surrogates, which UTF-8 forbids.
 */
final class TextForms {

  /** Up to this length a loop over the chars costs less than an encoder. */
  static final int SHORT = 24;

  private TextForms() {}

  static void write(Exchange to, String text) {
    boolean done = text.length() <= SHORT && writeShortAscii(to, text);
    if (!done && !writeUtf8(to, text)) {
      writeUtf16(to, text);
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

  /** Writes the text piece by piece; false, with nothing written, where it is none for UTF-8. */
  private static boolean writeUtf8(Exchange to, String text) {
    TextScratch scratch = to.scratch();
    int head = to.reserve(5);
    int length = text.length();
    for (int begin = 0, end; begin < length; begin = end) {
      end = pieceEnd(text, begin);
      int count = scratch.encode(text, begin, end);
      if (count < 0) {
        to.position = head;
        return false;
      }
      int at = to.reserve(count);
      to.buffer.put(at, scratch.bytes, 0, count);
    }
    int bytes = to.position - head - 5;
    to.buffer.put(head, bytes == length ? Tag.ASCII : Tag.UTF8).putInt(head + 1, bytes);
    return true;
  }

  /** Ends a piece before a pair of surrogates that it would part. */
  private static int pieceEnd(String text, int begin) {
    int end = begin + TextScratch.PIECE;
    if (end >= text.length()) {
      return text.length();
    }
    return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  static void writeBytes(Exchange to, byte tag, byte[] bytes) {
    int at = to.reserve(5L + bytes.length);
    to.buffer.put(at, tag).putInt(at + 1, bytes.length).put(at + 5, bytes);
  }

  private static void writeUtf16(Exchange to, String text) {
    long bytes = 2L * text.length();
    int at = to.reserve(5 + bytes);
    to.buffer.put(at, Tag.UTF16).putInt(at + 1, (int) bytes);
    CharBuffer units =
        to.buffer.slice(at + 5, (int) bytes).order(ByteOrder.nativeOrder()).asCharBuffer();
    TextScratch scratch = to.scratch();
    for (int begin = 0; begin < text.length(); begin += TextScratch.PIECE) {
      units.put(scratch.units(text, begin), 0, Math.min(TextScratch.PIECE, units.remaining()));
    }
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

  @SuppressWarnings("deprecation") // the one constructor that takes ASCII as it is
  private static String readAscii(Reader from, int length) {
    TextScratch scratch = from.exchange.scratch();
    byte[] bytes = length <= scratch.bytes.length ? scratch.bytes : new byte[length];
    int at = from.position;
    if (length <= SHORT && at + SHORT <= from.buffer.limit()) {
      scratch.takeWords(from.buffer, at, length);
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
    return from.exchange.scratch().text(units);
  }
}
