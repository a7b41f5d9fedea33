package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/**
 * Warnings of the bridge. The logger is asked for when there is something to say: the first one of
 * a process costs tens of milliseconds, as much as a start.
 */
public final class Log {

  private Log() {}

  /**
   * Logs a warning.
   *
   * @param logger the logger's name
   * @param message what to say
   * @param cause what threw, null for nothing
   */
  public static void warn(String logger, String message, @Nullable Throwable cause) {
    System.getLogger(logger).log(System.Logger.Level.WARNING, message, cause);
  }

  /** Takes an event of the core's; called by {@code bridge-rs/jni} on a thread of its own. */
  @SuppressWarnings("unused")
  private static void fromCore(int severity, String logger, String message) {
    System.getLogger(logger).log(level(severity), message);
  }

  /** Gives the level of a severity. */
  static System.Logger.Level level(int severity) {
    for (System.Logger.Level level : System.Logger.Level.values()) {
      if (level.getSeverity() == severity) {
        return level;
      }
    }
    throw new IllegalArgumentException("no level has the severity " + severity);
  }
}
