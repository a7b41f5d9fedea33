package io.gilgamesh.internal;

/** Brings Java objects that died in Python back, in batches, on one daemon thread. */
final class HostReferences {

  private static final int BATCH = 256;

  private HostReferences() {}

  private static final class Running {
    static {
      Thread thread = new Thread(null, HostReferences::work, "gilgamesh-java-references", 0, false);
      thread.setDaemon(true);
      thread.start();
    }

    private Running() {}

    static void touch() {}
  }

  /** Starts the thread, once. */
  static void start() {
    Running.touch();
  }

  /** Works for ever: whatever fails, the next batch is tried again. */
  private static void work() {
    long[] dead = new long[BATCH];
    while (true) {
      try {
        HostTable.remove(dead, 0, UpcallNatives.awaitDead(dead));
      } catch (Throwable e) {
        Thread.onSpinWait();
      }
    }
  }
}
