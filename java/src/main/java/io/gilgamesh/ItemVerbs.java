package io.gilgamesh;

import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.ObjectCalls;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.TypeForm;
import io.gilgamesh.internal.Want;
import org.jspecify.annotations.Nullable;

/** The verbs of {@link PythonObject} on elements. */
abstract class ItemVerbs extends AttributeVerbs {

  ItemVerbs(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  /**
   * Reads {@code object[key]}.
   *
   * @param key an index, a key of a dict, or whatever the object takes
   * @return the element
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject item(@Nullable Object key) {
    try (Exchange exchange = lease()) {
      return Calls.object(
          exchange, ObjectCalls.item(exchange, ref(), Want.OBJECT, key), Origin.ITEM, detail(key));
    }
  }

  /**
   * Reads {@code object[key]} and takes an int, in one crossing.
   *
   * @param key an index, a key of a dict, or whatever the object takes
   * @return the element's value
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no int, or beyond 64 bits
   */
  public long itemLong(@Nullable Object key) {
    try (Exchange exchange = lease()) {
      return Calls.number(exchange, ObjectCalls.item(exchange, ref(), Want.LONG, key));
    }
  }

  /**
   * Reads {@code object[key]} and takes a float, in one crossing.
   *
   * @param key an index, a key of a dict, or whatever the object takes
   * @return the element's value
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no float, and no int that a double holds
   *     exactly
   */
  public double itemDouble(@Nullable Object key) {
    try (Exchange exchange = lease()) {
      return Calls.real(exchange, ObjectCalls.item(exchange, ref(), Want.DOUBLE, key));
    }
  }

  /**
   * Reads {@code object[key]} and takes a bool, in one crossing.
   *
   * @param key an index, a key of a dict, or whatever the object takes
   * @return the element's value
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no bool
   */
  public boolean itemBoolean(@Nullable Object key) {
    try (Exchange exchange = lease()) {
      return Calls.truth(exchange, ObjectCalls.item(exchange, ref(), Want.BOOLEAN, key));
    }
  }

  /**
   * Reads {@code object[key]} and takes a str, in one crossing.
   *
   * @param key an index, a key of a dict, or whatever the object takes
   * @return the element's value
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no str
   */
  public String itemText(@Nullable Object key) {
    try (Exchange exchange = lease()) {
      return Calls.text(exchange, ObjectCalls.item(exchange, ref(), Want.TEXT, key));
    }
  }

  /**
   * Reads {@code object[key]} and takes a value, in one crossing.
   *
   * @param <T> the form
   * @param target the class of the form, as in {@link PythonObject#to}
   * @param key an index, a key of a dict, or whatever the object takes
   * @return the element's value, null for None
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result has no such form
   */
  public <T> @Nullable T itemTo(Class<T> target, @Nullable Object key) {
    return itemAs(TypeForm.of(context, target), key);
  }

  /**
   * Reads {@code object[key]} and takes a value, in one crossing.
   *
   * @param <T> the form
   * @param target the type, as in {@link PythonObject#to(TypeRef)}
   * @param key an index, a key of a dict, or whatever the object takes
   * @return the element's value, null for None
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result has no such form
   */
  public <T> @Nullable T itemTo(TypeRef<T> target, @Nullable Object key) {
    return itemAs(TypeForm.of(context, target), key);
  }

  private <T> @Nullable T itemAs(TypeForm<T> form, @Nullable Object key) {
    try (Exchange exchange = lease()) {
      return Calls.to(
          exchange,
          ObjectCalls.item(exchange, ref(), form.want(), key),
          form,
          Origin.ITEM,
          detail(key));
    }
  }

  /**
   * Sets {@code object[key]}.
   *
   * @param key an index, a key of a dict, or whatever the object takes
   * @param value any value or object
   * @throws PythonException if Python raises
   * @throws PythonConversionException if key or value cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public void setItem(@Nullable Object key, @Nullable Object value) {
    try (Exchange exchange = lease()) {
      Calls.number(exchange, ObjectCalls.setItem(exchange, ref(), key, value));
    }
  }

  /**
   * Deletes {@code object[key]}.
   *
   * @param key an index, a key of a dict, or whatever the object takes
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the key cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public void deleteItem(@Nullable Object key) {
    try (Exchange exchange = lease()) {
      Calls.number(exchange, ObjectCalls.deleteItem(exchange, ref(), key));
    }
  }

  /**
   * Takes {@code object[start:stop]}, for one with a step or an open end see {@link PythonSlice}.
   *
   * @param start the first element; a negative one counts from the end
   * @param stop the element before which to stop; a negative one counts from the end
   * @return what the object gives for a slice: a copy of the elements for a list, a view for a
   *     NumPy array
   * @throws PythonException if Python raises, as for an object without slices
   * @throws IllegalStateException if this handle or the context is closed
   */
  public PythonObject slice(long start, long stop) {
    return item(PythonSlice.of(start, stop));
  }

  /**
   * Takes {@code object[start:stop:step]}.
   *
   * @param start the first element; a negative one counts from the end
   * @param stop the element before which to stop; a negative one counts from the end
   * @param step how far to go from one element to the next; a negative one goes backwards
   * @return what the object gives for a slice: a copy of the elements for a list, a view for a
   *     NumPy array
   * @throws PythonException if Python raises, as for an object without slices, or a step of 0
   * @throws IllegalStateException if this handle or the context is closed
   */
  public PythonObject slice(long start, long stop, long step) {
    return item(PythonSlice.of(start, stop, step));
  }

  /** A key is kept for messages only where that keeps nothing large alive. */
  private static @Nullable Object detail(@Nullable Object key) {
    return key instanceof String || key instanceof Number ? key : null;
  }
}
