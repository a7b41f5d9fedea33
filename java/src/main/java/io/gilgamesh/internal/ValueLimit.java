package io.gilgamesh.internal;

/** How many bytes a value may take on its way, and what is said of one that takes more. */
public final class ValueLimit {

  /**
   * What a limit is at least: the buffer that each call has, in which smaller values go unasked.
   */
  public static final int SMALLEST = ExchangeBuffer.PAYLOAD_BYTES;

  /** What one buffer can hold. */
  static final int WIRE = Integer.MAX_VALUE - 8 - Exchange.PAYLOAD;

  private static int bytes = WIRE;

  private ValueLimit() {}

  /** Sets it, before Python starts. */
  static void set(long limit) {
    bytes = (int) Math.min(limit, WIRE);
  }

  static int bytes() {
    return bytes;
  }

  /** Refuses a request that would pass the limit. */
  static void check(long wanted) {
    if (wanted > bytes) {
      String size = "the value takes " + wanted + " bytes or more in transit, and ";
      throw new PathFailure(
          bytes < WIRE
              ? size
                  + ("PythonConfig's maxValueBytes allows " + bytes)
                  + ": raise that, or pass the value in parts"
              : size + bytes + " cross in one call: pass it in parts");
    }
  }

  static PathFailure noMemory(long wanted) {
    return new PathFailure(
        "there is no direct memory for the "
            + wanted
            + " bytes or more that the value takes in transit: raise -XX:MaxDirectMemorySize, or"
            + " pass the value in parts");
  }
}
