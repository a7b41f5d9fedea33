package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some elements of an iterator.
 *
 * @param elements the elements, in order
 * @param more whether the iterator may have further ones
 * @param failure what the iterator raised after them, null if nothing
 */
public record Batch(List<PythonObject> elements, boolean more, @Nullable RuntimeException failure) {

  private static final byte MORE = 1;
  private static final byte RAISED = 2;

  static Batch read(Reader from) {
    int count = from.readCount(8);
    List<PythonObject> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(Calls.object(from.exchange, from.readLong(), Origin.ELEMENT, null));
    }
    byte end = from.readByte();
    return new Batch(elements, end == MORE, end == RAISED ? ErrorRecords.read(from) : null);
  }
}
