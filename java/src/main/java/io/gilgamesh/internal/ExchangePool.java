package io.gilgamesh.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The free exchanges: at most one a place, a place chosen by the thread's id, places on cache lines
 * of their own. A thread that finds its place empty makes an exchange, and one too many is left to
 * the collector, so threads that come by the thousand (virtual ones) never wait and never keep a
 * buffer each.
 */
final class ExchangePool {

  /** Bytes of payload that every exchange has without growing. */
  static final int PAYLOAD_BYTES = 16 * 1024;

  private static final int PLACES = 64;
  private static final int STRIDE = 16;
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Exchange[].class);
  private static final @Nullable Exchange[] FREE = new Exchange[PLACES * STRIDE];
  private static final AtomicLong BYTES = new AtomicLong();

  private ExchangePool() {}

  static Exchange take() {
    int place = ownPlace();
    Exchange free = FREE[place];
    if (free != null && PLACE.compareAndSet(FREE, place, free, null)) {
      return free;
    }
    Exchange made = new Exchange(PAYLOAD_BYTES);
    BYTES.addAndGet(made.homeBytes());
    return made;
  }

  static void put(Exchange exchange) {
    int place = ownPlace();
    if (FREE[place] != null || !PLACE.compareAndSet(FREE, place, null, exchange)) {
      BYTES.addAndGet(-exchange.homeBytes());
    }
  }

  /** Bytes of the exchanges that are leased or free. */
  static long bytes() {
    return BYTES.get();
  }

  private static int ownPlace() {
    return ((int) Thread.currentThread().getId() & (PLACES - 1)) * STRIDE;
  }
}
