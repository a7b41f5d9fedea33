package io.gilgamesh;

import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.ObjectCalls;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.Ref;
import io.gilgamesh.internal.TypeForm;
import io.gilgamesh.internal.Want;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The verbs of {@link PythonObject} on attributes. */
abstract class AttributeVerbs extends CallVerbs {

  AttributeVerbs(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  /**
   * Reads an attribute.
   *
   * @param name the attribute's name
   * @return the attribute
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject attr(String name) {
    try (Exchange exchange = lease()) {
      return Calls.object(
          exchange,
          ObjectCalls.attribute(exchange, ref(), Want.OBJECT, name),
          Origin.ATTRIBUTE,
          name);
    }
  }

  /**
   * Reads an attribute and takes an int, in one crossing.
   *
   * @param name the attribute's name
   * @return the attribute's value
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no int, or beyond 64 bits
   */
  public long attrLong(String name) {
    try (Exchange exchange = lease()) {
      return Calls.number(exchange, ObjectCalls.attribute(exchange, ref(), Want.LONG, name));
    }
  }

  /**
   * Reads an attribute and takes a float, in one crossing.
   *
   * @param name the attribute's name
   * @return the attribute's value
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no float, and no int that a double holds
   *     exactly
   */
  public double attrDouble(String name) {
    try (Exchange exchange = lease()) {
      return Calls.real(exchange, ObjectCalls.attribute(exchange, ref(), Want.DOUBLE, name));
    }
  }

  /**
   * Reads an attribute and takes a bool, in one crossing.
   *
   * @param name the attribute's name
   * @return the attribute's value
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no bool
   */
  public boolean attrBoolean(String name) {
    try (Exchange exchange = lease()) {
      return Calls.truth(exchange, ObjectCalls.attribute(exchange, ref(), Want.BOOLEAN, name));
    }
  }

  /**
   * Reads an attribute and takes a str, in one crossing.
   *
   * @param name the attribute's name
   * @return the attribute's value
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no str
   */
  public String attrText(String name) {
    try (Exchange exchange = lease()) {
      return Calls.text(exchange, ObjectCalls.attribute(exchange, ref(), Want.TEXT, name));
    }
  }

  /**
   * Reads an attribute and takes a value, in one crossing.
   *
   * @param <T> the form
   * @param target the class of the form, as in {@link PythonObject#to}
   * @param name the attribute's name
   * @return the attribute's value, null for None
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result has no such form
   */
  public <T> @Nullable T attrTo(Class<T> target, String name) {
    return attrAs(TypeForm.of(context, target), name);
  }

  /**
   * Reads an attribute and takes a value, in one crossing.
   *
   * @param <T> the form
   * @param target the type, as in {@link PythonObject#to(TypeRef)}
   * @param name the attribute's name
   * @return the attribute's value, null for None
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result has no such form
   */
  public <T> @Nullable T attrTo(TypeRef<T> target, String name) {
    return attrAs(TypeForm.of(context, target), name);
  }

  private <T> @Nullable T attrAs(TypeForm<T> form, String name) {
    try (Exchange exchange = lease()) {
      return Calls.to(
          exchange,
          ObjectCalls.attribute(exchange, ref(), form.want(), name),
          form,
          Origin.ATTRIBUTE,
          name);
    }
  }

  /**
   * Reads an attribute that may be absent.
   *
   * @param name the attribute's name
   * @return the attribute, empty where Python raises AttributeError
   * @throws PythonException if Python raises anything else
   * @throws IllegalStateException if a handle or the context is closed
   */
  public Optional<PythonObject> findAttr(String name) {
    try (Exchange exchange = lease()) {
      long found = ObjectCalls.findAttribute(exchange, ref(), name);
      return Calls.number(exchange, found) == Ref.ABSENT
          ? Optional.empty()
          : Optional.of(Calls.object(exchange, found, Origin.ATTRIBUTE, name));
    }
  }

  /**
   * Sets an attribute.
   *
   * @param name the attribute's name
   * @param value any value or object
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the value cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public void setAttr(String name, @Nullable Object value) {
    try (Exchange exchange = lease()) {
      Calls.number(exchange, ObjectCalls.setAttribute(exchange, ref(), name, value));
    }
  }

  /**
   * Deletes an attribute.
   *
   * @param name the attribute's name
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   */
  public void deleteAttr(String name) {
    try (Exchange exchange = lease()) {
      Calls.number(exchange, ObjectCalls.deleteAttribute(exchange, ref(), name));
    }
  }
}
