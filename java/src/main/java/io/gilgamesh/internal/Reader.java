package io.gilgamesh.internal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a reply from its buffer, and knows whose the handles in it are. */
final class Reader {

  final ByteBuffer buffer;
  final Exchange exchange;
  final Origin origin;
  final @Nullable Object detail;
  int position;

  Reader(
      Exchange exchange, ByteBuffer buffer, int position, Origin origin, @Nullable Object detail) {
    this.exchange = exchange;
    this.buffer = buffer;
    this.position = position;
    this.origin = origin;
    this.detail = detail;
  }

  byte readByte() {
    return buffer.get(position++);
  }

  /** Takes a byte if it is this one. */
  boolean skip(byte expected) {
    boolean there = buffer.get(position) == expected;
    if (there) {
      position++;
    }
    return there;
  }

  int readInt() {
    int at = position;
    position = at + 4;
    return buffer.getInt(at);
  }

  long readLong() {
    int at = position;
    position = at + 8;
    return buffer.getLong(at);
  }

  double readDouble() {
    int at = position;
    position = at + 8;
    return buffer.getDouble(at);
  }

  byte[] readBytes(int length) {
    byte[] bytes = new byte[length];
    buffer.get(position, bytes);
    position += length;
    return bytes;
  }

  /**
   * Reads an element count, and refuses one that the reply cannot hold: a broken reply must not
   * exhaust the heap.
   */
  int readCount(int elementBytes) {
    int count = readInt();
    if (count < 0 || (long) count * elementBytes > buffer.limit() - position) {
      throw new IllegalStateException(
          "broken reply: " + count + " elements in " + (buffer.limit() - position) + " bytes");
    }
    return count;
  }
}
