package io.gilgamesh;

import io.gilgamesh.internal.Batch;
import io.gilgamesh.internal.Batches;
import io.gilgamesh.internal.ElementType;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.StackTraces;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an object, in batches of 16 at first and up to 256: the first crossing makes the
 * iterator and takes a batch. The iterator is closed at its end, so a pass leaves no handle behind.
 */
final class ViewCursor {

  private static final int FIRST_BATCH = 16;
  private static final int LAST_BATCH = 256;

  private final PythonObject object;
  private final Batches form;
  private @Nullable PythonObject iterator;
  private @Nullable Object[] batch = {};
  private int at;
  private int next;
  private int size = FIRST_BATCH;
  private boolean more = true;
  private @Nullable RuntimeException failure;

  ViewCursor(PythonObject object, Batches form) {
    this.object = object;
    this.form = form;
  }

  /**
   * All elements in one crossing, in their type; a step says where one stands that does not fit.
   */
  static @Nullable Object[] all(
      PythonObject object, ElementType<?> type, IntFunction<String> step) {
    ViewCursor cursor = new ViewCursor(object, Batches.of(type));
    cursor.fetch(Integer.MAX_VALUE);
    cursor.checkFailure();
    @Nullable Object[] elements = cursor.batch;
    for (int i = 0; i < elements.length; i++) {
      int index = i;
      elements[i] = type.of(elements[i], () -> step.apply(index));
    }
    return elements;
  }

  boolean hasNext() {
    while (next == batch.length && more) {
      fetch(size);
      size = Math.min(LAST_BATCH, 2 * size);
    }
    if (next < batch.length) {
      return true;
    }
    checkFailure();
    return false;
  }

  void advance() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    at = next;
    next += form.parts();
  }

  /** The element, or the key of a pair. */
  @Nullable Object first() {
    return batch[at];
  }

  /** The value of a pair. */
  @Nullable Object second() {
    return batch[at + 1];
  }

  /** Takes all that is left, since Python's iterator does not outlive a removal. */
  void takeRest() {
    if (more) {
      @Nullable Object[] left = Arrays.copyOfRange(batch, at, batch.length);
      int taken = next - at;
      fetch(Integer.MAX_VALUE);
      @Nullable Object[] joined = Arrays.copyOf(left, left.length + batch.length);
      System.arraycopy(batch, 0, joined, left.length, batch.length);
      batch = joined;
      at = 0;
      next = taken;
    }
  }

  private void fetch(int most) {
    more = false; // whatever goes wrong now, an iterator that raised is at its end
    Batch fetched = fetched(most);
    batch = fetched.values();
    next = 0;
    more = fetched.more();
    failure = fetched.failure();
    PythonObject source = iterator == null ? fetched.iterator() : iterator;
    iterator = source;
    if (!more && source != null) {
      source.close();
    }
  }

  private Batch fetched(int most) {
    PythonObject source = iterator;
    PythonObject asked = source == null ? object : source;
    try (Exchange exchange = asked.lease()) {
      return source == null
          ? form.first(exchange, asked.ref(), most)
          : form.next(exchange, asked.ref(), most);
    } catch (PythonException e) {
      throw told(e);
    }
  }

  private void checkFailure() {
    RuntimeException raised = failure;
    if (raised != null) {
      failure = null;
      throw told(raised);
    }
  }

  /** Python's own word that a collection has changed is Java's exception for it. */
  private static RuntimeException told(RuntimeException raised) {
    if (raised instanceof PythonException python
        && python.type().equals("RuntimeError")
        && Objects.toString(python.pythonMessage(), "").endsWith("during iteration")) {
      return StackTraces.trimmed(
          new ConcurrentModificationException(python.pythonMessage(), python));
    }
    return raised;
  }
}
