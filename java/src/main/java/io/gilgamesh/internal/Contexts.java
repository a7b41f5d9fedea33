package io.gilgamesh.internal;

import io.gilgamesh.Isolation;
import java.time.Duration;
import java.util.Collection;

/** Opens and closes contexts in the core. */
public final class Contexts {

  /** Bits of a context's id that name its slot in the core. */
  private static final int SLOT = (1 << 24) - 1;

  /** Bits of a context's id below the number of its interpreter. */
  private static final int INTERPRETER_SHIFT = 48;

  private Contexts() {}

  /** Gives the context of a call from Python; one that Java did not open is the core's own. */
  static ContextState numbered(long id) {
    InterpreterState interpreter = Interpreters.numbered(interpreterOf(id));
    ContextState known = interpreter.context(slotOf(id));
    return known != null && known.id() == id ? known : core(id, interpreter);
  }

  private static ContextState core(long id, InterpreterState interpreter) {
    ContextState own = new ContextState(id, "java", interpreter, new Converters(null));
    interpreter.put(slotOf(id), own);
    return own;
  }

  private static int slotOf(long id) {
    return (int) id & SLOT;
  }

  private static int interpreterOf(long id) {
    return (int) (id >>> INTERPRETER_SHIFT);
  }

  /**
   * Opens a context.
   *
   * @param isolation whether it has an interpreter of its own
   * @param name its name
   * @param converters its own converters
   * @return its state
   */
  public static ContextState open(Isolation isolation, String name, Converters converters) {
    PythonRuntime.get().checkRunning();
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.text(name);
      boolean isolated = isolation == Isolation.INTERPRETER;
      long id =
          Calls.number(
              exchange,
              isolated
                  ? ContextNatives.openIsolated(exchange.address())
                  : ContextNatives.open(exchange.address()));
      int number = interpreterOf(id);
      InterpreterState interpreter =
          isolated ? Interpreters.renew(number) : Interpreters.numbered(number);
      ContextState opened = new ContextState(id, name, interpreter, converters);
      interpreter.put(slotOf(id), opened);
      return opened;
    }
  }

  /** The context is closed whatever becomes of what ends with it. */
  private static void end(Runnable ending) {
    try {
      ending.run();
    } catch (RuntimeException e) {
      if (!PythonRuntime.get().isStopping()) {
        Log.warn("io.gilgamesh", "what ends with a context failed", e);
      }
    }
  }

  /**
   * Closes contexts, which wait for their running code together, and their handles. Once the JVM is
   * exiting, it only notes that.
   *
   * @param contexts contexts that this caller alone closes
   * @param limit how long to wait for what other threads run in them, before that is interrupted
   * @param what what is done to the contexts, such as {@code closed}
   */
  public static void close(Collection<ContextState> contexts, Duration limit, String what) {
    boolean ended = PythonRuntime.get().isStopping() || RunningCode.end(contexts, limit, what);
    for (ContextState context : contexts) {
      if (context.isClosed()) {
        continue;
      }
      if (ended || RunningCode.in(context).isEmpty()) {
        close(context);
      } else {
        closeInBackground(context);
      }
    }
  }

  /** What is stuck may hold the GIL, which the end of its context needs: nobody waits for that. */
  private static void closeInBackground(ContextState context) {
    Thread closer = new Thread(null, () -> close(context), "gilgamesh-close", 0, false);
    closer.setDaemon(true);
    closer.start();
    context.markClosed();
  }

  private static void close(ContextState context) {
    for (Runnable ending : context.takeEndings()) {
      end(ending);
    }
    context.markClosed();
    context.interpreter().remove(slotOf(context.id()), context);
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
