package io.gilgamesh;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wait for Python took longer than the caller allowed: another thread is attached and does not
 * let go.
 */
public class PythonTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The name of the thread that is attached, if known. */
  private final @Nullable String holder;

  /** For how long it has been. */
  private final Duration held;

  /** Where that thread is. */
  private final StackTraceElement[] holderStack;

  /**
   * Makes an exception.
   *
   * @param message who holds on to Python, and for how long
   * @param holder the name of the thread that does, null where it is not known
   * @param held for how long it has held on
   * @param holderStack where that thread is, innermost first; empty where it is not known
   */
  public PythonTimeoutException(
      String message, @Nullable String holder, Duration held, StackTraceElement... holderStack) {
    super(message);
    this.holder = holder;
    this.held = held;
    this.holderStack = holderStack.clone();
  }

  /**
   * Names the thread that is attached.
   *
   * @return the name of the Java thread, empty where it is not known
   */
  public Optional<String> holder() {
    return Optional.ofNullable(holder);
  }

  /**
   * Tells for how long that thread has been attached.
   *
   * @return the time until this exception was made
   */
  public Duration held() {
    return held;
  }

  /**
   * Tells where that thread was when this exception was made. The message shows the top of it.
   *
   * @return all its frames, innermost first, unmodifiable; empty where it is not known
   */
  public List<StackTraceElement> holderStack() {
    return List.of(holderStack);
  }
}
