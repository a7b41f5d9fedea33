package io.gilgamesh.internal;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has no natural Java form, in the class that was asked for: what can be iterated as an array
 * of primitives, a number of another library as a number, a member of an enum as the constant of
 * its name, a view of bytes as bytes.
 */
final class ObjectTargets {

  private ObjectTargets() {}

  /** The object in that class, null where it has no such form; the handle is closed afterwards. */
  static @Nullable Object of(PythonObject object, Class<?> boxed) {
    try {
      Object made = made(object, boxed);
      if (made != null) {
        object.close();
      }
      return made;
    } catch (PythonConversionException e) {
      throw new PathFailure(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Object made(PythonObject object, Class<?> boxed) {
    if (boxed.isEnum()) {
      return constant(object, boxed);
    } else if (Number.class.isAssignableFrom(boxed)) {
      return number(object, boxed);
    } else if (boxed == byte[].class) {
      return bytes(object);
    } else if (boxed == ByteBuffer.class) {
      byte[] bytes = bytes(object);
      return bytes == null ? null : ByteBuffer.wrap(bytes);
    } else if (boxed == String.class) {
      return isEnumMember(object) ? object.asText() : null;
    }
    return boxed.isArray() ? array(object, boxed.getComponentType()) : null;
  }

  // ---- arrays

  private static @Nullable Object array(PythonObject object, Class<?> component) {
    try {
      List<@Nullable Object> elements = elements(object);
      return elements == null ? null : Targets.array(elements, component);
    } catch (PythonException e) {
      // A class has the methods of its instances, and does not iterate for all that.
      if (e.frames().isEmpty() && e.type().equals("TypeError")) {
        return null;
      }
      throw e;
    }
  }

  /** What the object iterates, null where it cannot be iterated. */
  private static @Nullable List<@Nullable Object> elements(PythonObject object) {
    return has(object, "__iter__") || has(object, "__getitem__") ? object.toList() : null;
  }

  // ---- numbers

  private static @Nullable Object number(PythonObject object, Class<?> boxed) {
    if (boxed == Double.class || boxed == Float.class) {
      return NumberTargets.ofReal(object.asDouble(), boxed);
    } else if (has(object, "numerator") && has(object, "denominator")) {
      return rational(object, boxed);
    } else if (boxed == BigDecimal.class && has(object, "__float__")) {
      return NumberTargets.ofReal(object.asDouble(), boxed);
    }
    return boxed == Number.class
        ? null
        : NumberTargets.ofInteger(BigInteger.valueOf(object.asLong()), boxed);
  }

  /** A fraction, or an int of another library; both are exact. */
  private static @Nullable Object rational(PythonObject object, Class<?> boxed) {
    BigInteger numerator = integer(object, "numerator");
    BigInteger denominator = integer(object, "denominator");
    if (denominator.equals(BigInteger.ONE)) {
      return NumberTargets.ofInteger(numerator, boxed);
    } else if (boxed != BigDecimal.class) {
      return null;
    }
    try {
      return new BigDecimal(numerator).divide(new BigDecimal(denominator));
    } catch (ArithmeticException e) {
      throw new PathFailure(
          object.typeName()
              + " "
              + numerator
              + "/"
              + denominator
              + " has no decimal form that ends: take numerator and denominator, or round it in"
              + " Python");
    }
  }

  private static BigInteger integer(PythonObject object, String name) {
    try (PythonObject part = object.attr(name)) {
      return part.toJava() instanceof BigInteger big ? big : BigInteger.valueOf(part.asLong());
    }
  }

  // ---- bytes

  /** The bytes of a view or array of single bytes, null for anything else. */
  private static byte @Nullable [] bytes(PythonObject object) {
    Object format = attribute(object, has(object, "format") ? "format" : "typecode");
    if (!("B".equals(format) || "b".equals(format) || "c".equals(format))) {
      return null;
    }
    return object.callTo(byte[].class, "tobytes");
  }

  // ---- members of an enum

  private static @Nullable Object constant(PythonObject object, Class<?> target) {
    if (!isEnumMember(object)) {
      return null;
    }
    String name = String.valueOf(attribute(object, "name"));
    Object constant = Targets.constant(name, target);
    if (constant == null) {
      throw new PathFailure(
          object.typeName() + "." + name + " is no constant of " + target.getTypeName());
    }
    return constant;
  }

  private static boolean isEnumMember(PythonObject object) {
    try (PythonObject type = object.type()) {
      return has(type, "__members__") && has(object, "name");
    }
  }

  // ---- attributes

  private static boolean has(PythonObject object, String name) {
    Optional<PythonObject> found = object.findAttr(name);
    found.ifPresent(PythonObject::close);
    return found.isPresent();
  }

  private static @Nullable Object attribute(PythonObject object, String name) {
    Optional<PythonObject> found = object.findAttr(name);
    if (found.isEmpty()) {
      return null;
    }
    try (PythonObject value = found.get()) {
      return value.toJava();
    }
  }
}
