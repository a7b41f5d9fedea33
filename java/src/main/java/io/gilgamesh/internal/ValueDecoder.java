package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/** Chooses the form of a value by its tag. */
final class ValueDecoder {

  private ValueDecoder() {}

  /** Reads the value of a reply. Python's stack had room for it; Java's may need more. */
  static @Nullable Object readReply(Reader from) {
    try {
      return read(from);
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().toConversion();
    }
  }

  /** The commonest tags, in a method so short that the compiler makes it part of its callers. */
  static @Nullable Object read(Reader from) {
    return read(from, from.readByte());
  }

  static @Nullable Object read(Reader from, byte tag) {
    if (tag == Tag.ASCII) {
      return TextForms.read(from, tag);
    } else if (tag == Tag.DOUBLE) {
      return from.readDouble();
    }
    return tag == Tag.LONG ? (Object) from.readLong() : readRarer(from, tag);
  }

  private static @Nullable Object readRarer(Reader from, byte tag) {
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.FALSE -> false;
      case Tag.TRUE -> true;
      case Tag.BIGINT -> ScalarForms.readBigInteger(from);
      case Tag.UTF8, Tag.UTF16 -> TextForms.read(from, tag);
      case Tag.BYTES -> ArrayForms.readBytes(from);
      case Tag.ARRAY -> ArrayForms.read(from);
      case Tag.HANDLE -> HandleForms.read(from);
      case Tag.DATE, Tag.TIME, Tag.DATE_TIME, Tag.DURATION -> TimeForms.read(from, tag);
      case Tag.DECIMAL, Tag.UUID, Tag.PATH -> ExactForms.read(from, tag);
      case Tag.SLICE -> SliceForms.read(from);
      case Tag.HOST_OBJECT -> HostForms.read(from);
      case Tag.HELD_HOST_OBJECT -> HostForms.readHeld(from);
      case Tag.HOST_CLASS -> ClassForms.read(from);
      case Tag.IMPLEMENTATION -> HostForms.readImplementation(from);
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
