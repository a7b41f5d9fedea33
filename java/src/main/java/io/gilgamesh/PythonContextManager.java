package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Contexts;
import io.gilgamesh.internal.Holders;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.StackTraces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The contexts of one {@link Python}, by name. Names are the owner's own: two owners may use the
 * same ones. Usable by any thread.
 */
public final class PythonContextManager {

  private final Python owner;
  private final ContextListeners listeners = new ContextListeners();
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  /** Those that were opened without a name. */
  private final Set<PythonContext> anonymous = ConcurrentHashMap.newKeySet();

  private final AtomicLong anonymousOpened = new AtomicLong();

  /** A name in use: by a context, or by one that is being opened and not there yet. */
  private static final class Entry {
    volatile Optional<PythonContext> context = Optional.empty();
  }

  PythonContextManager(Python owner) {
    this.owner = owner;
  }

  // ---- open

  /**
   * Opens a context in the interpreter that all namespaces share.
   *
   * @param name any name that is not blank and not in use
   * @return the context, to be closed
   * @throws IllegalArgumentException if the name is blank
   * @throws IllegalStateException if a context of that name is open, the owner is closed or the JVM
   *     is exiting
   */
  public PythonContext open(String name) {
    return open(name, Isolation.NAMESPACE);
  }

  /**
   * Opens a context.
   *
   * @param name any name that is not blank and not in use
   * @param isolation whether it shares an interpreter or has its own
   * @return the context, to be closed
   * @throws IllegalArgumentException if the name is blank
   * @throws IllegalStateException if a context of that name is open, the owner is closed, the JVM
   *     is exiting, or CPython could not make an interpreter
   * @throws UnsupportedOperationException if it is to have its own interpreter, and Python is older
   *     than 3.12
   */
  public PythonContext open(String name, Isolation isolation) {
    checkName(name);
    Parameters.required(isolation, "isolation");
    owner.checkOpen();
    Entry entry = new Entry();
    if (entries.putIfAbsent(name, entry) != null) {
      throw new IllegalStateException(
          "a context named '"
              + name
              + "' is open already; get(name) gives it, close(name) makes room");
    }
    try {
      PythonContext context = PythonContext.open(this, name, isolation, owner.registered());
      entry.context = Optional.of(context);
      return announced(context);
    } catch (Throwable e) {
      entries.remove(name, entry);
      throw e;
    }
  }

  /**
   * Opens a context without a name, for one use. {@link #get} and {@link #names} do not know it;
   * closing the owner closes it too.
   *
   * @param isolation whether it shares an interpreter or has its own
   * @return the context, to be closed
   * @throws IllegalStateException as {@link #open(String, Isolation)}
   * @throws UnsupportedOperationException as {@link #open(String, Isolation)}
   */
  public PythonContext openAnonymous(Isolation isolation) {
    Parameters.required(isolation, "isolation");
    owner.checkOpen();
    String name = "<anonymous " + anonymousOpened.incrementAndGet() + ">";
    PythonContext context = PythonContext.open(this, name, isolation, owner.registered());
    anonymous.add(context);
    return announced(context);
  }

  /** An owner that was closed meanwhile has not seen the context. */
  private PythonContext announced(PythonContext context) {
    if (owner.isClosed()) {
      context.close();
      owner.checkOpen();
    }
    listeners.opened(context);
    return context;
  }

  private static void checkName(String name) {
    if (Parameters.required(name, "name").isBlank()) {
      throw StackTraces.trimmed(new IllegalArgumentException("the name of a context is blank"));
    }
  }

  // ---- find

  /**
   * Gives an open context.
   *
   * @param name its name
   * @return the context, empty where none of this name is open
   */
  public Optional<PythonContext> get(String name) {
    Entry entry = entries.get(Parameters.required(name, "name"));
    return entry == null ? Optional.empty() : entry.context;
  }

  /**
   * Lists the names of the open contexts.
   *
   * @return the names of this moment, sorted
   */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    entries.forEach((name, entry) -> entry.context.ifPresent(context -> names.add(name)));
    return names;
  }

  /**
   * Tells a listener of every context that is opened, reset or closed from now on.
   *
   * @param listener whom to tell
   * @return what ends it when it is closed
   */
  public PythonContextListening listen(PythonContextListener listener) {
    return listeners.add(Parameters.required(listener, "listener"));
  }

  // ---- end

  /**
   * Resets a context, as {@link PythonContext#reset}.
   *
   * @param name its name
   * @throws IllegalStateException if none of this name is open
   */
  public void reset(String name) {
    get(name)
        .orElseThrow(
            () ->
                StackTraces.trimmed(
                    new IllegalStateException("no context named '" + name + "' is open")))
        .reset();
  }

  /**
   * Closes a context, as {@link PythonContext#close()}. Does nothing where none of this name is
   * open.
   *
   * @param name its name
   */
  public void close(String name) {
    get(name).ifPresent(PythonContext::close);
  }

  /**
   * Closes all contexts that are open, those without a name too. Code that runs in them is waited
   * for and interrupted as by {@link PythonContext#close()}, in all of them together.
   *
   * @throws IllegalStateException if a transaction was still open on one of them; all are closed
   *     nevertheless, and the message names who began it
   */
  public void closeAll() {
    List<String> open = closeEach();
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "contexts were closed while " + String.join("; and while ", open));
    }
  }

  /** Closes all; describes the transactions that are still open on them. */
  List<String> closeEach() {
    List<PythonContext> all = new ArrayList<>(anonymous);
    entries.values().forEach(entry -> entry.context.ifPresent(all::add));
    List<PythonContext> left = new ArrayList<>();
    List<ContextState> closed = new ArrayList<>();
    for (PythonContext context : all) {
      if (context.leave()) {
        left.add(context);
        closed.add(context.state());
      }
    }
    Contexts.close(closed, PythonContext.CLOSE_LIMIT, "closed");
    left.forEach(listeners::closed);
    return Holders.openOn(closed);
  }

  /** Gives a context's name free; whether the context had it. */
  boolean forget(PythonContext context) {
    if (anonymous.remove(context)) {
      return true;
    }
    Entry entry = entries.get(context.name());
    boolean held = entry != null && entry.context.filter(context::equals).isPresent();
    return held && entries.remove(context.name(), entry);
  }

  ContextListeners listeners() {
    return listeners;
  }
}
