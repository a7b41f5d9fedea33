package io.gilgamesh.internal;

/**
 * A stretch of one thread's work that can be stopped as a whole: once fired, the Python code that
 * runs in it gets an exception, and a call that begins in it later fails at once. Opened and closed
 * by its thread, fired by any; what comes after the close does nothing. The core decides which of
 * two came first, so there is nothing to lock here.
 */
final class StopScope {

  /** Somebody wants it: {@code gilgamesh.Interrupted}. */
  static final int INTERRUPT = 0;

  /** Time is up: {@code gilgamesh.DeadlineExceeded}. */
  static final int DEADLINE = 1;

  private final long name;

  private StopScope(long name) {
    this.name = name;
  }

  /** Opens one on this thread. */
  static StopScope open() {
    try (Exchange exchange = Exchange.lease(null)) {
      return new StopScope(Calls.number(exchange, StopNatives.open(exchange.address())));
    }
  }

  /**
   * Stops it.
   *
   * @param kind which exception it is
   * @param reason its text
   */
  void fire(int kind, String reason) {
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.text(reason);
      Calls.number(exchange, StopNatives.fire(name, kind, exchange.address()));
    }
  }

  void close() {
    try (Exchange exchange = Exchange.lease(null)) {
      Calls.number(exchange, StopNatives.close(name, exchange.address()));
    }
  }
}
