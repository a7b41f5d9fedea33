package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Contexts;
import io.gilgamesh.internal.OpenTransaction;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.Scripts;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.VirtualThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A scope in which Python runs, with variables of its own.
 *
 * <p>Usable by any thread, by several at once as far as Python's own GIL lets them. Each verb
 * attaches the thread for as long as it runs; {@link #begin} keeps it attached for many. Handles
 * made here live until they are closed, found dead by the collector, or the context is closed.
 */
public final class PythonContext implements PythonScope, AutoCloseable {

  private final PythonContextManager manager;
  private final ContextState state;
  private volatile @Nullable PythonObject globals;

  PythonContext(PythonContextManager manager, ContextState state) {
    this.manager = manager;
    this.state = state;
  }

  /**
   * Gives the name that it was opened by.
   *
   * @return the name
   */
  public String name() {
    return state.name();
  }

  /**
   * Gives the converters that this context uses before those of its Python.
   *
   * @return where to register them
   */
  public PythonConverters converters() {
    return new PythonConverters(state.converters());
  }

  // ---- transactions

  /**
   * Attaches this thread until the transaction is closed, waiting as long as it takes. To be used
   * in a try-with-resources statement, on a platform thread; virtual threads use {@link #transact}.
   *
   * @return the transaction, to be closed by this thread
   * @throws IllegalStateException if the context is closed, the thread is virtual or the JVM is
   *     exiting
   */
  public PythonTransaction begin() {
    return new PythonTransaction(this, OpenTransaction.begin(openState(), -1));
  }

  /**
   * Attaches this thread until the transaction is closed, if Python is free in time.
   *
   * @param limit how long to wait while another thread holds a transaction open; zero does not wait
   *     for it
   * @return the transaction, to be closed by this thread
   * @throws PythonTimeoutException if it was not free in time; it names the thread that held it
   * @throws IllegalArgumentException if the limit is negative
   * @throws IllegalStateException as {@link #begin()}
   */
  public PythonTransaction begin(Duration limit) {
    if (Parameters.required(limit, "limit").isNegative()) {
      throw new IllegalArgumentException("the limit is negative: " + limit);
    }
    return new PythonTransaction(this, OpenTransaction.begin(openState(), nanos(limit)));
  }

  private static long nanos(Duration limit) {
    boolean fits = limit.compareTo(Duration.ofNanos(Long.MAX_VALUE)) <= 0;
    return fits ? limit.toNanos() : -1;
  }

  /**
   * Runs a body in a transaction, on any thread. A virtual thread stays on its carrier meanwhile,
   * so let the body be short, or use {@link PythonTransaction#detached} around what blocks.
   *
   * @param <T> the result's type
   * @param body what to do; objects that it returns must be kept, see {@link PythonObject#keep}
   * @return what the body returns
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public <T extends @Nullable Object> T transact(
      Function<? super PythonTransaction, ? extends T> body) {
    Parameters.required(body, "body");
    return VirtualThreads.pinned(
        () -> {
          try (PythonTransaction transaction =
              new PythonTransaction(this, OpenTransaction.begin(openState(), -1))) {
            return body.apply(transaction);
          }
        });
  }

  // ---- jobs

  /**
   * Describes a job: code that is compiled once and run many times, by any threads, each run with
   * variables of its own. It does not see the variables of this context, whose interpreter and
   * converters it uses.
   *
   * @param code the statements of a run, as they would stand in a file
   * @return a builder
   */
  public PythonJob.Builder job(String code) {
    return new PythonJob.Builder(this, JobSource.of(Parameters.required(code, "code")));
  }

  /**
   * Describes a job whose code is a file, read once, as {@link #run} reads one. {@code __file__} is
   * its path in each run.
   *
   * @param file the file
   * @return a builder
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public PythonJob.Builder job(Path file) {
    return new PythonJob.Builder(this, JobSource.of(Parameters.required(file, "file")));
  }

  // ---- the end

  /**
   * Closes the context: its variables and all its handles are released, and its name is free again.
   * Closed already, it does nothing. Code of other threads that runs in it goes on to its end.
   */
  @Override
  public void close() {
    if (manager.forget(this)) {
      Contexts.close(state);
    }
  }

  ContextState state() {
    return state;
  }

  /** The state of an open context. */
  ContextState openState() {
    if (state.isClosed()) {
      throw StackTraces.trimmed(
          new IllegalStateException("context '" + state.name() + "' is closed"));
    }
    return state;
  }

  /** The dict of the variables. Two threads may make two handles of it at first; either serves. */
  PythonObject globals() {
    PythonObject known = globals;
    if (known == null) {
      known = Scripts.globals(state);
      globals = known;
    }
    return known;
  }

  /** Says the name and whether it is closed. */
  @Override
  public String toString() {
    return "PythonContext[" + state.name() + (state.isClosed() ? ", closed]" : "]");
  }
}
