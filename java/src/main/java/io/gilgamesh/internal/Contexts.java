package io.gilgamesh.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens and closes contexts in the core. */
public final class Contexts {

  /** The open ones by their numbers, and the core's own. */
  private static final Map<Long, ContextState> OPEN = new ConcurrentHashMap<>();

  private Contexts() {}

  /** Gives the context of a call from Python; one that Java did not open is the core's own. */
  static ContextState numbered(long id) {
    ContextState known = OPEN.get(id);
    return known != null
        ? known
        : OPEN.computeIfAbsent(
            id, own -> new ContextState(own, "java", PythonRuntime.get().interpreter(), null));
  }

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
      ContextState opened = new ContextState(id, name, interpreter, converters);
      OPEN.put(id, opened);
      return opened;
    }
  }

  /**
   * Closes a context and its handles. Once the JVM is exiting, it only notes that.
   *
   * @param context an open context, closed by this caller alone
   */
  public static void close(ContextState context) {
    context.markClosed();
    OPEN.remove(context.id());
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
