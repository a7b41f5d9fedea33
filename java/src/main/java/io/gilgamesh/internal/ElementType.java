package io.gilgamesh.internal;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The type of a view's elements: how they are asked for, and how they are brought to it.
 *
 * @param <T> the type
 */
public final class ElementType<T> {

  /** Handles, also of None. */
  public static final ElementType<PythonObject> HANDLES = new ElementType<>(null);

  /** How the type is asked for and read, null for handles. */
  private final @Nullable TypeForm<T> form;

  private ElementType(@Nullable TypeForm<T> form) {
    this.form = form;
  }

  /**
   * Makes the type of a class.
   *
   * @param <T> the type
   * @param context of the object that is viewed
   * @param target the class, as in {@code PythonObject.to}
   * @return the type
   */
  @SuppressWarnings("unchecked")
  public static <T> ElementType<T> of(ContextState context, Class<T> target) {
    return target == PythonObject.class
        ? (ElementType<T>) HANDLES
        : new ElementType<>(TypeForm.of(context, target));
  }

  /**
   * Makes the type of a resolved one.
   *
   * @param context of the object that is viewed
   * @param target the type
   * @return the type of elements
   */
  public static ElementType<?> of(ContextState context, ResolvedType target) {
    return target.raw() == PythonObject.class
        ? HANDLES
        : new ElementType<>(TypeForm.of(context, target));
  }

  /**
   * Says in which form to ask for an element.
   *
   * @return a constant of {@link Want}
   */
  public int want() {
    return form == null ? Want.OBJECT : form.want();
  }

  /** Says in which form to ask for an element among others. */
  int innerWant() {
    return form == null ? Want.OBJECT : form.innerWant();
  }

  /**
   * Checks and decodes the element that a call has given.
   *
   * @param exchange the call's exchange
   * @param result what the native returned
   * @param key the index or key, for messages
   * @return the element
   */
  @SuppressWarnings({"NullAway", "unchecked"}) // null where T has it
  public T read(Exchange exchange, long result, @Nullable Object key) {
    if (form == null) {
      return (T) Calls.object(exchange, result, Origin.ITEM, key);
    }
    try {
      return Calls.to(exchange, result, form, Origin.ITEM, null);
    } catch (PythonConversionException e) {
      throw within(e, step(key));
    }
  }

  /** Reads an element among others; one that does not fit is told when somebody asks for it. */
  @Nullable Object readInner(Reader from) {
    return form == null ? ValueDecoder.read(from) : form.attempt(from);
  }

  /**
   * Gives an element of a batch.
   *
   * @param value as the batch has it
   * @param step where it stands, told where it does not fit
   * @return the element
   */
  @SuppressWarnings({"NullAway", "unchecked"}) // null where T has it
  public T of(@Nullable Object value, Supplier<String> step) {
    if (value instanceof Misfit misfit) {
      throw misfit.within(step.get()).toConversion();
    }
    return (T) value;
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
    Object shown = key instanceof Misfit misfit ? misfit.value() : key;
    return "[key " + PathFailure.show(shown) + "]";
  }

  private static RuntimeException within(PythonConversionException e, String step) {
    String path = e.path();
    String message = String.valueOf(e.getMessage());
    int start = path.isEmpty() ? 0 : path.length() + 2;
    return ApiBridge.get().conversion(step + path, message.substring(start));
  }
}
