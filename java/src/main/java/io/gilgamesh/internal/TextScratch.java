package io.gilgamesh.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where texts are encoded and decoded on their way, a piece at a time.
 *
 * <p>{@code String.getBytes} makes a new array each time, and memory that is fresh costs more than
 * the work; it also turns a lone surrogate into a question mark, where an encoder of one's own says
 * so.
 */
final class TextScratch {

  /** Chars that fit in one piece. */
  static final int PIECE = 1024;

  private static final int MOST_BYTES_A_CHAR = 3;

  private final char[] chars = new char[PIECE];
  private final CharBuffer charsView = CharBuffer.wrap(chars);
  final byte[] bytes = new byte[MOST_BYTES_A_CHAR * PIECE];
  private final ByteBuffer bytesView = ByteBuffer.wrap(bytes);
  private final ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();

  /**
   * Copies some bytes into {@link #bytes} a word at a time, up to seven too many: for short texts
   * much cheaper than a bulk copy or a loop over bytes.
   */
  void takeWords(ByteBuffer from, int at, int length) {
    for (int i = 0; i < length; i += Long.BYTES) {
      words.putLong(i, from.getLong(at + i));
    }
  }

  /** Takes the chars of a piece, or as many as there are; what is behind them means nothing. */
  char[] units(String text, int begin) {
    text.getChars(begin, Math.min(begin + PIECE, text.length()), chars, 0);
    return chars;
  }

  /** Makes a text of all that is left of some units. */
  String text(CharBuffer units) {
    int length = units.remaining();
    if (length > PIECE) {
      return units.toString();
    }
    units.get(chars, 0, length);
    return new String(chars, 0, length);
  }

  /**
   * Encodes a piece of a text into {@link #bytes}.
   *
   * @return how many bytes it takes; -1 if there is a lone surrogate in it, or if it is long and
   *     does not begin with ASCII, so that UTF-16 is the faster form
   */
  int encode(String text, int begin, int end) {
    text.getChars(begin, end, chars, 0);
    boolean decides = begin == 0 && end > TextForms.SHORT;
    if (decides && (chars[0] | chars[1] | chars[2] | chars[3]) >= 0x80) {
      return -1;
    }
    charsView.limit(end - begin).position(0);
    bytesView.clear();
    return encoder.reset().encode(charsView, bytesView, true).isError() ? -1 : bytesView.position();
  }
}
