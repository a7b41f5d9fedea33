package io.gilgamesh;

import io.gilgamesh.internal.Deadline;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.RunningCode;
import io.gilgamesh.internal.StuckCode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The verbs of {@link PythonContext} that stop code. */
abstract class StopVerbs extends OutputVerbs {

  /** Those that are not shut down yet. */
  private final Set<PythonExecutor> executors = new CopyOnWriteArraySet<>();

  StopVerbs() {}

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
    return RunningCode.interrupt(state(), RunningCode.byThisThread());
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
    return Optional.ofNullable(StuckCode.in(state()));
  }

  final void shutDownExecutors() {
    executors.forEach(PythonExecutor::shutdown);
  }
}
