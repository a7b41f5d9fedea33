package io.gilgamesh.internal;

import io.gilgamesh.PythonContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every object of a context shares: the context's id and name, and the state of its
 * interpreter.
 */
public final class ContextState {

  private final long id;
  private final String name;
  private final InterpreterState interpreter;
  private final Converters converters;
  private @Nullable PythonContext context;
  private volatile boolean closed;
  private volatile boolean reset;

  /** What else ends with the context, by what it is; guarded by itself. */
  private final Map<Object, Runnable> endings = new LinkedHashMap<>(0);

  /**
   * Describes an open context.
   *
   * @param id the id that the core gave
   * @param name the context's name
   * @param interpreter the state of the interpreter it runs in
   * @param converters its own converters
   */
  public ContextState(long id, String name, InterpreterState interpreter, Converters converters) {
    this.id = id;
    this.name = name;
    this.interpreter = interpreter;
    this.converters = converters;
  }

  /**
   * Gives what users know this context as.
   *
   * @return the context, null for the core's own
   */
  @Nullable PythonContext context() {
    return context;
  }

  /**
   * Notes what users know this context as, before anybody runs code in it.
   *
   * @param known the context
   */
  public void belongTo(PythonContext known) {
    this.context = known;
  }

  /**
   * Gives the converters of this context.
   *
   * @return the place to register them
   */
  public Converters converters() {
    return converters;
  }

  /**
   * Gives the id that the natives take.
   *
   * @return slot and generation
   */
  public long id() {
    return id;
  }

  /**
   * Gives the context's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Gives what the contexts of one interpreter share.
   *
   * @return the interpreter's state
   */
  public InterpreterState interpreter() {
    return interpreter;
  }

  /**
   * Has something done when the context is closed, once.
   *
   * @param what what it is about; what is known already stays
   * @param ending what to do, while the context is still open
   */
  void atClose(Object what, Runnable ending) {
    synchronized (endings) {
      endings.putIfAbsent(what, ending);
    }
  }

  /**
   * Takes back what {@link #atClose} was told.
   *
   * @param what what it was about
   * @return whether it was still to be done
   */
  boolean forgetAtClose(Object what) {
    synchronized (endings) {
      return endings.remove(what) != null;
    }
  }

  /**
   * Tells whether something is still to be done when the context is closed.
   *
   * @param what what it is about
   * @return false once the context is being closed
   */
  boolean isAtClose(Object what) {
    synchronized (endings) {
      return endings.containsKey(what);
    }
  }

  /** Takes what is to be done now that the context is being closed. */
  List<Runnable> takeEndings() {
    synchronized (endings) {
      List<Runnable> all = List.copyOf(endings.values());
      endings.clear();
      return all;
    }
  }

  /**
   * Tells whether the context is closed.
   *
   * @return whether {@link #markClosed} ran
   */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Tells whether it was closed because the context was reset.
   *
   * @return whether {@link #markReset} ran
   */
  public boolean isReset() {
    return reset;
  }

  /** Notes that the context goes on with another state. */
  public void markReset() {
    reset = true;
  }

  /**
   * Notes that the context is closed, for what its objects say and to spare native calls. The core
   * checks anyway.
   */
  public void markClosed() {
    closed = true;
  }
}
