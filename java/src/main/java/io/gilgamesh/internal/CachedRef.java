package io.gilgamesh.internal;

/**
 * A managed ref that caches share between threads: an interned name, or code. Nobody closes it.
 * Evicted, it is released when the last thread that took it has let it go, as any handle whose Java
 * object is dead.
 */
final class CachedRef {

  final long ref;

  CachedRef(InterpreterState interpreter, long ref) {
    this.ref = ref;
    if (Ref.isManaged(ref)) {
      interpreter.handles().track(this, ref);
    }
  }
}
