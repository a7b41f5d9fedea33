package io.gilgamesh.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The free buffers of threads that have none of their own: at most one a place, a place chosen by
 * the thread's id, places on cache lines of their own. A thread that finds its place empty makes a
 * buffer, and one too many is left to the collector, so threads that come by the thousand (virtual
 * ones) never wait and never keep a buffer each.
 */
final class ExchangePool {

  private static final int PLACES = 64;
  private static final int STRIDE = 16;
  private static final VarHandle PLACE =
      MethodHandles.arrayElementVarHandle(ExchangeBuffer[].class);
  private static final @Nullable ExchangeBuffer[] FREE = new ExchangeBuffer[PLACES * STRIDE];

  private ExchangePool() {}

  static ExchangeBuffer take() {
    int place = ownPlace();
    ExchangeBuffer free = FREE[place];
    boolean taken = free != null && PLACE.compareAndSet(FREE, place, free, null);
    return taken ? free : new ExchangeBuffer();
  }

  static void put(ExchangeBuffer buffer) {
    int place = ownPlace();
    if (FREE[place] == null) {
      PLACE.compareAndSet(FREE, place, null, buffer);
    }
  }

  private static int ownPlace() {
    return ((int) Thread.currentThread().getId() & (PLACES - 1)) * STRIDE;
  }
}
