package io.gilgamesh.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a function made of a batch of rows.
 *
 * @param <T> the results' type
 * @param results those of the first rows, in order
 * @param failure why the row after them failed, null if none did
 */
public record MappedRows<T>(List<@Nullable T> results, @Nullable RuntimeException failure) {

  /** Reads all, also behind a result that does not fit: there may be handles among them. */
  static <T> MappedRows<T> read(Reader from, TypeForm<T> form) {
    int count = from.readCount(1);
    List<@Nullable T> results = new ArrayList<>(count);
    RuntimeException failure = null;
    for (int i = 0; i < count; i++) {
      try {
        T result = form.read(from);
        if (failure == null) {
          results.add(result);
        }
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    boolean raised = from.readByte() == Batch.RAISED;
    RuntimeException after = raised ? ErrorRecords.read(from) : null;
    return new MappedRows<>(results, failure == null ? after : failure);
  }
}
