package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Contexts;
import io.gilgamesh.internal.Converters;
import io.gilgamesh.internal.Deadline;
import io.gilgamesh.internal.OpenTransaction;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.Scripts;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.VirtualThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A scope in which Python runs, with variables of its own.
 *
 * <p>Usable by any thread, by several at once as far as Python's own GIL lets them. Each verb
 * attaches the thread for as long as it runs; {@link #begin} keeps it attached for many. Handles
 * made here live until they are closed, found dead by the collector, or the context is closed.
 */
public final class PythonContext extends StopVerbs implements PythonScope, AutoCloseable {

  private final PythonContextManager manager;
  private final Isolation isolation;

  /** Another one after each reset. */
  private volatile ContextState state;

  private volatile @Nullable PythonObject globals;

  /** Held while the state changes, or is given up. */
  private final ReentrantLock changing = new ReentrantLock();

  private volatile boolean left;

  private PythonContext(PythonContextManager manager, Isolation isolation, ContextState state) {
    this.manager = manager;
    this.isolation = isolation;
    this.state = state;
  }

  static PythonContext open(
      PythonContextManager manager, String name, Isolation isolation, Converters converters) {
    ContextState opened = Contexts.open(isolation, name, new Converters(converters));
    PythonContext context = new PythonContext(manager, isolation, opened);
    opened.belongTo(context);
    return context;
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
   * Tells whether it shares an interpreter with others.
   *
   * @return what it was opened with
   */
  public Isolation isolation() {
    return isolation;
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

  /** How long a close or reset waits for what runs in the context, where nothing else is said. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /**
   * Makes the context as it was when it was opened: its variables are gone and its objects closed;
   * its name, its converters and the streams that were set for it stay. An isolated context gets a
   * clean interpreter, so its modules are gone too. Code of other threads that runs in it is waited
   * for and interrupted as by {@link #close()}.
   *
   * @throws IllegalStateException if the context is closed, or could not be opened again: then it
   *     is closed
   */
  public void reset() {
    changing.lock();
    try {
      ContextState former = openState();
      if (left) {
        throw closed();
      }
      former.markReset();
      // First, so that its interpreter may be the one that is taken next.
      Contexts.close(List.of(former), CLOSE_LIMIT, "reset");
      ContextState fresh = Contexts.open(isolation, former.name(), former.converters());
      fresh.belongTo(this);
      state = fresh;
      globals = null;
      setStreamsAgain();
    } finally {
      changing.unlock();
    }
    manager.listeners().reset(this);
  }

  /**
   * Closes the context: its variables and all its handles are released, and its name is free again.
   * Closed already, it does nothing. Code of other threads that runs in it has 5 seconds to come to
   * its end; see {@link #close(Duration)}.
   */
  @Override
  public void close() {
    close(CLOSE_LIMIT);
  }

  /**
   * Closes the context as {@link #close()} does, with another limit. What other threads run in it
   * is waited for that long and interrupted then; a moment later the context is closed, whatever
   * goes on in it, and the {@link System.Logger} {@code io.gilgamesh} says as a warning who was
   * interrupted and who is stuck. Calls that begin meanwhile are not waited for, nor are
   * transactions between two calls, nor the code that this very thread runs.
   *
   * @param limit how long to wait; zero interrupts at once
   * @throws IllegalArgumentException if the limit is negative
   */
  public void close(Duration limit) {
    Deadline.checked(limit);
    if (leave()) {
      Contexts.close(List.of(state), limit, "closed");
      manager.listeners().closed(this);
    }
  }

  /** Gives up the name, for the one who closes it, and refuses resets; whether it is the caller. */
  boolean leave() {
    shutDownExecutors();
    if (!manager.forget(this)) {
      return false;
    }
    changing.lock();
    try {
      left = true;
    } finally {
      changing.unlock();
    }
    return true;
  }

  @Override
  ContextState state() {
    return state;
  }

  PythonContextManager manager() {
    return manager;
  }

  /** The state of an open context. */
  @Override
  ContextState openState() {
    ContextState now = state;
    if (now.isClosed()) {
      throw closed();
    }
    return now;
  }

  private IllegalStateException closed() {
    return StackTraces.trimmed(
        new IllegalStateException("context '" + state.name() + "' is closed"));
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
