package io.gilgamesh.internal;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextManager;
import io.gilgamesh.PythonObject;
import org.jspecify.annotations.Nullable;

/**
 * Contexts that Python code opens and uses: the part of {@link Services} behind {@code
 * gilgamesh._contexts}. A script knows a context by its number in the core.
 */
final class ScriptContexts {

  private ScriptContexts() {}

  /** Opens a context with the manager of the one whose code asks. */
  static long open(ContextState asking, @Nullable String name, boolean isolated) {
    PythonContext own = asking.context();
    PythonContextManager manager =
        own == null ? Python.shared().contexts() : ApiBridge.get().manager(own);
    Isolation isolation = isolated ? Isolation.INTERPRETER : Isolation.NAMESPACE;
    PythonContext opened =
        name == null ? manager.openAnonymous(isolation) : manager.open(name, isolation);
    return ApiBridge.get().state(opened).id();
  }

  static void run(long number, String code) {
    find(number).exec(code);
  }

  /** Gives the object as it is to code of the same interpreter, and a copy to other code. */
  static PythonObject evaluate(ContextState asking, long number, String expression) {
    PythonContext context = find(number);
    PythonObject result = context.eval(expression);
    if (result.isNone() || ApiBridge.get().state(context).interpreter() == asking.interpreter()) {
      return result;
    }
    try (result) {
      return Copies.copy(result, asking);
    }
  }

  /** Sets a variable to what the holder holds: to the object itself, or to a copy. */
  static void set(long number, String name, PythonObject holder) {
    PythonContext context = find(number);
    ApiBridge api = ApiBridge.get();
    ContextState target = api.state(context);
    try (holder;
        PythonObject object = holder.attr("value")) {
      if (object.isNone() || api.context(object).interpreter() == target.interpreter()) {
        context.set(name, object);
        return;
      }
      try (PythonObject copy = Copies.copy(object, target)) {
        context.set(name, copy);
      }
    }
  }

  static long reset(long number) {
    PythonContext context = find(number);
    context.reset();
    return ApiBridge.get().state(context).id();
  }

  /** Closes it; one that Java has closed already is closed. */
  static void close(long number) {
    PythonContext known = Contexts.numbered(number).context();
    if (known != null && ApiBridge.get().state(known).id() == number) {
      known.close();
    }
  }

  private static PythonContext find(long number) {
    PythonContext known = Contexts.numbered(number).context();
    if (known == null || ApiBridge.get().state(known).id() != number) {
      throw StackTraces.trimmed(
          new IllegalStateException(
              "the context that this script has opened was closed or reset by others"));
    }
    return known;
  }
}
