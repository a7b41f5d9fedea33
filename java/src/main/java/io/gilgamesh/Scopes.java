package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.StackTraces;
import java.util.NoSuchElementException;

/** What the verbs of {@link PythonScope} need of the two scopes, and an interface cannot hide. */
final class Scopes {

  private Scopes() {}

  /** Gives the state to run in, or refuses: a closed scope, another thread's transaction. */
  static ContextState state(PythonScope scope) {
    return scope instanceof PythonTransaction transaction
        ? transaction.state()
        : ((PythonContext) scope).openState();
  }

  /** Gets a function to call, refusing a name that is null before anything else. */
  static PythonObject function(PythonScope scope, String function) {
    return scope.get(Parameters.required(function, "function"));
  }

  static NoSuchElementException missing(PythonScope scope, String name) {
    String text = "context '" + context(scope).name() + "' has no variable '" + name + "'";
    return StackTraces.trimmed(new NoSuchElementException(text));
  }

  static PythonContext context(PythonScope scope) {
    return scope instanceof PythonTransaction transaction
        ? transaction.context()
        : (PythonContext) scope;
  }
}
