package io.gilgamesh.internal;

import static io.gilgamesh.internal.NativeCase.attached;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import java.util.function.Consumer;

/** The form in which cases call natives, with their own exchange and a failure right before. */
abstract class NativeCalls {

  final PythonContext python;
  final ContextState state;

  NativeCalls(PythonContext python, ContextState state) {
    this.python = python;
    this.state = state;
  }

  /** A native that takes the address of the exchange last. */
  interface Native {
    long call(long address);
  }

  /** Writes the request, lets the native fail if asked, and checks its result. */
  final long number(NativeCase.Failing failing, Consumer<Exchange> request, Native entry) {
    try (Exchange exchange = Exchange.lease(state)) {
      request.accept(exchange);
      long address = exchange.address();
      failing.now();
      return Calls.number(exchange, entry.call(address));
    }
  }

  static void expect(long expected, long found) {
    if (expected != found) {
      throw new AssertionError("returned " + found + ", not " + expected);
    }
  }

  final NativeCase scalar(String name, long expected, Consumer<Exchange> request, Native entry) {
    return attached(name, failing -> expect(expected, number(failing, request, entry)));
  }

  /** A native that makes a handle, which is closed at once. */
  final NativeCase handle(String name, Consumer<Exchange> request, Native entry) {
    return attached(name, failing -> release(number(failing, request, entry)));
  }

  final void release(long ref) {
    number(
        () -> {}, NativeCalls::nothing, address -> HandleNatives.close(state.id(), ref, address));
  }

  static void nothing(Exchange exchange) {}

  static long ref(PythonObject object) {
    return ApiBridge.get().ref(object);
  }

  final long id() {
    return state.id();
  }

  /** Interned before the failure, so that it meets the native in question. */
  final long name(String text) {
    try (Exchange exchange = Exchange.lease(state)) {
      return NameCache.hold(exchange, text);
    }
  }
}
