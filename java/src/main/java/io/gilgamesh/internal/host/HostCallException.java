package io.gilgamesh.internal.host;

/**
 * A failure of the bridge that scripts see as one of Python's own exceptions. What Java members
 * throw is thrown as itself.
 */
public final class HostCallException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Which of Python's exceptions it becomes. */
  public enum Kind {
    /** TypeError. */
    TYPE,
    /** AttributeError. */
    ATTRIBUTE,
    /** IndexError. */
    INDEX,
    /** KeyError. */
    KEY,
    /** ValueError. */
    VALUE,
    /** StopIteration. */
    STOP_ITERATION,
    /** gilgamesh.JavaAccessError, a PermissionError. */
    PERMISSION,
    /** ImportError. */
    NO_CLASS,
    /** MemoryError. */
    MEMORY
  }

  private final Kind kind;

  /**
   * Makes a failure. It has no stack trace: that of the script is the one that tells.
   *
   * @param kind which of Python's exceptions it becomes
   * @param message what the script is told
   */
  public HostCallException(Kind kind, String message) {
    super(message, null, false, false);
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
