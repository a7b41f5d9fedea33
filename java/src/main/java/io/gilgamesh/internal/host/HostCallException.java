package io.gilgamesh.internal.host;

/** An error of a call from Python that Python sees as an exception of its own. */
public final class HostCallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The class of Python's exception. */
  public enum Kind {
    /** {@code TypeError}. */
    TYPE,
    /** {@code AttributeError}. */
    ATTRIBUTE,
    /** {@code IndexError}. */
    INDEX,
    /** {@code KeyError}. */
    KEY,
    /** {@code ValueError}. */
    VALUE,
    /** {@code StopIteration}. */
    STOP_ITERATION,
    /** {@code gilgamesh.JavaAccessError}, a {@code PermissionError}. */
    PERMISSION,
    /** {@code ImportError}. */
    NO_CLASS
  }

  private final Kind kind;

  /**
   * Makes an exception.
   *
   * @param kind which of Python's exceptions it becomes
   * @param message what the exception says
   */
  public HostCallException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /**
   * Tells which of Python's exceptions it becomes.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }
}
