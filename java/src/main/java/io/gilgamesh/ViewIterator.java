package io.gilgamesh;

import io.gilgamesh.internal.Batches;
import java.util.ConcurrentModificationException;
import java.util.Iterator;

/**
 * An iterator of a view. It sees changes that the view has made since; those that Python made are
 * seen by Python's own iterator, at the next batch.
 *
 * @param <T> what it gives
 */
abstract class ViewIterator<T> implements Iterator<T> {

  final ViewCursor cursor;
  private int expected;
  private boolean removable;

  ViewIterator(Viewed viewed, Batches form, int changes) {
    this.cursor = new ViewCursor(viewed.object, form);
    this.expected = changes;
  }

  /** How often the view has changed the size of what it shows. */
  abstract int changes();

  /** The element that the cursor is on. */
  abstract T current();

  /** Removes it from the object, and counts that as a change. */
  abstract void removeCurrent();

  @Override
  public final boolean hasNext() {
    return cursor.hasNext();
  }

  @Override
  public final T next() {
    checkChanges();
    cursor.advance();
    removable = true;
    return current();
  }

  @Override
  public final void remove() {
    if (!removable) {
      throw new IllegalStateException("remove() needs a call of next() before it, one for each");
    }
    checkChanges();
    cursor.takeRest();
    removeCurrent();
    removable = false;
    expected = changes();
  }

  private void checkChanges() {
    if (changes() != expected) {
      throw new ConcurrentModificationException("the view was changed during this iteration");
    }
  }

  /** For an element that is not there any more. */
  static ConcurrentModificationException gone() {
    return new ConcurrentModificationException(
        "the element to remove is no longer there, or is not equal to itself");
  }
}
