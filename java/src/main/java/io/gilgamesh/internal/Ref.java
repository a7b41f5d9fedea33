package io.gilgamesh.internal;

/**
 * The layout of a ref, Java's name for one owned Python reference: slot and generation, never a
 * pointer.
 *
 * <p>Bits 0 to 27 are the slot, 28 to 59 the generation, 60 says that the handle is managed, 61
 * names Python's None. Bit 63 never comes from the core: Java sets it in its own field when the
 * handle is closed, so that a closed object still knows which ref it had.
 */
public final class Ref {

  /** No ref. */
  public static final long ABSENT = 0;

  /** Python's None: no slot, never closed. */
  public static final long NONE = 1L << 61;

  /** The mark of a handle that lives until it is closed or found dead. */
  static final long MANAGED = 1L << 60;

  /** The mark that Java sets when it closes a handle. */
  public static final long CLOSED = 1L << 63;

  private static final int SLOT_MASK = (1 << 28) - 1;

  private Ref() {}

  /**
   * Tells whether a handle is managed.
   *
   * @param ref a ref
   * @return whether it lives until it is closed or found dead
   */
  public static boolean isManaged(long ref) {
    return (ref & MANAGED) != 0;
  }

  /**
   * Tells whether Java closed the handle.
   *
   * @param ref a ref as a handle's field holds it
   * @return whether it carries the mark of a closed one
   */
  public static boolean isClosed(long ref) {
    return ref < 0;
  }

  /**
   * Takes the mark of a closed ref off.
   *
   * @param ref a ref, marked or not
   * @return the ref as the core knows it
   */
  static long bare(long ref) {
    return ref & ~CLOSED;
  }

  static int slot(long ref) {
    return (int) ref & SLOT_MASK;
  }
}
