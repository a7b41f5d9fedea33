package io.gilgamesh.internal;

import io.gilgamesh.internal.host.Leaf;

/** Calls leaves: on an object of their own class, or without one. Nothing here waits. */
final class Leaves {

  private Leaves() {}

  /** What goes wrong is told by the same call in the usual way, which the core makes next. */
  static long call(int number, long receiver, long argument) {
    try {
      Leaf leaf = Leaf.numbered(number);
      if (leaf.isMaking()) {
        return HostTable.put(leaf.make()); // taken over by the core, which reads it attached
      }
      return leaf.call(receiver == 0 ? null : HostTable.get(receiver), argument);
    } catch (Throwable e) {
      return Exchange.FAILED;
    }
  }
}
