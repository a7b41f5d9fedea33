package io.gilgamesh.internal;

import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;

/** Decimal, UUID and paths: what crosses as its digits, its bits, its text. */
final class ExactForms {

  private ExactForms() {}

  /** Writes one of them; false where the value is none. */
  static boolean writeOther(Exchange to, Object value) {
    if (value instanceof BigDecimal decimal) {
      TextForms.writeBytes(to, Tag.DECIMAL, decimal.toString().getBytes(StandardCharsets.US_ASCII));
    } else if (value instanceof UUID uuid) {
      writeUuid(to, uuid);
    } else if (value instanceof Path path) {
      writePath(to, path);
    } else {
      return false;
    }
    return true;
  }

  /** The bits in the order of the text, as Python has them. */
  private static void writeUuid(Exchange to, UUID uuid) {
    int at = to.reserve(17);
    to.buffer
        .put(at, Tag.UUID)
        .putLong(at + 1, bigEndian(uuid.getMostSignificantBits()))
        .putLong(at + 9, bigEndian(uuid.getLeastSignificantBits()));
  }

  private static void writePath(Exchange to, Path path) {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new PathFailure(
          "the path " + path + " is one of another file system, " + path.getFileSystem());
    }
    int at = to.reserve(1);
    to.buffer.put(at, Tag.PATH);
    TextForms.write(to, path.toString());
  }

  static Object read(Reader from, byte tag) {
    return switch (tag) {
      case Tag.DECIMAL -> readDecimal(from);
      case Tag.UUID -> new UUID(bigEndian(from.readLong()), bigEndian(from.readLong()));
      case Tag.PATH -> readPath(from);
      default -> throw ValueDecoder.unknown(tag);
    };
  }

  private static BigDecimal readDecimal(Reader from) {
    byte[] digits = from.readBytes(from.readCount(1));
    return new BigDecimal(new String(digits, StandardCharsets.US_ASCII));
  }

  private static Path readPath(Reader from) {
    String text = String.valueOf(ValueDecoder.read(from));
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw ApiBridge.get()
          .conversion("", "the path '" + text + "' is none in Java: " + e.getReason());
    }
  }

  private static long bigEndian(long word) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? word : Long.reverseBytes(word);
  }
}
