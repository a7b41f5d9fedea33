package io.gilgamesh.internal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of an executor and the tasks that they run. A thread whose task was stopped and does
 * not come out is given up: another one takes its place until it does.
 */
public final class StoppableTasks {

  private final ContextState context;
  private final int threads;
  private final ThreadPoolExecutor pool;
  private final Set<StoppableTask<?>> running = ConcurrentHashMap.newKeySet();

  /** How many threads are given up now. */
  private int givenUp;

  /** Why everything is to be stopped, once it is. */
  private volatile @Nullable String end;

  /**
   * Makes threads when they are needed.
   *
   * @param context what they are named after, and where code that is stuck is looked for
   * @param threads how many tasks may run at once
   * @param terminated what to do when all has come to its end
   */
  public StoppableTasks(ContextState context, int threads, Runnable terminated) {
    this.context = context;
    this.threads = threads;
    this.pool = new Pool(threads, new Workers(context.name()), terminated);
  }

  /** Says when it is over. */
  private static final class Pool extends ThreadPoolExecutor {
    private final Runnable terminated;

    Pool(int threads, ThreadFactory workers, Runnable terminated) {
      super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), workers);
      this.terminated = terminated;
    }

    @Override
    protected void terminated() {
      terminated.run();
    }
  }

  /** Makes daemons with names. */
  private static final class Workers implements ThreadFactory {
    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    Workers(String name) {
      this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
      String full = "gilgamesh-" + name + "-" + count.incrementAndGet();
      Thread worker = new Thread(null, work, full, 0, false);
      worker.setDaemon(true);
      return worker;
    }
  }

  /**
   * Gives the JDK's executor that has the threads.
   *
   * @return what tells how far it is
   */
  public ThreadPoolExecutor pool() {
    return pool;
  }

  /**
   * Makes a task.
   *
   * @param <T> the result's type
   * @param body what it does
   * @return the task, to be executed
   */
  public <T extends @Nullable Object> StoppableTask<T> task(Callable<T> body) {
    return new StoppableTask<>(this, body);
  }

  /**
   * Runs a task, when there is a thread for it.
   *
   * @param task one of {@link #task}, or any other
   */
  public void execute(Runnable task) {
    pool.execute(
        task instanceof StoppableTask<?> ? task : new StoppableTask<@Nullable Object>(this, task));
  }

  // ---- a call with a deadline

  /**
   * Runs a body and waits for it as long as is allowed.
   *
   * @param <T> the result's type
   * @param limit the time from now
   * @param body what to run
   * @return its result
   */
  public <T extends @Nullable Object> T call(Duration limit, Callable<T> body) {
    StoppableTask<T> task = task(body);
    execute(task);
    try {
      if (!isDone(task, limit)) {
        stop(task, Deadline.reason(limit));
      }
      return task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw ApiBridge.get()
          .interrupted(Threads.current() + " was interrupted while it waited for Python code");
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
  }

  private static boolean isDone(StoppableTask<?> task, Duration limit) throws InterruptedException {
    try {
      task.get(Deadline.nanos(limit), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /** Returns when the task has come to its end, throws where it does not or never began. */
  private void stop(StoppableTask<?> task, String reason) throws InterruptedException {
    if (pool.remove(task)) {
      String busy = threads == 1 ? "the thread is" : "all " + threads + " threads are";
      throw ApiBridge.get()
          .deadline(reason + " before the task began: " + busy + " busy with others");
    }
    task.stop(StopScope.DEADLINE, reason);
    if (!isDone(task, RunningCode.GRACE)) {
      throw stuck(task, reason);
    }
  }

  private RuntimeException stuck(StoppableTask<?> task, String reason) {
    giveUp(task);
    Thread runner = task.runner();
    if (runner == null) {
      return ApiBridge.get().deadline(reason); // it came out at this moment
    }
    StuckCode code = StuckCode.of(context, runner);
    String message = reason + " and " + Threads.name(runner) + " does not stop: " + code.text();
    return ApiBridge.get().stuck(message, code.frames());
  }

  private static RuntimeException unchecked(@Nullable Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException exception
        ? exception
        : new CompletionException(thrown);
  }

  // ---- what the tasks tell

  void begun(StoppableTask<?> task) {
    running.add(task);
    String why = end;
    if (why != null) {
      task.stop(StopScope.INTERRUPT, why);
    }
  }

  void ended(StoppableTask<?> task) {
    running.remove(task);
    if (task.wasGivenUp()) {
      resize(-1);
    }
  }

  /** Another thread is made where this task's one does not come out soon. */
  void stopped(StoppableTask<?> task) {
    Deadline.later(() -> giveUp(task), RunningCode.GRACE);
  }

  private void giveUp(StoppableTask<?> task) {
    if (task.giveUp()) {
      resize(1);
    }
  }

  private synchronized void resize(int more) {
    givenUp += more;
    int size = threads + Math.max(0, givenUp);
    if (size > pool.getMaximumPoolSize()) {
      pool.setMaximumPoolSize(size);
      pool.setCorePoolSize(size);
    } else {
      pool.setCorePoolSize(size);
      pool.setMaximumPoolSize(size);
    }
  }

  // ---- the end

  /**
   * Takes no more tasks and interrupts those that run.
   *
   * @return those that had not begun
   */
  public List<Runnable> shutdownNow() {
    String why = "the executor was shut down by " + Threads.current();
    end = why;
    List<Runnable> waiting = pool.shutdownNow();
    running.forEach(task -> task.stop(StopScope.INTERRUPT, why));
    return waiting.stream()
        .map(task -> task instanceof StoppableTask<?> own ? own.executed() : task)
        .toList();
  }
}
