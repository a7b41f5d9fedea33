package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/**
 * The verbs on one object, up to what the native returns: the request is written, the call made.
 * What the result means is read by {@link Calls}. The context is that of the exchange.
 */
public final class ObjectCalls {

  private ObjectCalls() {}

  /**
   * Calls the object.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param want what to return
   * @param arguments positional, then keyword arguments
   * @return what the native returned
   */
  public static long apply(
      Exchange exchange, long ref, int want, @Nullable Object @Nullable [] arguments) {
    if (arguments != null && arguments.length == 0) {
      return ObjectNatives.call0(exchange.contextId(), ref, want, exchange.address());
    }
    exchange.arguments(arguments);
    return ObjectNatives.call(exchange.contextId(), ref, want, exchange.address());
  }

  /**
   * Calls a method.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param want what to return
   * @param method the method's name
   * @param arguments positional, then keyword arguments
   * @return what the native returned
   */
  public static long call(
      Exchange exchange,
      long ref,
      int want,
      String method,
      @Nullable Object @Nullable [] arguments) {
    long name = exchange.name(Parameters.required(method, "method"));
    exchange.arguments(arguments);
    return ObjectNatives.callMethod(exchange.contextId(), ref, name, want, exchange.address());
  }

  /**
   * Reads an attribute.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param want what to return
   * @param name the attribute's name
   * @return what the native returned
   */
  public static long attribute(Exchange exchange, long ref, int want, String name) {
    long named = exchange.name(Parameters.required(name, "name"));
    return ObjectNatives.attribute(exchange.contextId(), ref, named, want, exchange.address());
  }

  /**
   * Reads an attribute that may be absent.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param name the attribute's name
   * @return what the native returned, {@link Ref#ABSENT} where there is none
   */
  public static long findAttribute(Exchange exchange, long ref, String name) {
    long named = exchange.name(Parameters.required(name, "name"));
    return ObjectNatives.findAttribute(
        exchange.contextId(), ref, named, Want.OBJECT, exchange.address());
  }

  /**
   * Sets an attribute.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param name the attribute's name
   * @param value its new value
   * @return what the native returned
   */
  public static long setAttribute(
      Exchange exchange, long ref, String name, @Nullable Object value) {
    long named = exchange.name(Parameters.required(name, "name"));
    exchange.value(value);
    return ObjectNatives.setAttribute(exchange.contextId(), ref, named, exchange.address());
  }

  /**
   * Deletes an attribute.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param name the attribute's name
   * @return what the native returned
   */
  public static long deleteAttribute(Exchange exchange, long ref, String name) {
    long named = exchange.name(Parameters.required(name, "name"));
    return ObjectNatives.deleteAttribute(exchange.contextId(), ref, named, exchange.address());
  }

  /**
   * Reads an element.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param want what to return
   * @param key the element's key
   * @return what the native returned
   */
  public static long item(Exchange exchange, long ref, int want, @Nullable Object key) {
    exchange.value(key);
    return ObjectNatives.item(exchange.contextId(), ref, want, exchange.address());
  }

  /**
   * Sets an element.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param key the element's key
   * @param value its new value
   * @return what the native returned
   */
  public static long setItem(
      Exchange exchange, long ref, @Nullable Object key, @Nullable Object value) {
    exchange.value(key).value(value);
    return ObjectNatives.setItem(exchange.contextId(), ref, exchange.address());
  }

  /**
   * Deletes an element.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param key the element's key
   * @return what the native returned
   */
  public static long deleteItem(Exchange exchange, long ref, @Nullable Object key) {
    exchange.value(key);
    return ObjectNatives.deleteItem(exchange.contextId(), ref, exchange.address());
  }

  /**
   * Applies a binary operator.
   *
   * @param exchange the call's exchange
   * @param ref the left operand
   * @param want what to return
   * @param operator a constant of {@link Operator}
   * @param operand the right operand
   * @return what the native returned
   */
  public static long binary(
      Exchange exchange, long ref, int want, int operator, @Nullable Object operand) {
    exchange.value(operand);
    return ObjectNatives.operate(exchange.contextId(), ref, operator, want, exchange.address());
  }

  /**
   * Applies a unary operator.
   *
   * @param exchange the call's exchange
   * @param ref the operand
   * @param operator a constant of {@link Operator}
   * @return what the native returned for {@link Want#OBJECT}
   */
  public static long unary(Exchange exchange, long ref, int operator) {
    return ObjectNatives.operate(
        exchange.contextId(), ref, operator, Want.OBJECT, exchange.address());
  }

  /**
   * Asks what the object is.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param want what to return
   * @param what a constant of {@link Inspect}
   * @return what the native returned
   */
  public static long inspect(Exchange exchange, long ref, int want, int what) {
    return ObjectNatives.inspect(exchange.contextId(), ref, what, want, exchange.address());
  }

  /**
   * Calls the object with each row of the request.
   *
   * @param exchange the call's exchange, with the rows
   * @param ref the function
   * @param form what the results shall be
   * @return what the native returned, for {@link Calls#rows}
   */
  public static long mapRows(Exchange exchange, long ref, TypeForm<?> form) {
    return ObjectNatives.mapRows(exchange.contextId(), ref, form.innerWant(), exchange.address());
  }

  /**
   * Tells whether two refs name one object.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param other another of the same interpreter
   * @return what the native returned
   */
  public static long same(Exchange exchange, long ref, long other) {
    return ObjectNatives.same(exchange.contextId(), ref, other, exchange.address());
  }

  /**
   * Tells whether the object is an instance.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param type a class or a tuple of classes
   * @return what the native returned
   */
  public static long isInstance(Exchange exchange, long ref, Object type) {
    exchange.value(Parameters.required(type, "type"));
    return ObjectNatives.isInstance(exchange.contextId(), ref, exchange.address());
  }

  /**
   * Calls {@code __exit__} with what the request holds.
   *
   * @param exchange the call's exchange
   * @param ref the context manager
   * @return what the native returned
   */
  public static long exit(Exchange exchange, long ref) {
    return ObjectNatives.exit(exchange.contextId(), ref, exchange.address());
  }

  /**
   * Makes a managed handle on the same object.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @return what the native returned
   */
  public static long keep(Exchange exchange, long ref) {
    return HandleNatives.keep(exchange.contextId(), ref, exchange.address());
  }

  /**
   * Closes a handle, and forgets it if that fails: a handle that is no longer there is closed.
   *
   * @param exchange the call's exchange
   * @param ref the handle
   */
  public static void close(Exchange exchange, long ref) {
    Calls.ignore(exchange, HandleNatives.close(exchange.contextId(), ref, exchange.address()));
  }
}
