package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonObject;

/**
 * The calls of an object whose Python class derives from the interfaces. What every object of
 * Java's has is the class's own: {@code __eq__}, {@code __hash__} and {@code __str__}.
 */
final class ImplementationHandler extends FacadeHandler {

  private final Implementation implementation;

  ImplementationHandler(PythonObject owned, Facade facade, Implementation implementation) {
    super(owned, facade);
    this.implementation = implementation;
  }

  Implementation implementation() {
    return implementation;
  }

  /** What is closed says so, and a message that names it is not lost. */
  @Override
  String text() {
    return object().isClosed() ? super.text() : object().str();
  }

  /** A proxy by other interfaces hashes in another way, also one of the same object. */
  @Override
  boolean isEqual(Object other) {
    FacadeHandler handler = Proxies.handler(other);
    boolean hashesAlike = handler == null || handler instanceof ImplementationHandler;
    return hashesAlike && object().pyEquals(other);
  }

  @Override
  int hash() {
    return Long.hashCode(object().hash());
  }
}
