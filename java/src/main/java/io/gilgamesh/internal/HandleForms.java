package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;

/** Handles: Python objects that cross as themselves. */
final class HandleForms {

  private HandleForms() {}

  /** Writes a handle and keeps its object reachable until the call is over. */
  static void write(Exchange to, PythonObject object) {
    ApiBridge api = ApiBridge.get();
    long ref = api.ref(object);
    to.hold(object);
    ContextState own = api.context(object);
    ContextState target = to.context();
    if (target == null || own.interpreter() == target.interpreter()) {
      int at = to.reserve(9);
      to.buffer.put(at, Tag.HANDLE).putLong(at + 1, ref);
    } else {
      int at = to.reserve(17);
      to.buffer.put(at, Tag.FOREIGN_HANDLE).putLong(at + 1, own.id()).putLong(at + 9, ref);
    }
  }

  static PythonObject read(Reader from) {
    return Calls.object(from.exchange, from.readLong(), from.origin, from.detail);
  }
}
