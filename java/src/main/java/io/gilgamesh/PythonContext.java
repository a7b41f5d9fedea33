package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Contexts;
import io.gilgamesh.internal.Deadline;
import io.gilgamesh.internal.OpenTransaction;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.RunningCode;
import io.gilgamesh.internal.Scripts;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.StuckCode;
import io.gilgamesh.internal.VirtualThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
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
  private final ContextState state;
  private volatile @Nullable PythonObject globals;

  /** Those that are not shut down yet. */
  private final Set<PythonExecutor> executors = new CopyOnWriteArraySet<>();

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

  // ---- stopping code

  /**
   * Runs a body under a deadline: when time is up, the Python code that this thread runs in it gets
   * the exception {@code gilgamesh.DeadlineExceeded}, whatever context it is of, and a call that
   * begins later in the body fails at once. The deadline ends with the body: it never hits what
   * follows. Of several, one around the other, the earliest counts.
   *
   * <p>Python raises the exception between two bytecodes. Code that is in C then, such as a sleep,
   * gets it when it comes back, and this thread with it: {@link PythonExecutor#call} returns in
   * time whatever the code does. A virtual thread stays on its carrier meanwhile.
   *
   * @param <T> the result's type
   * @param limit the time from now
   * @param body what to run, on this thread
   * @return what the body returns
   * @throws PythonDeadlineException out of the call that was stopped or refused, unless the code
   *     caught it
   * @throws IllegalArgumentException if the limit is negative
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public <T extends @Nullable Object> T within(Duration limit, Supplier<? extends T> body) {
    Parameters.required(body, "body");
    openState();
    return Deadline.within(limit, body);
  }

  /**
   * Runs a body that gives nothing, as {@link #within(Duration, Supplier)}.
   *
   * @param limit the time from now
   * @param body what to run, on this thread
   * @throws PythonDeadlineException out of the call that was stopped or refused, unless the code
   *     caught it
   * @throws IllegalArgumentException if the limit is negative
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public void within(Duration limit, Runnable body) {
    Parameters.required(body, "body");
    this.<@Nullable Object>within(
        limit,
        () -> {
          body.run();
          return null;
        });
  }

  /**
   * Raises {@code gilgamesh.Interrupted} in the Python code that Java threads run in this context
   * at this moment, once in each: {@link PythonInterruptedException} in Java. A thread that runs
   * another context's code meanwhile, called from here, gets it when it is back. Threads that
   * Python code has started are its own affair. Any thread may call it; it waits for nobody, and
   * calls that begin later are not meant.
   *
   * @return in how many threads
   */
  public int interrupt() {
    return RunningCode.interrupt(state, RunningCode.byThisThread());
  }

  /**
   * Makes an executor whose tasks can be stopped: {@link java.util.concurrent.Future#cancel
   * cancel(true)} interrupts a task's Python code, and {@link PythonExecutor#call} returns when its
   * time is up. Its threads are daemons, made when they are needed.
   *
   * @param threads how many tasks may run at once
   * @return the executor, to be closed; closing the context shuts it down
   * @throws IllegalArgumentException if that is not at least 1
   * @throws IllegalStateException if the context is closed
   */
  public PythonExecutor executor(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("an executor needs at least one thread, not " + threads);
    }
    PythonExecutor executor = new PythonExecutor(openState(), threads, executors::remove);
    executors.add(executor);
    return executor;
  }

  /**
   * Describes code that goes on in this context although it was stopped a moment ago: it is stuck
   * in native code, or has caught the exception. The text names its threads, why they were stopped,
   * and where they are in Python and in Java. It takes up to a tenth of a second to find that out.
   *
   * @return the description, empty where nothing is stuck
   */
  public Optional<String> stuck() {
    return Optional.ofNullable(StuckCode.in(state));
  }

  // ---- the end

  /** How long a close waits for what runs in the context, where nothing else is said. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

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
      Contexts.close(List.of(state), limit);
    }
  }

  /** Gives up the name, for the one who closes it; whether that is the caller. */
  boolean leave() {
    executors.forEach(PythonExecutor::shutdown);
    return manager.forget(this);
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
