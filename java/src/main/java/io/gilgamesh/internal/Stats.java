package io.gilgamesh.internal;

/** Reads the core's counters. */
public final class Stats {

  private Stats() {}

  /**
   * Counts the Java objects that Python holds, those among them that it has just let go of.
   *
   * @return how many there are
   */
  public static long javaObjects() {
    return (long) HostTable.live() + StreamTable.size();
  }

  /**
   * Reads the counters. Never waits for the GIL.
   *
   * @return the counters, in the order of {@link StatsLayout}
   */
  public static long[] read() {
    try (Exchange exchange = Exchange.lease(null)) {
      long length = RuntimeNatives.stats(exchange.address());
      Object reply = Calls.value(exchange, length, Origin.VALUE, null);
      if (reply instanceof long[] counters && counters.length >= StatsLayout.COUNT) {
        return counters;
      }
      throw new IllegalStateException(
          "the native library and the Java classes are of different versions");
    }
  }
}
