package io.gilgamesh.internal;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Java's own wrappings of values that Python has plainly; they cross to Python only. */
final class WrappedForms {

  private WrappedForms() {}

  /** Writes one of them; false where the value is none. */
  static boolean writeOther(Exchange to, Object value, int depth) {
    if (value instanceof Enum<?> constant) {
      TextForms.write(to, constant.name());
    } else if (value instanceof URI || value instanceof URL) {
      TextForms.write(to, value.toString());
    } else if (value instanceof File file) {
      ExactForms.writeOther(to, file.toPath());
    } else if (value instanceof ByteBuffer bytes) {
      writeBytes(to, bytes);
    } else {
      return writeOptional(to, value, depth) || writeSequence(to, value, depth);
    }
    return true;
  }

  private static void writeBytes(Exchange to, ByteBuffer bytes) {
    int length = bytes.remaining();
    int at = to.reserve(5L + length);
    to.buffer.put(at, Tag.BYTES).putInt(at + 1, length);
    to.buffer.put(at + 5, bytes, bytes.position(), length);
  }

  private static boolean writeOptional(Exchange to, Object value, int depth) {
    Object content;
    if (value instanceof Optional<?> optional) {
      content = optional.orElse(null);
    } else if (value instanceof OptionalInt optional) {
      content = optional.isPresent() ? optional.getAsInt() : null;
    } else if (value instanceof OptionalLong optional) {
      content = optional.isPresent() ? optional.getAsLong() : null;
    } else if (value instanceof OptionalDouble optional) {
      content = optional.isPresent() ? optional.getAsDouble() : null;
    } else {
      return false;
    }
    CollectionForms.checkDepth(depth);
    ValueEncoder.write(to, content, depth + 1);
    return true;
  }

  private static boolean writeSequence(Exchange to, Object value, int depth) {
    if (value instanceof Map.Entry<?, ?> entry) {
      CollectionForms.checkDepth(depth);
      @Nullable Object[] pair = {entry.getKey(), entry.getValue()};
      CollectionForms.writeElements(to, Tag.TUPLE, value, pair, depth);
    } else if (value instanceof Iterable<?> iterable) {
      writeAll(to, value, iterable.iterator(), depth);
    } else if (value instanceof Iterator<?> iterator) {
      writeAll(to, value, iterator, depth);
    } else if (value instanceof BaseStream<?, ?> stream) {
      try (stream) {
        writeAll(to, value, stream.iterator(), depth);
      }
    } else {
      return false;
    }
    return true;
  }

  /**
   * Written as they come, the count last: one without an end is refused at the limit of a value,
   * not when the heap is full.
   */
  private static void writeAll(Exchange to, Object value, Iterator<?> elements, int depth) {
    CollectionForms.checkDepth(depth);
    int at = to.reserve(5);
    to.buffer.put(at, Tag.LIST);
    int count = 0;
    try {
      for (; elements.hasNext(); count++) {
        ValueEncoder.write(to, elements.next(), depth + 1);
      }
    } catch (PathFailure e) {
      throw e.within(value, count);
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().within(value, count);
    }
    to.buffer.putInt(at + 1, count);
  }
}
