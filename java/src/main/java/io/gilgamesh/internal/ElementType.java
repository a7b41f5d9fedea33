package io.gilgamesh.internal;

import io.gilgamesh.PythonConversionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The type of a view's elements: how they are asked for, and how they are brought to it.
 *
 * @param <T> the type
 */
public final class ElementType<T> {

  private final Class<T> target;
  private final int want;

  /** Whether every value is of this type as it crosses. */
  private final boolean natural;

  /**
   * Makes the type of a class.
   *
   * @param target the class, as in {@code PythonObject.to}
   */
  public ElementType(Class<T> target) {
    this.target = target;
    this.want = Targets.want(target);
    this.natural = target == Object.class;
  }

  /**
   * Says in which form to ask for an element.
   *
   * @return a constant of {@link Want}
   */
  public int want() {
    return want;
  }

  /**
   * Checks and decodes the element that a call has given.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @param key the index or key, for messages
   * @return the element
   */
  @SuppressWarnings({"NullAway", "unchecked"}) // null where T has it; natural only where T is Object
  public T read(Exchange exchange, long result, @Nullable Object key) {
    try {
      if (natural) {
        return (T) Calls.value(exchange, result, Origin.ITEM, null);
      }
      return Calls.to(exchange, result, target, Origin.ITEM, want == Want.OBJECT ? key : null);
    } catch (PythonConversionException e) {
      throw within(e, step(key));
    }
  }

  /**
   * Brings a value that has crossed to this type.
   *
   * @param value in the form that {@link #want} asks for
   * @param step where it stands, told where it does not fit
   * @return the element
   */
  @SuppressWarnings({"NullAway", "unchecked"}) // as above
  public T of(@Nullable Object value, Supplier<String> step) {
    if (natural) {
      return (T) value;
    }
    try {
      return Targets.convert(value, target);
    } catch (PythonConversionException e) {
      throw within(e, step.get());
    }
  }

  /**
   * Gives the step of a path to an element or a value.
   *
   * @param key its index or key
   * @return such as {@code [3]} or {@code ['k']}
   */
  public static String step(@Nullable Object key) {
    return "[" + PathFailure.show(key) + "]";
  }

  /**
   * Gives the step of a path to a key.
   *
   * @param key the key
   * @return such as {@code [key 'k']}
   */
  public static String keyStep(@Nullable Object key) {
    return "[key " + PathFailure.show(key) + "]";
  }

  private static RuntimeException within(PythonConversionException e, String step) {
    String path = e.path();
    String message = String.valueOf(e.getMessage());
    int start = path.isEmpty() ? 0 : path.length() + 2;
    return ApiBridge.get().conversion(step + path, message.substring(start));
  }
}
