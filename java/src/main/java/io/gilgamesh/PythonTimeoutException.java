package io.gilgamesh;

import java.time.Duration;
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

  /**
   * Makes an exception.
   *
   * @param message who holds on to Python, and for how long
   * @param holder the name of the thread that does, null where it is not known
   * @param held for how long it has held on
   */
  public PythonTimeoutException(String message, @Nullable String holder, Duration held) {
    super(message);
    this.holder = holder;
    this.held = held;
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
}
