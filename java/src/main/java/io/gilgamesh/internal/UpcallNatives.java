package io.gilgamesh.internal;

/** The natives behind calls from Python. Implemented by {@code bridge-rs/jni}. */
final class UpcallNatives {

  private UpcallNatives() {}

  /**
   * Waits until Python has let go of Java objects.
   *
   * @param references where their references go
   * @return how many there are
   */
  static native int awaitDead(long[] references);

  /**
   * Counts the references that requests of this thread have handed over so far.
   *
   * @return their number since the thread's first call
   */
  static native long adopted();

  /**
   * Puts a faster way to {@link Upcalls#enter} in the place of the first one.
   *
   * @param stub the address of a function with the same parameters, which lives for ever
   */
  static native void replaceEntry(long stub);
}
