package io.gilgamesh.internal.host;

import io.gilgamesh.internal.Targets;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes elements of an array from what Python gives: a whole number fits where it is in range. */
final class ArrayElements {

  private static final Map<Class<?>, Function<Long, Object>> FROM_LONG =
      Map.of(
          Byte.class, Long::byteValue,
          Short.class, Long::shortValue,
          Integer.class, Math::toIntExact,
          Float.class, Long::floatValue,
          Double.class, Long::doubleValue,
          BigInteger.class, BigInteger::valueOf);

  private final Class<?> type;
  private final Class<?> box;

  private ArrayElements(Class<?> type) {
    this.type = type;
    this.box = Targets.boxed(type);
  }

  static ArrayElements of(Object array) {
    return new ArrayElements(array.getClass().getComponentType());
  }

  @Nullable Object convert(@Nullable Object value) {
    if (value == null ? !type.isPrimitive() : box.isInstance(value)) {
      return value;
    }
    Object converted = value == null ? null : converted(value);
    if (converted == null) {
      throw misfit(HostCallException.Kind.TYPE, value);
    }
    return converted;
  }

  private @Nullable Object converted(Object value) {
    if (value instanceof Long number) {
      return fromLong(number);
    }
    if (value instanceof Double number && box == Float.class) {
      return number.floatValue();
    }
    boolean isCharacter = value instanceof String text && text.length() == 1;
    return isCharacter && box == Character.class ? ((String) value).charAt(0) : null;
  }

  private @Nullable Object fromLong(long number) {
    boolean narrow = box == Byte.class || box == Short.class || box == Integer.class;
    int bits = box == Byte.class ? 8 : box == Short.class ? 16 : 32;
    if (narrow && number != number << (64 - bits) >> (64 - bits)) {
      throw misfit(HostCallException.Kind.VALUE, number);
    }
    Function<Long, Object> conversion = FROM_LONG.get(box);
    return conversion == null ? null : conversion.apply(number);
  }

  private HostCallException misfit(HostCallException.Kind kind, @Nullable Object value) {
    String what = value == null ? "None" : value + " (" + value.getClass().getName() + ")";
    return new HostCallException(
        kind, what + " cannot be an element of " + type.getTypeName() + "[]");
  }
}
