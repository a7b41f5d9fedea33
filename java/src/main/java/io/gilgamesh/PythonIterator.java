package io.gilgamesh;

import io.gilgamesh.internal.Batch;
import io.gilgamesh.internal.Batches;
import io.gilgamesh.internal.Exchange;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An iteration over a Python object. Elements cross in batches of 16 at first and up to 256, so a
 * generator runs ahead of its consumer by as much. What it raises is thrown where its next element
 * would have come. For one thread at a time.
 *
 * <p>Closing early ends a generator, whose {@code finally} runs, and closes the elements that were
 * not taken. An iteration that went to its end has nothing to close.
 */
public final class PythonIterator implements Iterator<PythonObject>, AutoCloseable {

  private static final int FIRST_BATCH = 16;
  private static final int LAST_BATCH = 256;

  private final PythonObject source;
  private @Nullable Object[] batch = {};
  private int next;
  private int size = FIRST_BATCH;
  private boolean more = true;
  private @Nullable RuntimeException failure;

  PythonIterator(PythonObject source) {
    this.source = source;
  }

  /**
   * Tells whether there is another element, which may take one from Python.
   *
   * @return whether {@link #next} gives one
   * @throws PythonException if the iterator raises
   * @throws IllegalStateException if the transaction of the iteration has ended, or its context is
   *     closed
   */
  @Override
  public boolean hasNext() {
    while (next == batch.length && more) {
      fetch();
    }
    if (next < batch.length) {
      return true;
    }
    RuntimeException raised = failure;
    if (raised != null) {
      failure = null;
      throw raised;
    }
    return false;
  }

  /**
   * Gives the next element.
   *
   * @return a handle of its own
   * @throws NoSuchElementException if there is none
   * @throws PythonException if the iterator raises
   */
  @Override
  public PythonObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return (PythonObject) Objects.requireNonNull(batch[next++], "an element is a handle");
  }

  private void fetch() {
    more = false; // whatever goes wrong now, an iterator that raised is at its end
    try (Exchange exchange = source.lease()) {
      Batch fetched = Batches.ELEMENTS.next(exchange, source.ref(), size);
      batch = fetched.values();
      next = 0;
      more = fetched.more();
      failure = fetched.failure();
    }
    size = Math.min(LAST_BATCH, 2 * size);
    if (!more) {
      source.close();
    }
  }

  /** Ends the iteration. Closing again does nothing. */
  @Override
  public void close() {
    while (next < batch.length) {
      next().close();
    }
    failure = null;
    if (more) {
      more = false;
      closeSource();
    }
  }

  /**
   * Other iterators, a file for one, are not closed by leaving a loop over them in Python either.
   */
  private void closeSource() {
    try (PythonObject ending = source) {
      if (!ending.isClosed() && ending.typeName().equals("generator")) {
        ending.call("close").close();
      }
    }
  }
}
