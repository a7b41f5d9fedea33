package io.gilgamesh.upcalls;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/**
 * Calls from Java to Python to Java and on, each level by a way that a random number chooses.
 * Whatever the ways, the result is the number of levels.
 *
 * <p>The monitor of a level is taken before those of the levels below it, also by threads that
 * others wait for, so that a deadlock is never the storm's own.
 */
public final class Storm {

  static final int LEVELS = 8;

  private static final String CODE =
      """
      import threading

      def plain(storm, levels, seed):
        return storm.step(levels, seed)

      def in_thread(storm, levels, seed):
        result = []
        thread = threading.Thread(target=lambda: result.append(storm.step(levels, seed)))
        thread.start()
        thread.join()
        return result[0]

      def caught(storm, levels, seed):
        try:
          storm.fail(levels, seed)
        except Exception as error:
          return error.result()

      def failing(storm, levels, seed):
        storm.fail(levels, seed)

      def raising(storm, levels, seed):
        raise ValueError(storm.step(levels, seed))

      def passed(storm, levels, seed):
        try:
          storm.through(raising, levels, seed)
        except ValueError as error:
          return error.args[0]

      def applied(function, seed):
        return function(seed)

      def summed(storm, levels, seed):
        numbers = storm.ones(storm.step(levels, seed))
        return sum(one for one in numbers) if len(numbers) else 0
      """;

  /** What a level throws in place of its result. */
  public static final class Failed extends Exception {
    private static final long serialVersionUID = 1;
    private final long result;

    Failed(long result) {
      this.result = result;
    }

    public long result() {
      return result;
    }
  }

  /** How one level calls the next. */
  private enum Way {
    CALL,
    MONITOR,
    TRANSACTION,
    CONTEXT,
    PYTHON_THREAD,
    POOL_THREAD,
    LAMBDA,
    COLLECTION,
    CAUGHT_IN_PYTHON,
    CAUGHT_IN_JAVA,
    RAISED_TO_JAVA,
    PASSED_THROUGH_JAVA
  }

  private static final Way[] WAYS = Way.values();

  private final Python python;
  private final PythonContext context;
  private final Executor pool;
  private final Object[] monitors = new Object[LEVELS];
  private final AtomicLong opened = new AtomicLong();

  Storm(Python python, PythonContext context, Executor pool) {
    this.python = python;
    this.context = context;
    this.pool = pool;
    for (int i = 0; i < LEVELS; i++) {
      monitors[i] = new Object();
    }
    context.exec(CODE);
  }

  /** Goes each way once, so that what the bridge keeps of them is there. */
  void warmUp() throws Exception {
    for (Way way : WAYS) {
      go(way, 0, 0);
    }
  }

  public long step(int levels, long seed) throws Exception {
    if (levels == 0) {
      return 0;
    }
    SplittableRandom random = new SplittableRandom(seed);
    return 1 + go(WAYS[random.nextInt(WAYS.length)], levels - 1, random.nextLong());
  }

  private long go(Way way, int rest, long seed) throws Exception {
    return switch (way) {
      case CALL -> call("plain", rest, seed);
      case MONITOR -> locked(rest, seed);
      case TRANSACTION -> inTransaction(rest, seed);
      case CONTEXT -> inContext(rest, seed);
      case PYTHON_THREAD -> call("in_thread", rest, seed);
      case POOL_THREAD -> inPool(rest, seed);
      case LAMBDA -> byLambda(rest, seed);
      case COLLECTION -> call("summed", rest, seed);
      case CAUGHT_IN_PYTHON -> call("caught", rest, seed);
      case CAUGHT_IN_JAVA -> caught(rest, seed);
      case RAISED_TO_JAVA -> raised(rest, seed);
      case PASSED_THROUGH_JAVA -> call("passed", rest, seed);
    };
  }

  private long call(String function, int rest, long seed) {
    return context.callLong(function, this, rest, seed);
  }

  private long locked(int rest, long seed) {
    synchronized (monitors[rest]) {
      return call("plain", rest, seed);
    }
  }

  private long inTransaction(int rest, long seed) {
    try (PythonTransaction tx = context.begin()) {
      return tx.get("plain").applyLong(this, rest, seed);
    }
  }

  private long inContext(int rest, long seed) {
    try (PythonContext inner = python.contexts().open("inner " + opened.incrementAndGet())) {
      inner.exec("def plain(storm, levels, seed): return storm.step(levels, seed)");
      return inner.callLong("plain", this, rest, seed);
    }
  }

  private long inPool(int rest, long seed) {
    return CompletableFuture.supplyAsync(() -> call("plain", rest, seed), pool).join();
  }

  private long byLambda(int rest, long seed) {
    LongUnaryOperator next =
        other -> {
          try {
            return step(rest, other);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    return context.callLong("applied", next, seed);
  }

  private long caught(int rest, long seed) {
    try {
      return call("failing", rest, seed);
    } catch (PythonException e) {
      if (e.getCause() instanceof Failed failed) {
        return failed.result();
      }
      throw e;
    }
  }

  private long raised(int rest, long seed) {
    try {
      return call("raising", rest, seed);
    } catch (PythonException e) {
      if (!e.type().equals("ValueError")) {
        throw e;
      }
      try (PythonObject arguments = e.value().attr("args")) {
        return arguments.itemLong(0);
      }
    }
  }

  // ---- what Python calls beside

  public void fail(int levels, long seed) throws Exception {
    throw new Failed(step(levels, seed));
  }

  public Object through(PythonObject function, int levels, long seed) {
    return function.apply(this, levels, seed);
  }

  public List<Long> ones(int count) {
    return LongStream.range(0, count).map(i -> 1).boxed().toList();
  }
}
