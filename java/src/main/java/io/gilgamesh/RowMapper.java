package io.gilgamesh;

import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.MappedRows;
import io.gilgamesh.internal.ObjectCalls;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.TypeForm;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a Python function maps, a batch in each crossing. What fails is thrown where its result
 * would have come, so nothing before it is lost. For one thread at a time.
 */
final class RowMapper<T> extends AbstractSpliterator<@Nullable T> {

  private final PythonObject function;
  private final Iterator<?> rows;
  private final TypeForm<T> form;
  private final int size;

  private List<@Nullable T> results = List.of();
  private int next;
  private long row;
  private @Nullable RuntimeException failure;

  RowMapper(PythonObject function, Iterator<?> rows, TypeForm<T> form, int size) {
    // Not SIZED, or a count of the results would run nothing and find no row that fails.
    super(Long.MAX_VALUE, ORDERED);
    this.function = function;
    this.rows = rows;
    this.form = form;
    this.size = size;
  }

  @Override
  public boolean tryAdvance(Consumer<? super @Nullable T> action) {
    if (next == results.size() && !fetch()) {
      return false;
    }
    row++;
    action.accept(results.get(next++));
    return true;
  }

  /** Maps the next rows; false at the end. */
  private boolean fetch() {
    RuntimeException raised = failure;
    if (raised != null) {
      failure = null;
      throw StackTraces.trimmed(raised);
    }
    List<@Nullable Object> batch = new ArrayList<>(Math.min(size, 1024));
    RuntimeException sourceFailure = take(batch);
    if (batch.isEmpty() && sourceFailure == null) {
      return false;
    }
    map(batch);
    failure = failure == null ? sourceFailure : failure;
    return next < results.size() || fetch();
  }

  /** Takes rows up to one that the source cannot give. */
  private @Nullable RuntimeException take(List<@Nullable Object> batch) {
    try {
      while (batch.size() < size && rows.hasNext()) {
        batch.add(rows.next());
      }
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private void map(List<@Nullable Object> batch) {
    next = 0;
    results = List.of();
    if (batch.isEmpty()) {
      return;
    }
    try (Exchange exchange = function.lease()) {
      RuntimeException unwritten = exchange.rows(batch);
      MappedRows<T> mapped =
          Calls.rows(exchange, ObjectCalls.mapRows(exchange, function.ref(), form), form);
      results = mapped.results();
      RuntimeException cause = mapped.failure() == null ? unwritten : mapped.failure();
      if (cause != null) {
        failure = new PythonRowException(row + results.size(), cause);
      }
    }
  }

  /** Rows are mapped in their order, by one thread. */
  @Override
  public @Nullable Spliterator<@Nullable T> trySplit() {
    return null;
  }
}
