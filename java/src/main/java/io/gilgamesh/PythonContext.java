package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.ContextStreams;
import io.gilgamesh.internal.Contexts;
import io.gilgamesh.internal.Converters;
import io.gilgamesh.internal.OpenTransaction;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.PythonLog;
import io.gilgamesh.internal.Scripts;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.StreamSet;
import io.gilgamesh.internal.VirtualThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private final Isolation isolation;

  /** Another one after each reset. */
  private volatile ContextState state;

  private volatile @Nullable PythonObject globals;
  private volatile @Nullable PythonStreams streams;
  private final ReentrantLock resetting = new ReentrantLock();

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

  // ---- output, input, logging

  /**
   * Says where the Python code of this context writes and what it reads, from now on. What it wrote
   * before goes where it was written. Threads that it starts from now on have the same streams.
   *
   * @param streams the streams; those that it does not name are the interpreter's own again
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public void setStreams(PythonStreams streams) {
    ContextStreams.set(openState(), Parameters.required(streams, "streams").set());
    this.streams = streams;
  }

  /**
   * Runs a body, in which the Python code that this thread runs in this context, and the Python
   * threads that it starts, have other streams. Such blocks nest: the innermost counts.
   *
   * @param streams the streams; those that it does not name stay as they are
   * @param body what to run, once, on this thread
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public void withStreams(PythonStreams streams, Runnable body) {
    Parameters.required(body, "body");
    this.<@Nullable Void>withStreams(streams, returning(body));
  }

  /**
   * Runs a body and gives its result, as {@link #withStreams(PythonStreams, Runnable)}.
   *
   * @param <T> the result's type
   * @param streams the streams; those that it does not name stay as they are
   * @param body what to run, once, on this thread
   * @return what the body returns
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public <T extends @Nullable Object> T withStreams(
      PythonStreams streams, Supplier<? extends T> body) {
    StreamSet set = Parameters.required(streams, "streams").set();
    return ContextStreams.with(openState(), set, Parameters.required(body, "body"));
  }

  /**
   * Runs a body and keeps what the Python code that this thread runs in this context meanwhile, and
   * the Python threads that it starts, write to stdout and stderr. Captures nest: the innermost
   * gets all. What other threads write goes on as before.
   *
   * @param body what to run, once, on this thread; what it throws is thrown, and the text is lost:
   *     {@link #withStreams} keeps it
   * @return the texts
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public PythonOutput<@Nullable Void> capture(Runnable body) {
    Parameters.required(body, "body");
    return this.<@Nullable Void>capture(returning(body));
  }

  /**
   * Runs a body and gives its result and what was written, as {@link #capture(Runnable)}.
   *
   * @param <T> the result's type
   * @param body what to run, once, on this thread
   * @return the result and the texts
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public <T extends @Nullable Object> PythonOutput<T> capture(Supplier<? extends T> body) {
    Parameters.required(body, "body");
    ContextStreams.Capture capture = new ContextStreams.Capture();
    T result = ContextStreams.<T>with(openState(), capture.streams(), body);
    return new PythonOutput<>(result, capture.out(), capture.err());
  }

  /**
   * Hands the records of Python's {@code logging} over to {@link System.Logger}, leaving Python's
   * levels as they are: its root logger begins at WARNING.
   *
   * @return what ends it, see {@link PythonLogging}
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public PythonLogging forwardLogging() {
    return new PythonLogging(PythonLog.begin(openState(), null));
  }

  /**
   * Hands the records of Python's {@code logging} over to {@link System.Logger}.
   *
   * @param least the level that Python's root logger gets meanwhile; then the level of the Java
   *     logger counts too
   * @return what ends it, see {@link PythonLogging}
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public PythonLogging forwardLogging(System.Logger.Level least) {
    return new PythonLogging(PythonLog.begin(openState(), Parameters.required(least, "least")));
  }

  private static Supplier<@Nullable Void> returning(Runnable body) {
    return () -> {
      body.run();
      return null;
    };
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
   * Makes the context as it was when it was opened: its variables are gone and its objects closed,
   * its name, converters and streams stay. An isolated context gets a clean interpreter, so its
   * modules are gone too. Code that runs in it goes on to its end, in what was there before.
   *
   * @throws IllegalStateException if the context is closed, or could not be opened again: then it
   *     is closed
   */
  public void reset() {
    resetting.lock();
    try {
      ContextState former = openState();
      // First, so that its interpreter may be the one that is taken next.
      Contexts.close(former);
      ContextState fresh = Contexts.open(isolation, former.name(), former.converters());
      fresh.belongTo(this);
      state = fresh;
      PythonStreams own = streams;
      if (own != null) {
        ContextStreams.set(fresh, own.set());
      }
      globals = null;
    } finally {
      resetting.unlock();
    }
    manager.listeners().reset(this);
  }

  /**
   * Closes the context: its variables and all its handles are released, and its name is free again.
   * Closed already, it does nothing. Code of other threads that runs in it goes on to its end.
   */
  @Override
  public void close() {
    if (!manager.forget(this)) {
      return;
    }
    resetting.lock();
    try {
      if (!state.isClosed()) {
        Contexts.close(state);
      }
    } finally {
      resetting.unlock();
    }
    manager.listeners().closed(this);
  }

  ContextState state() {
    return state;
  }

  PythonContextManager manager() {
    return manager;
  }

  /** The state of an open context. */
  ContextState openState() {
    ContextState state = this.state;
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
