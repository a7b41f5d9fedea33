package io.gilgamesh.internal.host;

import java.util.Arrays;

/** Few things that are looked through, the latest last. */
final class Recent {

  private static final int MOST = 16;

  private Recent() {}

  /** The same things and another; the oldest is forgotten where they are too many. */
  static <T> T[] with(T[] before, T one) {
    int kept = Math.min(before.length, MOST - 1);
    T[] after = Arrays.copyOfRange(before, before.length - kept, before.length + 1);
    after[kept] = one;
    return after;
  }
}
