package io.gilgamesh.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The Java streams that Python code uses, by numbers. Python holds no Java object of a stream: a
 * number that was given up is refused, and no collector has to find out that it is.
 */
final class StreamTable {

  private static final ConcurrentHashMap<Long, JavaStream> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong(1);

  private StreamTable() {}

  static long put(JavaStream stream) {
    long number = NEXT.getAndIncrement();
    OPEN.put(number, stream);
    return number;
  }

  static @Nullable JavaStream find(long number) {
    return OPEN.get(number);
  }

  /** Gives a number up and flushes its stream; the stream itself stays its owner's. */
  static void remove(long number) {
    JavaStream stream = OPEN.remove(number);
    if (stream == null) {
      return;
    }
    try {
      stream.flush();
    } catch (Exception e) {
      failedAtEnd(e);
    }
  }

  /** Logs the failure of a stream where there is no write that could raise it. */
  static void failedAtEnd(Exception failure) {
    Log.warn("io.gilgamesh", "the last output of Python code could not be written", failure);
  }

  static int size() {
    return OPEN.size();
  }
}
