package io.gilgamesh.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Opens and closes contexts in the core. */
public final class Contexts {

  /** Bits of a context's id that name its slot in the core. */
  private static final int SLOT = (1 << 24) - 1;

  /** The open ones by their slots, and the core's own. */
  private static volatile @Nullable ContextState[] open = new ContextState[16];

  private Contexts() {}

  /** Gives the context of a call from Python; one that Java did not open is the core's own. */
  static ContextState numbered(long id) {
    @Nullable ContextState[] all = open;
    int slot = (int) id & SLOT;
    ContextState known = slot < all.length ? all[slot] : null;
    return known != null && known.id() == id ? known : core(id);
  }

  private static ContextState core(long id) {
    ContextState own = new ContextState(id, "java", PythonRuntime.get().interpreter(), null);
    put(own);
    return own;
  }

  private static synchronized void put(ContextState opened) {
    int slot = (int) opened.id() & SLOT;
    @Nullable ContextState[] all = open;
    if (slot >= all.length) {
      all = Arrays.copyOf(all, Math.max(slot + 1, 2 * all.length));
    }
    all[slot] = opened;
    // Written even where it is the same array: readers see what is in it.
    open = all;
  }

  private static synchronized void remove(ContextState closed) {
    int slot = (int) closed.id() & SLOT;
    if (open[slot] == closed) {
      open[slot] = null;
    }
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
      put(opened);
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
   * Closes a context and its handles. Once the JVM is exiting, it only notes that.
   *
   * @param context an open context, closed by this caller alone
   */
  public static void close(ContextState context) {
    for (Runnable ending : context.takeEndings()) {
      end(ending);
    }
    context.markClosed();
    remove(context);
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
