package io.gilgamesh;

import io.gilgamesh.internal.ContextState;

/** What the verbs of {@link PythonScope} need of the two scopes, and an interface cannot hide. */
final class Scopes {

  private Scopes() {}

  /** Gives the state to run in, or refuses: a closed scope, another thread's transaction. */
  static ContextState state(PythonScope scope) {
    return scope instanceof PythonTransaction transaction
        ? transaction.state()
        : ((PythonContext) scope).openState();
  }

  static PythonContext context(PythonScope scope) {
    return scope instanceof PythonTransaction transaction
        ? transaction.context()
        : (PythonContext) scope;
  }
}
