package io.gilgamesh.internal;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that is used by one call after the other: of one thread, or of whichever takes it from
 * the pool.
 */
final class ExchangeBuffer {

  /** Bytes of payload that each has. */
  static final int PAYLOAD_BYTES = 16 * 1024;

  /** All that there are, to count them: threads end without giving theirs back. */
  private static final Set<ExchangeBuffer> ALL =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  final ByteBuffer bytes = Exchange.allocate(PAYLOAD_BYTES);
  final TextScratch scratch = new TextScratch();
  private long address;

  /** Whether a call uses it now. Only the thread that has it writes this. */
  boolean leased;

  /** Whether it is a thread's own, which the pool never sees again. */
  boolean owned;

  ExchangeBuffer() {
    ALL.add(this);
  }

  /** Gives the place in memory; the natives must be loaded. */
  long address() {
    long known = address;
    if (known == 0) {
      known = BufferNatives.address(bytes);
      address = known;
    }
    return known;
  }

  /** The call from Python whose answer the core still reads: its handles, its large buffer. */
  private @Nullable Exchange answered;

  void keep(Exchange call) {
    answered = call;
  }

  void forgetAnswer() {
    Exchange call = answered;
    answered = null;
    if (call != null) {
      call.forgetAnswer();
    }
  }

  void endLease() {
    leased = false;
    if (!owned) {
      ExchangePool.put(this);
    }
  }

  /** Bytes of all that are in use or kept for the next call. */
  static long allBytes() {
    return (long) ALL.size() * (Exchange.PAYLOAD + PAYLOAD_BYTES);
  }
}
