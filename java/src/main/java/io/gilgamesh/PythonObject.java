package io.gilgamesh;

import io.gilgamesh.internal.ApiBridge;
import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.Inspect;
import io.gilgamesh.internal.ObjectCalls;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.TypeForm;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A Python object held by Java, through a handle that is checked at each use.
 *
 * <p>Made inside a transaction, a handle ends with it, unless {@link #keep} is called. Made
 * outside, it lives until it is closed or its Java object is collected. Two handles may name one
 * Python object, and closing one never breaks the other; {@link #isSame} tells, while {@code
 * equals} and {@code hashCode} are identity of the Java object. For Python's {@code ==} see {@link
 * #pyEquals}.
 *
 * <p>All verbs may be called from any thread. Outside a transaction each attaches the thread for
 * itself.
 *
 * <p>Arguments are null, Booleans, numbers, texts, arrays, collections, maps, {@link PythonTuple}s
 * and PythonObjects, nested as may be; keyword arguments come last, as {@link PythonKwargs}.
 */
public final class PythonObject extends FacadeVerbs implements Iterable<PythonObject> {

  private static final int ROWS_OF_A_BATCH = 4096;

  static {
    ApiBridge.install(new ApiAccess());
  }

  PythonObject(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  /**
   * Iterates, in batches. Close the iterator where the loop may end early.
   *
   * @return an iterator of handles
   * @throws PythonException if this cannot be iterated
   * @throws IllegalStateException if this handle or the context is closed
   */
  @Override
  public PythonIterator iterator() {
    return new PythonIterator(inspectObject(Inspect.ITERATOR, Origin.ITERATOR));
  }

  /**
   * Iterates as a stream, in batches. Close the stream where it may end early.
   *
   * @return a sequential stream of handles
   * @throws PythonException if this cannot be iterated
   * @throws IllegalStateException if this handle or the context is closed
   */
  public Stream<PythonObject> stream() {
    PythonIterator elements = iterator();
    Spliterator<PythonObject> split =
        Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED);
    return StreamSupport.stream(split, false).onClose(elements::close);
  }

  /**
   * Calls this function with each row, {@value #ROWS_OF_A_BATCH} rows in each crossing.
   *
   * @param <T> the results' type
   * @param rows any values, each the function's one argument
   * @param target what the results shall be, as for {@link #to(Class)}
   * @return the results as a stream in the order of the rows, mapped a batch ahead of who takes
   *     them, on the thread that takes them; closing it closes the rows
   * @throws PythonRowException from the stream, where the result of a row that fails would come
   * @throws IllegalStateException from the stream, if this handle or the context is closed
   */
  public <T> Stream<@Nullable T> mapRows(Stream<?> rows, Class<T> target) {
    return mapRows(rows, target, ROWS_OF_A_BATCH);
  }

  /**
   * Calls this function with each row, a batch of rows in each crossing.
   *
   * @param <T> the results' type
   * @param rows any values, each the function's one argument
   * @param target what the results shall be, as for {@link #to(Class)}
   * @param batch how many rows cross at once; more than some thousands gain nothing
   * @return as {@link #mapRows(Stream, Class)}
   * @throws IllegalArgumentException if the batch is not positive
   */
  public <T> Stream<@Nullable T> mapRows(Stream<?> rows, Class<T> target, int batch) {
    return mapped(rows, TypeForm.of(context, target), batch);
  }

  /**
   * Calls this function with each row, a batch of rows in each crossing.
   *
   * @param <T> the results' type
   * @param rows any values, each the function's one argument
   * @param target what the results shall be, as for {@link #to(TypeRef)}
   * @param batch how many rows cross at once; more than some thousands gain nothing
   * @return as {@link #mapRows(Stream, Class)}
   * @throws IllegalArgumentException if the batch is not positive
   */
  public <T> Stream<@Nullable T> mapRows(Stream<?> rows, TypeRef<T> target, int batch) {
    return mapped(rows, TypeForm.of(context, target), batch);
  }

  private <T> Stream<@Nullable T> mapped(Stream<?> rows, TypeForm<T> form, int batch) {
    Parameters.required(rows, "rows");
    if (batch <= 0) {
      throw new IllegalArgumentException("the batch is not positive: " + batch);
    }
    RowMapper<T> mapper = new RowMapper<>(this, rows.iterator(), form, batch);
    return StreamSupport.stream(mapper, false).onClose(rows::close);
  }

  /**
   * Runs a body inside Python's {@code with} on this object: {@code __enter__} before it, {@code
   * __exit__} after it, with the body's exception if it throws one: what Python raised as that,
   * what Java threw as the Java exception.
   *
   * @param <T> the body's result
   * @param body takes what {@code __enter__} gave
   * @return the body's result, null where {@code __exit__} swallowed the body's exception
   * @throws PythonException if entering or leaving raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <T> @Nullable T with(Function<? super PythonObject, ? extends T> body) {
    Parameters.required(body, "body");
    PythonObject entered = call("__enter__");
    T result;
    try {
      result = body.apply(entered);
    } catch (Throwable e) {
      if (swallowed(e)) {
        return null;
      }
      throw e;
    }
    exit(null);
    return result;
  }

  /**
   * Runs a body without a result inside Python's {@code with}, as {@link #with} does.
   *
   * @param body takes what {@code __enter__} gave
   * @throws PythonException if entering or leaving raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public void use(Consumer<? super PythonObject> body) {
    Parameters.required(body, "body");
    with(
        entered -> {
          body.accept(entered);
          return Boolean.TRUE;
        });
  }

  private boolean swallowed(Throwable thrown) {
    try {
      return exit(thrown);
    } catch (RuntimeException e) {
      e.addSuppressed(thrown);
      throw e;
    }
  }

  private boolean exit(@Nullable Throwable thrown) {
    try (Exchange exchange = lease()) {
      exchange.value(thrown == null ? null : raised(thrown));
      return Calls.truth(exchange, ObjectCalls.exit(exchange, ref()));
    }
  }

  /** What an exception is in Python. */
  private static Object raised(Throwable thrown) {
    PythonObject live = thrown instanceof PythonException python ? python.liveValue() : null;
    return live == null ? JavaObject.of(thrown) : live;
  }
}
