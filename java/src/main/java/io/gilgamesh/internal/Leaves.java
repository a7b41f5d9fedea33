package io.gilgamesh.internal;

import io.gilgamesh.internal.host.Leaf;

/** Calls leaves: on an object of their own class, or without one. */
final class Leaves {

  private Leaves() {}

  /** What goes wrong is told by the same call in the usual way, which the core makes next. */
  static long call(int number, long receiver, long argument) {
    try {
      Object target = receiver == 0 ? null : HostTable.get(receiver);
      return Leaf.numbered(number).call(target, argument);
    } catch (Throwable e) {
      return Exchange.FAILED;
    }
  }
}
