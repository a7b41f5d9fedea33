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

  /** A large answer of a call from Python, which the core reads before the buffer's next use. */
  @SuppressWarnings("unused") // it is only kept reachable
  private @Nullable ByteBuffer answer;

  void keep(ByteBuffer large) {
    answer = large;
  }

  /** The call from Python whose answer has handles, until the core has read them. */
  @SuppressWarnings("unused") // it is only kept reachable
  private @Nullable Exchange answered;

  void keep(@Nullable Exchange call) {
    answered = call;
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
