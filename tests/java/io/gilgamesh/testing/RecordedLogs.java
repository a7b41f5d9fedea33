package io.gilgamesh.testing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What was logged through System.Logger at WARNING and above: kept for tests, and printed, as child
 * JVMs need it.
 */
public final class RecordedLogs extends System.LoggerFinder {

  private static final System.Logger.Level LEAST =
      System.Logger.Level.valueOf(System.getProperty("gilgamesh.test.log", "WARNING"));
  private static final List<String> MESSAGES = new CopyOnWriteArrayList<>();

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Recorder(name);
  }

  /** Waits for a message with all of the parts. */
  public static String await(String... parts) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < end) {
      Optional<String> found = find(parts);
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(10);
    }
    throw new AssertionError("not logged: " + List.of(parts) + ", but " + MESSAGES);
  }

  public static Optional<String> find(String... parts) {
    return MESSAGES.stream()
        .filter(message -> List.of(parts).stream().allMatch(message::contains))
        .findFirst();
  }

  public static long count(String part) {
    return MESSAGES.stream().filter(message -> message.contains(part)).count();
  }

  private record Recorder(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= LEAST.getSeverity();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      if (isLoggable(level)) {
        MESSAGES.add(message);
        System.err.println(
            "["
                + level
                + "] "
                + name
                + ": "
                + message
                + (thrown == null ? "" : " (" + thrown + ")"));
      }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      log(level, bundle, format, (Throwable) null);
    }
  }
}
