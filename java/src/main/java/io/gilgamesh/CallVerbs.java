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

/** The verbs of {@link PythonObject} that call: the object itself, or a method of it. */
abstract class CallVerbs extends PythonHandle {

  CallVerbs(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  /**
   * Calls this object.
   *
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject apply(@Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.object(
          exchange, ObjectCalls.apply(exchange, ref(), Want.OBJECT, arguments), Origin.APPLY, null);
    }
  }

  /** Calls this object, which the caller knows by a name. */
  final PythonObject applyNamed(String name, @Nullable Object @Nullable [] arguments) {
    try (Exchange exchange = lease()) {
      return Calls.object(
          exchange, ObjectCalls.apply(exchange, ref(), Want.OBJECT, arguments), Origin.CALL, name);
    }
  }

  /**
   * Calls this object and takes an int, in one crossing.
   *
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no int, or beyond 64 bits
   */
  public long applyLong(@Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.number(exchange, ObjectCalls.apply(exchange, ref(), Want.LONG, arguments));
    }
  }

  /**
   * Calls this object and takes a float, in one crossing.
   *
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no float, and no int that a double holds
   *     exactly
   */
  public double applyDouble(@Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.real(exchange, ObjectCalls.apply(exchange, ref(), Want.DOUBLE, arguments));
    }
  }

  /**
   * Calls this object and takes a bool, in one crossing.
   *
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no bool
   */
  public boolean applyBoolean(@Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.truth(exchange, ObjectCalls.apply(exchange, ref(), Want.BOOLEAN, arguments));
    }
  }

  /**
   * Calls this object and takes a str, in one crossing.
   *
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no str
   */
  public String applyText(@Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.text(exchange, ObjectCalls.apply(exchange, ref(), Want.TEXT, arguments));
    }
  }

  /**
   * Calls this object and takes a value, in one crossing.
   *
   * @param <T> the form
   * @param target the class of the form, as in {@link PythonObject#to}
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result, null for None
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result has no such form
   */
  public <T> @Nullable T applyTo(Class<T> target, @Nullable Object @Nullable ... arguments) {
    return applyAs(TypeForm.of(context, target), arguments);
  }

  /**
   * Calls this object and takes a value, in one crossing.
   *
   * @param <T> the form
   * @param target the type, as in {@link PythonObject#to(TypeRef)}
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result, null for None
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result has no such form
   */
  public <T> @Nullable T applyTo(TypeRef<T> target, @Nullable Object @Nullable ... arguments) {
    return applyAs(TypeForm.of(context, target), arguments);
  }

  private <T> @Nullable T applyAs(TypeForm<T> form, @Nullable Object @Nullable [] arguments) {
    try (Exchange exchange = lease()) {
      return Calls.to(
          exchange,
          ObjectCalls.apply(exchange, ref(), form.want(), arguments),
          form,
          Origin.APPLY,
          null);
    }
  }

  /**
   * Calls a method of this object.
   *
   * @param method the method's name
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject call(String method, @Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.object(
          exchange,
          ObjectCalls.call(exchange, ref(), Want.OBJECT, method, arguments),
          Origin.CALL,
          method);
    }
  }

  /**
   * Calls a method of this object and takes an int, in one crossing.
   *
   * @param method the method's name
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no int, or beyond 64 bits
   */
  public long callLong(String method, @Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.number(
          exchange, ObjectCalls.call(exchange, ref(), Want.LONG, method, arguments));
    }
  }

  /**
   * Calls a method of this object and takes a float, in one crossing.
   *
   * @param method the method's name
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no float, and no int that a double holds
   *     exactly
   */
  public double callDouble(String method, @Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.real(
          exchange, ObjectCalls.call(exchange, ref(), Want.DOUBLE, method, arguments));
    }
  }

  /**
   * Calls a method of this object and takes a bool, in one crossing.
   *
   * @param method the method's name
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no bool
   */
  public boolean callBoolean(String method, @Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.truth(
          exchange, ObjectCalls.call(exchange, ref(), Want.BOOLEAN, method, arguments));
    }
  }

  /**
   * Calls a method of this object and takes a str, in one crossing.
   *
   * @param method the method's name
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result is no str
   */
  public String callText(String method, @Nullable Object @Nullable ... arguments) {
    try (Exchange exchange = lease()) {
      return Calls.text(exchange, ObjectCalls.call(exchange, ref(), Want.TEXT, method, arguments));
    }
  }

  /**
   * Calls a method of this object and takes a value, in one crossing.
   *
   * @param <T> the form
   * @param target the class of the form, as in {@link PythonObject#to}
   * @param method the method's name
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result, null for None
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result has no such form
   */
  public <T> @Nullable T callTo(
      Class<T> target, String method, @Nullable Object @Nullable ... arguments) {
    return callAs(TypeForm.of(context, target), method, arguments);
  }

  /**
   * Calls a method of this object and takes a value, in one crossing.
   *
   * @param <T> the form
   * @param target the type, as in {@link PythonObject#to(TypeRef)}
   * @param method the method's name
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result, null for None
   * @throws PythonException if Python raises
   * @throws IllegalStateException if a handle or the context is closed
   * @throws PythonConversionException if the result has no such form
   */
  public <T> @Nullable T callTo(
      TypeRef<T> target, String method, @Nullable Object @Nullable ... arguments) {
    return callAs(TypeForm.of(context, target), method, arguments);
  }

  private <T> @Nullable T callAs(
      TypeForm<T> form, String method, @Nullable Object @Nullable [] arguments) {
    try (Exchange exchange = lease()) {
      return Calls.to(
          exchange,
          ObjectCalls.call(exchange, ref(), form.want(), method, arguments),
          form,
          Origin.CALL,
          method);
    }
  }
}
