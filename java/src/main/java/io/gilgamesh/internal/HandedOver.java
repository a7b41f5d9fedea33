package io.gilgamesh.internal;

import java.util.Arrays;

/**
 * The Java objects of one request. The core takes them over in their order, as it reads the
 * request; those after the place where it stopped, because a value before them was refused, are
 * taken back when the call is over.
 */
final class HandedOver {

  private final long before = UpcallNatives.adopted();
  private long[] references = new long[4];
  private int count;

  void add(long reference) {
    if (count == references.length) {
      references = Arrays.copyOf(references, 2 * count);
    }
    references[count++] = reference;
  }

  void takeBackTheRest() {
    long adopted = Math.min(count, UpcallNatives.adopted() - before);
    HostTable.remove(references, (int) adopted, count);
  }
}
