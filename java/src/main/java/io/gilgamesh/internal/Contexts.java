package io.gilgamesh.internal;

/** Opens and closes contexts in the core. */
public final class Contexts {

  private Contexts() {}

  /**
   * Opens a context.
   *
   * @param interpreter where
   * @param name its name
   * @param converters those of the Python that it belongs to
   * @return its state
   */
  public static ContextState open(
      InterpreterState interpreter, String name, Converters converters) {
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.text(name);
      long id = Calls.number(exchange, ContextNatives.open(interpreter.id(), exchange.address()));
      return new ContextState(id, name, interpreter, converters);
    }
  }

  /**
   * Closes a context and its handles. Once the JVM is exiting, it only notes that.
   *
   * @param context an open context, closed by this caller alone
   */
  public static void close(ContextState context) {
    context.markClosed();
    try (Exchange exchange = Exchange.lease(context)) {
      Calls.number(exchange, ContextNatives.close(context.id(), exchange.address()));
    } catch (IllegalStateException e) {
      if (!PythonRuntime.get().isStopping()) {
        throw e;
      }
    }
    context.interpreter().handles().nudge();
  }
}
