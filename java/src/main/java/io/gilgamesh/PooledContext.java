package io.gilgamesh;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A context of a pool: how it is made ready, and made ready again. */
final class PooledContext {

  private final PythonContextPool.Settings settings;
  private final PythonContext context;

  /** The variables after the start-up script. */
  private @Nullable PythonObject variables;

  private PooledContext(PythonContextPool.Settings settings, PythonContext context) {
    this.settings = settings;
    this.context = context;
  }

  /** Opens one and runs the start-up script in it; closed again where that fails. */
  static PooledContext open(PythonContextPool.Settings settings) {
    PythonContext context = settings.contexts().openAnonymous(settings.isolation());
    try {
      PooledContext opened = new PooledContext(settings, context);
      opened.startUp();
      return opened;
    } catch (Throwable e) {
      context.close();
      throw e;
    }
  }

  PythonContext context() {
    return context;
  }

  private void startUp() {
    context.exec(settings.startup(), "<start-up of the pool>");
    if (settings.reset() == PythonPoolReset.VARIABLES) {
      variables = context.eval("dict(globals())");
    }
  }

  /** Makes it what it was when it was opened; fails where it cannot, or is not healthy. */
  void refresh() {
    switch (settings.reset()) {
      case VARIABLES -> restoreVariables();
      case CONTEXT -> {
        context.reset();
        startUp();
      }
      case NONE -> {}
    }
    check();
  }

  private void restoreVariables() {
    PythonObject original = variables;
    if (original != null) {
      // The first statement would take the name of the second's variable away.
      context.evalBoolean(
          "globals().clear() or globals().update(original) is None", Map.of("original", original));
    }
  }

  /** Asks the health check; nothing where there is none. */
  private void check() {
    String question = settings.healthCheck();
    if (question != null && !context.evalBoolean("bool(" + question + ")")) {
      throw new IllegalStateException("the health check was not true: " + question);
    }
  }

  void close() {
    context.close();
  }
}
