package io.gilgamesh.internal;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads an Optional: None, or a value of its type. */
final class OptionalReader extends TypeReader {

  private final Class<?> type;
  private final TypeReader content;

  OptionalReader(Class<?> type, TypeReader content) {
    this.type = type;
    this.content = content;
  }

  /** The class of what an Optional without a parameter holds; null where the class is none. */
  static @Nullable Class<?> content(Class<?> type) {
    if (type == OptionalInt.class) {
      return Integer.class;
    } else if (type == OptionalLong.class) {
      return Long.class;
    } else if (type == OptionalDouble.class) {
      return Double.class;
    }
    return type == Optional.class ? Object.class : null;
  }

  @Override
  void describe(ShapeDefinition shape) {
    content.describe(shape);
  }

  @Override
  Object read(Reader from) {
    return wrapped(content.read(from));
  }

  @Override
  Object of(@Nullable Object natural) {
    return wrapped(natural == null ? null : content.of(natural));
  }

  Object empty() {
    return wrapped(null);
  }

  private Object wrapped(@Nullable Object value) {
    if (type == OptionalInt.class) {
      return value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
    } else if (type == OptionalLong.class) {
      return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
    } else if (type == OptionalDouble.class) {
      return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
    }
    return Optional.ofNullable(value);
  }
}
