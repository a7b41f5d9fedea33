package io.gilgamesh.internal;

import java.util.Arrays;

/**
 * The buffers of calls from Python, which the core numbers and leases: one for each call that runs
 * at the same time.
 */
final class UpcallBuffers {

  private static volatile ExchangeBuffer[] buffers = new ExchangeBuffer[8];

  private UpcallBuffers() {}

  /** Makes the buffer of a number; its address, or {@link Exchange#FAILED} without memory. */
  static synchronized long make(int number) {
    try {
      ExchangeBuffer[] all = buffers;
      if (number >= all.length) {
        all = Arrays.copyOf(all, Math.max(number + 1, 2 * all.length));
      }
      ExchangeBuffer made = new ExchangeBuffer();
      all[number] = made;
      buffers = all;
      return made.address();
    } catch (Throwable e) {
      return Exchange.FAILED;
    }
  }

  /** Lets go of what the last answer named, which the core has read; 0. */
  static long forget(int number) {
    get(number).forgetAnswer();
    return 0;
  }

  static ExchangeBuffer get(int number) {
    return buffers[number];
  }
}
