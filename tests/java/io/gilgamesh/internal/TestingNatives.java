package io.gilgamesh.internal;

/** The natives of test builds of the bridge; registered by them alone. */
final class TestingNatives {

  /** The next entry panics. */
  static final long PANIC = 1;

  /** A Python exception is raised in it, where it is attached. */
  static final long EXCEPTION = 2;

  /** It meets a handle that was closed. */
  static final long STALE = 3;

  /** It finds that it cannot be done now. */
  static final long STATE = 4;

  /** A Python exception is raised in it, and telling of that panics. */
  static final long PANIC_IN_RECORD = 5;

  private TestingNatives() {}

  /**
   * Lets the next entry of this thread fail.
   *
   * @param how one of the kinds above; 0 takes the last request back
   * @return 0
   */
  static native long provoke(long how);
}
