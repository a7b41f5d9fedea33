package io.gilgamesh;

import io.gilgamesh.internal.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The listeners of one manager. */
final class ContextListeners {

  private static final String LOG = "io.gilgamesh";

  /** Replaced as a whole, so that telling needs no lock. */
  private volatile List<Listening> all = List.of();

  /** One listener; the same one added twice is two. */
  private final class Listening implements PythonContextListening {
    final PythonContextListener listener;

    Listening(PythonContextListener listener) {
      this.listener = listener;
    }

    @Override
    public void close() {
      remove(this);
    }
  }

  synchronized PythonContextListening add(PythonContextListener listener) {
    List<Listening> changed = new ArrayList<>(all);
    Listening added = new Listening(listener);
    changed.add(added);
    all = changed;
    return added;
  }

  private synchronized void remove(Listening ended) {
    List<Listening> changed = new ArrayList<>(all);
    changed.remove(ended);
    all = changed;
  }

  void opened(PythonContext context) {
    // Asked first, here and below: the lambda would cost a start as much as the rest of it.
    if (!all.isEmpty()) {
      tell(listener -> listener.opened(context));
    }
  }

  void reset(PythonContext context) {
    if (!all.isEmpty()) {
      tell(listener -> listener.reset(context));
    }
  }

  void closed(PythonContext context) {
    if (!all.isEmpty()) {
      tell(listener -> listener.closed(context));
    }
  }

  private void tell(Consumer<PythonContextListener> event) {
    for (Listening listening : all) {
      try {
        event.accept(listening.listener);
      } catch (RuntimeException e) {
        Log.warn(LOG, "a listener of contexts failed", e);
      }
    }
  }
}
