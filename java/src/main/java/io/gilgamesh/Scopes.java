package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.facade.Proxies;
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

  /** Gets what {@code module:name} names, which can be called. */
  static PythonObject addressed(PythonScope scope, String address) {
    String[] parts = Parameters.required(address, "address").split(":", -1);
    boolean isName = parts.length == 1;
    if (parts.length > 2 || parts[parts.length - 1].isBlank() || parts[0].isBlank()) {
      throw StackTraces.trimmed(
          new IllegalArgumentException(
              "a function's address is module:name or the name of a variable, not '"
                  + address
                  + "'"));
    }
    PythonObject found = isName ? scope.get(address) : attribute(scope, parts[0], parts[1]);
    if (!found.isCallable()) {
      throw StackTraces.trimmed(
          new PythonConversionException(
              "", address + " is of type " + found.typeName() + ", which cannot be called"));
    }
    return found;
  }

  private static PythonObject attribute(PythonScope scope, String module, String path) {
    PythonObject owner = scope.importModule(module);
    for (String name : path.split("\\.", -1)) {
      try (PythonObject outer = owner) {
        owner = outer.attr(name);
      }
    }
    return owner;
  }

  static <T> T importAs(PythonScope scope, String module, Class<T> type) {
    Parameters.required(type, "type");
    try (PythonObject imported = scope.importModule(module)) {
      return type.cast(Proxies.checked(imported, "module '" + module + "'", type));
    }
  }

  static String moduleOf(Class<?> type) {
    PythonModule module = Parameters.required(type, "type").getAnnotation(PythonModule.class);
    if (module == null) {
      String text = type.getTypeName() + " has no @PythonModule; name the module with importAs";
      throw StackTraces.trimmed(new IllegalArgumentException(text + "(module, type)"));
    }
    return module.value();
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
