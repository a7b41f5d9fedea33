package io.gilgamesh.internal;

/**
 * What every object of a context shares: the context's id and name, and the state of its
 * interpreter.
 */
public final class ContextState {

  private final long id;
  private final String name;
  private final InterpreterState interpreter;
  private final Converters converters;
  private volatile boolean closed;

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
   * Tells whether the context is closed.
   *
   * @return whether {@link #markClosed} ran
   */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Notes that the context is closed, for what its objects say and to spare native calls. The core
   * checks anyway.
   */
  public void markClosed() {
    closed = true;
  }
}
