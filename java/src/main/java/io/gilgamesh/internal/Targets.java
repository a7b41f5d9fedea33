package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonSlice;
import io.gilgamesh.PythonTuple;
import java.io.File;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings a decoded value to the class that the caller asked for, exactly or not at all. */
public final class Targets {

  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          byte.class, Byte.class,
          short.class, Short.class,
          char.class, Character.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class);

  private Targets() {}

  /**
   * Converts a decoded value.
   *
   * @param <T> the form
   * @param value a value in its natural form
   * @param target the form, a class that is no record
   * @return the value in this form, null for None unless the form is a primitive
   */
  @SuppressWarnings("unchecked")
  public static <T> @Nullable T convert(@Nullable Object value, Class<T> target) {
    if (value == null && !target.isPrimitive()) {
      return null;
    }
    try {
      // A cast by T, not by the class: int.class is no class that an Integer can be cast by.
      return (T) natural(value, target);
    } catch (PathFailure e) {
      throw e.toConversion();
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().toConversion();
    }
  }

  /**
   * Gives the class that values of a type have in a collection.
   *
   * @param target a class, primitive or not
   * @return the box of a primitive type; any other class itself
   */
  public static Class<?> boxed(Class<?> target) {
    return BOXES.getOrDefault(target, target);
  }

  /** Converts to a class that is no record and has none in it. */
  static Object natural(@Nullable Object value, Class<?> target) {
    Class<?> boxed = boxed(target);
    return value != null && boxed.isInstance(value) ? value : adapt(value, boxed, target);
  }

  private static Object adapt(@Nullable Object value, Class<?> boxed, Class<?> target) {
    Object adapted = adapted(value, boxed);
    if (adapted == null) {
      throw refused(value, boxed, target);
    }
    return adapted;
  }

  /** Each family knows what its values can be; null where this cannot be that. */
  private static @Nullable Object adapted(@Nullable Object value, Class<?> boxed) {
    if (value instanceof Number number) {
      return NumberTargets.of(number, boxed);
    } else if (value instanceof String text) {
      return ofText(text, boxed);
    } else if (value instanceof Temporal time) {
      return TimeTargets.of(time, boxed);
    } else if (value instanceof Collection<?> elements && boxed.isArray()) {
      return array(elements, boxed.getComponentType());
    } else if (value instanceof byte[] bytes) {
      return boxed == ByteBuffer.class ? ByteBuffer.wrap(bytes) : null;
    } else if (value instanceof Path path) {
      return boxed == File.class ? path.toFile() : null;
    } else if (value instanceof PythonObject object) {
      return ObjectTargets.of(object, boxed);
    }
    LiveView view = value == null ? null : LiveView.of(value);
    return view == null ? null : ObjectTargets.of(view.object().keep(), boxed);
  }

  private static @Nullable Object ofText(String text, Class<?> target) {
    if (target == Character.class) {
      return text.length() == 1 ? (Object) text.charAt(0) : null;
    } else if (target == char[].class) {
      return text.toCharArray();
    } else if (target.isEnum()) {
      return constant(text, target);
    }
    try {
      return target == URI.class ? URI.create(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The constant of that name, where the enum has one. */
  static @Nullable Object constant(String name, Class<?> target) {
    return Arrays.stream(target.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElse(null);
  }

  static Object array(Collection<?> elements, Class<?> component) {
    Object array = Array.newInstance(component, elements.size());
    Class<?> boxed = boxed(component);
    int i = 0;
    for (Object element : elements) {
      boolean asIs = boxed.isInstance(element) || (element == null && !component.isPrimitive());
      try {
        Array.set(array, i, asIs ? element : adapt(element, boxed, component));
      } catch (PathFailure e) {
        throw e.within(array, i);
      }
      i++;
    }
    return array;
  }

  private static PathFailure refused(@Nullable Object value, Class<?> boxed, Class<?> target) {
    boolean tooLarge = value instanceof Number number && NumberTargets.isOfKind(number, boxed);
    return new PathFailure(
        describe(value)
            + (tooLarge ? " does not fit exactly in " : " cannot become ")
            + target.getTypeName());
  }

  /**
   * Names a decoded value in Python's words.
   *
   * @param value a value in its natural form
   * @return what a message calls it
   */
  public static String describe(@Nullable Object value) {
    if (value == null) {
      return "None";
    } else if (value instanceof Long || value instanceof BigInteger) {
      return "int " + shorten(value.toString());
    } else if (value instanceof Double) {
      return "float " + value;
    } else if (value instanceof Boolean truth) {
      return truth ? "bool True" : "bool False";
    } else if (value instanceof String text) {
      return "str '" + shorten(text) + "'";
    } else if (value instanceof BigDecimal) {
      return "Decimal " + shorten(value.toString());
    } else if (value instanceof Temporal || value instanceof Duration) {
      return "the time " + value;
    } else if (value instanceof UUID || value instanceof Path) {
      return value.getClass().getSimpleName() + " " + shorten(value.toString());
    }
    return describeContainer(value);
  }

  private static String describeContainer(Object value) {
    if (value instanceof PythonTuple) {
      return "a tuple";
    } else if (value instanceof List) {
      return "a list";
    } else if (value instanceof Set) {
      return "a set";
    } else if (value instanceof Map) {
      return "a dict";
    } else if (value instanceof PythonSlice) {
      return "a slice";
    } else if (value instanceof byte[]) {
      return "bytes";
    }
    LiveView view = LiveView.of(value);
    PythonObject object = view == null ? null : view.object();
    if (value instanceof PythonObject given) {
      object = given;
    }
    return object == null ? "an array" : "an object of type " + typeName(object);
  }

  /** Asks Python, which may fail in its own ways while we describe another failure. */
  private static String typeName(PythonObject object) {
    try {
      return object.typeName();
    } catch (RuntimeException e) {
      return "unknown";
    }
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
