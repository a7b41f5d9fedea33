package io.gilgamesh;

import io.gilgamesh.internal.Deadline;
import io.gilgamesh.internal.Log;
import io.gilgamesh.internal.Parameters;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number of contexts that are ready to be used, for servers: a request leases one, uses it alone
 * and gives it back.
 *
 * <pre>{@code
 * PythonContextPool pool =
 *     PythonContextPool.builder(python).size(4).startup("import rules").open();
 * ...
 * try (PythonLease lease = pool.lease(Duration.ofSeconds(2))) {
 *   return lease.context().callText("rules.decide", request);
 * }
 * }</pre>
 *
 * <p>Isolated contexts run in parallel, so the throughput of Python code grows with the processor's
 * cores. A context that comes back is reset and checked in the background; one that fails, or was
 * marked broken, is closed and replaced. All methods may be called by any thread.
 */
public final class PythonContextPool implements AutoCloseable {

  private static final String LOG = "io.gilgamesh";

  private final Settings settings;

  /** Makes contexts ready: as many threads as contexts, since these run in parallel. */
  private final ExecutorService workers;

  private final LeaseQueue queue;

  /** How a pool was built. */
  record Settings(
      PythonContextManager contexts,
      int size,
      Isolation isolation,
      String startup,
      PythonPoolReset reset,
      @Nullable String healthCheck) {}

  private PythonContextPool(Settings settings) {
    this.settings = settings;
    this.queue = new LeaseQueue(settings.size());
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            settings.size(),
            work -> {
              Thread thread = new Thread(work, "gilgamesh-pool-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to describe a pool.
   *
   * @param python whose contexts the pool opens; closing it closes them
   * @return a builder with the defaults
   */
  public static Builder builder(Python python) {
    return new Builder(Parameters.required(python, "python"));
  }

  // ---- open

  /** Opens one context at once, so that a script that fails is told, and the others beside. */
  private void fill() {
    queue.arrive(PooledContext.open(settings));
    for (int i = 1; i < settings.size(); i++) {
      workers.execute(this::openInBackground);
    }
  }

  private void openInBackground() {
    try {
      arrive(PooledContext.open(settings));
    } catch (RuntimeException | Error e) {
      queue.vacate();
      if (!queue.isClosed()) {
        Log.warn(LOG, "a context of a pool could not be opened; the next lease tries again", e);
      }
    }
  }

  private void arrive(PooledContext context) {
    if (!queue.arrive(context)) {
      context.close();
    }
  }

  // ---- lease

  /**
   * Leases a context, waiting for one to come back if need be.
   *
   * @param limit how long to wait; zero does not wait
   * @return the lease, to be closed
   * @throws PythonTimeoutException if none was free in time
   * @throws PythonException if a context was missing, and the start-up script failed in a new one
   * @throws IllegalArgumentException if the limit is negative
   * @throws IllegalStateException if the pool is closed, or the thread was interrupted while it
   *     waited: its interrupted status is set then
   */
  public PythonLease lease(Duration limit) {
    PooledContext found = queue.lease(Deadline.checked(limit));
    return new PythonLease(this, found == null ? openForLease() : found);
  }

  private PooledContext openForLease() {
    try {
      return PooledContext.open(settings);
    } catch (Throwable e) {
      queue.endLease();
      queue.vacate();
      throw e;
    }
  }

  // ---- return

  void giveBack(PooledContext returned, boolean broken) {
    queue.endLease();
    try {
      workers.execute(() -> makeReady(returned, broken));
    } catch (RejectedExecutionException e) {
      returned.close();
    }
  }

  private void makeReady(PooledContext returned, boolean broken) {
    if (!broken && !queue.isClosed() && isRefreshed(returned)) {
      arrive(returned);
      return;
    }
    try {
      returned.close();
    } catch (RuntimeException e) {
      Log.warn(LOG, "a broken context of a pool could not be closed", e);
    }
    if (queue.countReplaced()) {
      openInBackground();
    }
  }

  private boolean isRefreshed(PooledContext returned) {
    try {
      returned.refresh();
      return true;
    } catch (RuntimeException | Error e) {
      Log.warn(LOG, "a context of a pool is broken and is replaced", e);
      return false;
    }
  }

  // ---- facts and the end

  /**
   * Reads the counters.
   *
   * @return the counters of this moment
   */
  public PythonPoolStats stats() {
    return queue.stats();
  }

  /**
   * Closes the contexts that are not leased, and refuses further leases. Leased contexts are closed
   * when they come back. Closing again does nothing.
   */
  @Override
  public void close() {
    queue.close().forEach(PooledContext::close);
    workers.shutdown();
  }

  /** Describes a pool; its methods give the builder itself. */
  public static final class Builder {

    private final Python python;
    private int size = Runtime.getRuntime().availableProcessors();
    private Isolation isolation = Isolation.INTERPRETER;
    private String startup = "";
    private PythonPoolReset reset = PythonPoolReset.VARIABLES;
    private @Nullable String healthCheck;

    private Builder(Python python) {
      this.python = python;
    }

    /**
     * Sets how many contexts the pool has. The default is the number of processors.
     *
     * @param size at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder size(int size) {
      if (size < 1) {
        throw new IllegalArgumentException("a pool has at least one context, not " + size);
      }
      this.size = size;
      return this;
    }

    /**
     * Chooses the isolation of the contexts. The default is {@link Isolation#INTERPRETER}, which
     * runs in parallel; {@link Isolation#NAMESPACE} is for code with extension modules that refuse
     * that, and on CPython 3.11.
     *
     * @param isolation the isolation
     * @return this builder
     */
    public Builder isolation(Isolation isolation) {
      this.isolation = Parameters.required(isolation, "isolation");
      return this;
    }

    /**
     * Sets what each context runs once before it is leased, such as imports. The default is
     * nothing.
     *
     * @param code statements
     * @return this builder
     */
    public Builder startup(String code) {
      this.startup = Parameters.required(code, "code");
      return this;
    }

    /**
     * Chooses what is done between two leases. The default is {@link PythonPoolReset#VARIABLES}.
     *
     * @param reset what is done
     * @return this builder
     */
    public Builder reset(PythonPoolReset reset) {
      this.reset = Parameters.required(reset, "reset");
      return this;
    }

    /**
     * Sets what a context is asked when it came back and was reset. One for which it is not true,
     * or that raises an exception, is replaced. The default is not to ask.
     *
     * @param expression an expression that is true for a healthy context
     * @return this builder
     */
    public Builder healthCheck(String expression) {
      this.healthCheck = Parameters.required(expression, "expression");
      return this;
    }

    /**
     * Opens the pool: returns when one context is ready, while the others are made ready in the
     * background.
     *
     * @return the pool, to be closed
     * @throws PythonException if the start-up script raises an exception
     * @throws UnsupportedOperationException if isolated contexts are asked of a CPython older than
     *     3.12
     * @throws IllegalStateException if the Python is closed or the JVM is exiting
     */
    public PythonContextPool open() {
      PythonContextPool pool =
          new PythonContextPool(
              new Settings(python.contexts(), size, isolation, startup, reset, healthCheck));
      try {
        pool.fill();
        return pool;
      } catch (Throwable e) {
        pool.close();
        throw e;
      }
    }
  }
}
