package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Deadline;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.StoppableTasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads for tasks that run Python and can be stopped; made by {@link PythonContext#executor}.
 *
 * <p>{@link java.util.concurrent.Future#cancel cancel(true)} of a task interrupts its Python code,
 * whatever context that is of, by {@code gilgamesh.Interrupted}, and its Java code by the thread's
 * flag. {@link #call} returns when its time is up. A task that was stopped and does not come out
 * keeps its thread, which is stuck in native code most likely; another thread takes its place until
 * it does, so the executor goes on. All methods may be called by any thread; results that are
 * Python objects live as those that are made outside of transactions.
 *
 * <p>Apart from that it is an executor as the JDK's are: as many threads as were asked for, tasks
 * in the order of their submission, an unlimited queue.
 */
public final class PythonExecutor extends AbstractExecutorService implements AutoCloseable {

  private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);

  private final StoppableTasks tasks;

  PythonExecutor(ContextState context, int threads, Consumer<PythonExecutor> terminated) {
    this.tasks = new StoppableTasks(context, threads, () -> terminated.accept(this));
  }

  /**
   * Runs a body on one of the threads and returns its result, or throws in time. The time counts
   * from now, so it includes the wait for a free thread; what the code does between the deadline
   * and its end has a quarter of a second more.
   *
   * @param <T> the result's type
   * @param limit how long the body may take
   * @param body what to run
   * @return what the body returns
   * @throws PythonStuckException if the time was up and the code did not stop
   * @throws PythonDeadlineException if the time was up and the code was stopped, or had not begun
   * @throws PythonInterruptedException if this thread was interrupted while it waited, which it
   *     still is then; the body is stopped too
   * @throws java.util.concurrent.CompletionException if the body threw a checked exception, its
   *     cause; others are thrown as they are
   * @throws java.util.concurrent.RejectedExecutionException if the executor is shut down
   * @throws IllegalArgumentException if the limit is negative
   */
  public <T extends @Nullable Object> T call(Duration limit, Callable<T> body) {
    return tasks.call(Deadline.checked(limit), Parameters.required(body, "body"));
  }

  /**
   * Runs a body that gives nothing, as {@link #call(Duration, Callable)}.
   *
   * @param limit how long the body may take
   * @param body what to run
   * @throws PythonStuckException if the time was up and the code did not stop
   * @throws PythonDeadlineException if the time was up and the code was stopped, or had not begun
   * @throws PythonInterruptedException if this thread was interrupted while it waited
   * @throws java.util.concurrent.RejectedExecutionException if the executor is shut down
   * @throws IllegalArgumentException if the limit is negative
   */
  public void call(Duration limit, Runnable body) {
    call(limit, Executors.callable(Parameters.required(body, "body")));
  }

  @Override
  public void execute(Runnable command) {
    tasks.execute(Parameters.required(command, "command"));
  }

  @Override
  protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> callable) {
    return tasks.task(callable);
  }

  @Override
  protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
    return tasks.task(Executors.callable(runnable, value));
  }

  /** Takes no more tasks; those that were given are run. */
  @Override
  public void shutdown() {
    tasks.pool().shutdown();
  }

  /**
   * Takes no more tasks, and interrupts those that run, their Python code too.
   *
   * @return those that had not begun
   */
  @Override
  public List<Runnable> shutdownNow() {
    return tasks.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return tasks.pool().isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return tasks.pool().isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return tasks.pool().awaitTermination(timeout, unit);
  }

  /**
   * Takes no more tasks and waits for those that were given, however long they take. Where this
   * thread is interrupted meanwhile, the tasks are interrupted too and waited for a moment longer.
   */
  @Override
  public void close() {
    shutdown();
    try {
      awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      shutdownNow();
      awaitBriefly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitBriefly() {
    try {
      awaitTermination(AFTER_INTERRUPT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
