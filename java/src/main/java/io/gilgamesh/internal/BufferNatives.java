package io.gilgamesh.internal;

import java.nio.ByteBuffer;

/** The natives on native memory. Implemented by {@code bridge-rs/jni}. */
public final class BufferNatives {

  private BufferNatives() {}

  /**
   * Views native memory as a direct buffer, without owning it.
   *
   * @param address where it begins
   * @param length in bytes
   * @return a direct buffer in big-endian order, as every new one
   */
  static native ByteBuffer view(long address, long length);

  /**
   * Frees a block that the core handed out.
   *
   * @param address where it begins
   * @param length in bytes
   */
  static native void free(long address, long length);

  /**
   * Tells where a direct buffer's memory begins.
   *
   * @param direct a direct buffer
   * @return its address
   */
  static native long address(ByteBuffer direct);
}
