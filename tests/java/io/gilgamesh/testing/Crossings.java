package io.gilgamesh.testing;

import io.gilgamesh.Python;

/** Counts how often a piece of work crosses to Python. */
public final class Crossings {

  private static final int TRIES = 5;

  private Crossings() {}

  /**
   * How often a piece of work attaches, which outside of a transaction each crossing does once. The
   * bridge's own threads attach too, now and then: the least of some tries is what the work does.
   */
  public static long of(Python python, Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long before = python.stats().attaches();
      work.run();
      least = Math.min(least, python.stats().attaches() - before);
    }
    return least;
  }
}
