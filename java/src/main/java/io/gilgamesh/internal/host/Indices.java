package io.gilgamesh.internal.host;

/** Python's indices: from the end where they are negative, {@code IndexError} beyond the ends. */
final class Indices {

  private Indices() {}

  static int checked(long index, int length, String what) {
    long position = index < 0 ? index + length : index;
    if (position < 0 || position >= length) {
      throw new HostCallException(
          HostCallException.Kind.INDEX, what + " index out of range: " + index + " of " + length);
    }
    return (int) position;
  }
}
