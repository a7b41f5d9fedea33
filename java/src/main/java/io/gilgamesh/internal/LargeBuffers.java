package io.gilgamesh.internal;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The buffers of large requests: a few of moderate size are kept, since making one means zeroing
 * it.
 */
final class LargeBuffers {

  private static final int KEPT = 3;
  private static final int MAX_KEPT_BYTES = 10 << 20;
  private static final AtomicReferenceArray<ByteBuffer> FREE = new AtomicReferenceArray<>(KEPT);
  private static final AtomicLong BYTES = new AtomicLong();

  private LargeBuffers() {}

  static ByteBuffer take(int payload) {
    for (int i = 0; i < KEPT; i++) {
      ByteBuffer free = FREE.get(i);
      if (free != null
          && free.capacity() >= Exchange.PAYLOAD + payload
          && FREE.compareAndSet(i, free, null)) {
        return free;
      }
    }
    ByteBuffer made = Exchange.allocate(payload);
    BYTES.addAndGet(made.capacity());
    return made;
  }

  static void put(ByteBuffer buffer) {
    if (buffer.capacity() > MAX_KEPT_BYTES || !keep(buffer)) {
      BYTES.addAndGet(-buffer.capacity());
    }
  }

  /** Keeps a buffer in a free place, or in that of a smaller one, which costs less to make anew. */
  private static boolean keep(ByteBuffer buffer) {
    for (int i = 0; i < KEPT; i++) {
      if (FREE.compareAndSet(i, null, buffer)) {
        return true;
      }
    }
    for (int i = 0; i < KEPT; i++) {
      ByteBuffer smaller = FREE.get(i);
      if (smaller != null
          && smaller.capacity() < buffer.capacity()
          && FREE.compareAndSet(i, smaller, buffer)) {
        BYTES.addAndGet(-smaller.capacity());
        return true;
      }
    }
    return false;
  }

  /** Bytes of the buffers that are in use or kept. */
  static long bytes() {
    return BYTES.get();
  }
}
