package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/** Chooses the form of a value by its tag. */
final class ValueDecoder {

  private ValueDecoder() {}

  static @Nullable Object read(Reader from) {
    byte tag = from.readByte();
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.FALSE -> false;
      case Tag.TRUE -> true;
      case Tag.LONG -> from.readLong();
      case Tag.DOUBLE -> from.readDouble();
      case Tag.BIGINT -> ScalarForms.readBigInteger(from);
      case Tag.ASCII, Tag.UTF8, Tag.UTF16 -> TextForms.read(from, tag);
      case Tag.BYTES -> ArrayForms.readBytes(from);
      case Tag.ARRAY -> ArrayForms.read(from);
      case Tag.HANDLE -> HandleForms.read(from);
      case Tag.DATE, Tag.TIME, Tag.DATE_TIME, Tag.DURATION -> TimeForms.read(from, tag);
      case Tag.DECIMAL, Tag.UUID, Tag.PATH -> ExactForms.read(from, tag);
      default -> CollectionForms.read(from, tag);
    };
  }

  /** Reads a text, or null where the reply has NULL in its place. */
  static @Nullable String readText(Reader from) {
    byte tag = from.readByte();
    return tag == Tag.NULL ? null : TextForms.read(from, tag);
  }

  static IllegalStateException unknown(byte tag) {
    return new IllegalStateException("broken reply: tag " + tag);
  }
}
