package io.gilgamesh.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
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

  /**
   * Closes contexts, which wait for their running code together, and their handles. Once the JVM is
   * exiting, it only notes that.
   *
   * @param contexts open contexts, closed by this caller alone
   * @param limit how long to wait for what other threads run in them, before that is interrupted
   */
  public static void close(Collection<ContextState> contexts, Duration limit) {
    if (!PythonRuntime.get().isStopping()) {
      RunningCode.end(contexts, limit, "closed");
    }
    contexts.forEach(Contexts::close);
  }

  private static void close(ContextState context) {
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
