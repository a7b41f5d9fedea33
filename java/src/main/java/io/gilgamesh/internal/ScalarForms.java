package io.gilgamesh.internal;

import java.math.BigInteger;

/** None, bool, int and float. */
final class ScalarForms {

  private ScalarForms() {}

  static void writeNull(Exchange to) {
    int at = to.reserve(1);
    to.buffer.put(at, Tag.NULL);
  }

  static void writeBoolean(Exchange to, boolean value) {
    int at = to.reserve(1);
    to.buffer.put(at, value ? Tag.TRUE : Tag.FALSE);
  }

  static void writeLong(Exchange to, long value) {
    int at = to.reserve(9);
    to.buffer.put(at, Tag.LONG).putLong(at + 1, value);
  }

  static void writeDouble(Exchange to, double value) {
    int at = to.reserve(9);
    to.buffer.put(at, Tag.DOUBLE).putDouble(at + 1, value);
  }

  /** Writes one of the rarer numbers; false where the value is none. */
  static boolean writeOther(Exchange to, Object value) {
    if (value instanceof Short || value instanceof Byte) {
      writeLong(to, ((Number) value).longValue());
    } else if (value instanceof Float real) {
      writeDouble(to, real);
    } else if (value instanceof BigInteger integer) {
      writeBigInteger(to, integer);
    } else {
      return false;
    }
    return true;
  }

  private static void writeBigInteger(Exchange to, BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      writeLong(to, value.longValue());
      return;
    }
    byte[] bigEndian = value.toByteArray();
    int at = to.reserve(5L + bigEndian.length);
    to.buffer.put(at, Tag.BIGINT).putInt(at + 1, bigEndian.length).put(at + 5, bigEndian);
  }

  static BigInteger readBigInteger(Reader from) {
    return new BigInteger(from.readBytes(from.readCount(1)));
  }
}
