package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import org.jspecify.annotations.Nullable;

/** Some elements of an iterator. */
public final class Batch {

  private static final byte MORE = 1;

  /** It ended with an error record. */
  static final byte RAISED = 2;

  private final @Nullable Object[] values;
  private final boolean more;
  private final @Nullable PythonObject iterator;
  private final @Nullable RuntimeException failure;

  private Batch(Reader from, Batches batches, boolean first) {
    int parts = batches.parts();
    values = new Object[from.readCount(parts) * parts];
    for (int i = 0; i < values.length; i++) {
      values[i] = batches.read(from, i);
    }
    byte end = from.readByte();
    more = end == MORE;
    iterator =
        more && first ? Calls.object(from.exchange, from.readLong(), Origin.ITERATOR, null) : null;
    failure = end == RAISED ? ErrorRecords.read(from) : null;
  }

  static Batch read(Reader from, Batches batches, boolean first) {
    return new Batch(from, batches, first);
  }

  /**
   * Gives the elements away.
   *
   * @return the elements, in order; key and value in turn where they are pairs
   */
  public @Nullable Object[] values() {
    return values;
  }

  /**
   * Tells whether the iterator may have further elements.
   *
   * @return whether to ask it again
   */
  public boolean more() {
    return more;
  }

  /**
   * Gives the iterator that was made by this very call.
   *
   * @return the iterator, null where it has no further elements or was there before
   */
  public @Nullable PythonObject iterator() {
    return iterator;
  }

  /**
   * Gives what the iterator raised after these elements.
   *
   * @return the exception to throw in the next one's place, null if nothing
   */
  public @Nullable RuntimeException failure() {
    return failure;
  }
}
