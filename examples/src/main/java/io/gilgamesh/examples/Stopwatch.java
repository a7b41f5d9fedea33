package io.gilgamesh.examples;

/** Prints how long each step took. */
final class Stopwatch {

  private long start = System.nanoTime();

  /** Says what was done since the last lap. */
  void lap(String done) {
    long now = System.nanoTime();
    System.out.printf("%6.2f s  %s%n", (now - start) / 1e9, done);
    start = System.nanoTime();
  }
}
