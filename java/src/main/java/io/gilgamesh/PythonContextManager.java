package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Contexts;
import io.gilgamesh.internal.Holders;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.PythonRuntime;
import io.gilgamesh.internal.StackTraces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contexts of one {@link Python}, by name. Names are the owner's own: two owners may use the
 * same ones. Usable by any thread.
 */
public final class PythonContextManager {

  private final Python owner;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  /** A name in use: by a context, or by one that is being opened and not there yet. */
  private static final class Entry {
    volatile Optional<PythonContext> context = Optional.empty();
  }

  PythonContextManager(Python owner) {
    this.owner = owner;
  }

  /**
   * Opens a context: a scope with variables of its own, in the interpreter that all contexts share.
   *
   * @param name any name that is not blank and not in use
   * @return the context, to be closed
   * @throws IllegalArgumentException if the name is blank
   * @throws IllegalStateException if a context of that name is open, the owner is closed or the JVM
   *     is exiting
   */
  public PythonContext open(String name) {
    checkName(name);
    owner.checkOpen();
    Entry entry = new Entry();
    if (entries.putIfAbsent(name, entry) != null) {
      throw new IllegalStateException(
          "a context named '"
              + name
              + "' is open already; get(name) gives it, close(name) makes room");
    }
    try {
      return open(name, entry);
    } catch (Throwable e) {
      entries.remove(name, entry);
      throw e;
    }
  }

  private PythonContext open(String name, Entry entry) {
    ContextState state = Contexts.open(PythonRuntime.get().interpreter(), name, owner.registered());
    PythonContext context = new PythonContext(this, state);
    entry.context = Optional.of(context);
    if (owner.isClosed()) {
      context.close();
      owner.checkOpen();
    }
    return context;
  }

  private static void checkName(String name) {
    if (Parameters.required(name, "name").isBlank()) {
      throw StackTraces.trimmed(new IllegalArgumentException("the name of a context is blank"));
    }
  }

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
   * Closes a context, as {@link PythonContext#close()}. Does nothing where none of this name is
   * open.
   *
   * @param name its name
   */
  public void close(String name) {
    get(name).ifPresent(PythonContext::close);
  }

  /** Closes all; describes the transactions that are still open on them. */
  List<String> closeAll() {
    List<ContextState> closed = new ArrayList<>();
    for (Entry entry : entries.values()) {
      entry.context.filter(PythonContext::leave).ifPresent(left -> closed.add(left.state()));
    }
    Contexts.close(closed, PythonContext.CLOSE_LIMIT);
    return Holders.openOn(closed);
  }

  /** Gives a context's name free; whether the context had it. */
  boolean forget(PythonContext context) {
    Entry entry = entries.get(context.name());
    boolean held = entry != null && entry.context.filter(context::equals).isPresent();
    return held && entries.remove(context.name(), entry);
  }
}
