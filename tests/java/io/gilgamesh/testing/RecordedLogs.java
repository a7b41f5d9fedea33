package io.gilgamesh.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What was logged through System.Logger at WARNING and above: kept for tests, and printed, as child
 * JVMs need it.
 */
public final class RecordedLogs extends System.LoggerFinder {

  private static final System.Logger.Level LEAST =
      System.Logger.Level.valueOf(System.getProperty("gilgamesh.test.log", "WARNING"));
  private static final List<String> MESSAGES = new CopyOnWriteArrayList<>();
  private static final List<Entry> ENTRIES = new CopyOnWriteArrayList<>();
  private static final Map<String, System.Logger.Level> LEVELS = new ConcurrentHashMap<>();
  private static volatile Consumer<Entry> listener = entry -> {};

  /** A record as a logger got it. */
  public record Entry(System.Logger.Level level, String logger, String message, Throwable thrown) {}

  /** Gives a logger a level of its own. */
  public static void setLevel(String logger, System.Logger.Level level) {
    LEVELS.put(logger, level);
  }

  /** What loggers have got whose names begin so. */
  public static List<Entry> entries(String logger) {
    return ENTRIES.stream().filter(entry -> entry.logger().startsWith(logger)).toList();
  }

  /** Is called by whichever thread logs. */
  public static void listen(Consumer<Entry> other) {
    listener = other;
  }

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
      return level.getSeverity() >= LEVELS.getOrDefault(name, LEAST).getSeverity();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      if (isLoggable(level)) {
        MESSAGES.add(message);
        Entry entry = new Entry(level, name, message, thrown);
        ENTRIES.add(entry);
        listener.accept(entry);
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
