package io.gilgamesh.internal;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonInternalError;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Lets each native method fail in each way, and looks at what is left: the exception, the thread,
 * the handles and buffers, the next call. Runs in a JVM of its own, on a test build of the bridge;
 * prints a line for each case, "name: ok" or "name: what is wrong".
 */
final class EveryEntry {

  private static final Map<Long, Class<?>> THROWN =
      Map.of(
          TestingNatives.PANIC, PythonInternalError.class,
          TestingNatives.EXCEPTION, PythonException.class,
          TestingNatives.STALE, IllegalStateException.class,
          TestingNatives.STATE, IllegalStateException.class,
          TestingNatives.PANIC_IN_RECORD, PythonInternalError.class);

  private static final Map<Long, String> MESSAGES =
      Map.of(
          TestingNatives.PANIC, "a test asked for this panic",
          TestingNatives.EXCEPTION, "RuntimeError: a test asked for this exception",
          TestingNatives.STALE, "a Python object among the arguments is closed",
          TestingNatives.STATE, "a test asked for this failure",
          TestingNatives.PANIC_IN_RECORD, "a test asked for this panic");

  private final PythonContext context;
  private final ContextState state;

  private EveryEntry(PythonContext context) {
    this.context = context;
    try (PythonObject any = context.eval("object()")) {
      this.state = ApiBridge.get().context(any);
    }
  }

  public static void main(String[] args) {
    Python python = Python.start();
    EveryEntry every = new EveryEntry(python.contexts().open("every entry"));
    LifeCases life = new LifeCases(every.context, every.state);
    ObjectCases objects = new ObjectCases(every.context, every.state);
    Stream.of(objects.all(), life.all(), life.last()).flatMap(s -> s).forEach(every::report);
  }

  private void report(NativeCase one) {
    String found;
    try {
      found = one.isFallible() ? checkAll(one) : checkWorks(one);
    } catch (Throwable e) {
      found = e + " at " + Arrays.toString(Arrays.copyOf(e.getStackTrace(), 6));
    }
    System.out.println(one.name() + ": " + found);
  }

  private String checkWorks(NativeCase one) {
    one.run();
    return "ok";
  }

  private String checkAll(NativeCase one) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (long how : one.ways()) {
      long[] before = one.isLast() ? new long[0] : left();
      String found = fail(one, how);
      if (found != null) {
        wrong.add("way " + how + ": " + found);
      }
      checkOthersGetIn(wrong);
      if (!one.isLast()) {
        one.run(); // the next call works
        failInside(one, how, wrong);
        checkLeft(before, wrong);
      }
    }
    if (one.isLast()) {
      one.run();
    }
    return wrong.isEmpty() ? "ok" : String.join("; ", wrong);
  }

  /** Runs the case with a failure in it; null where it failed as it should. */
  private String fail(NativeCase one, long how) {
    Throwable thrown = null;
    try {
      one.run(how);
    } catch (Throwable e) {
      thrown = e;
    }
    TestingNatives.provoke(0);
    if (thrown == null) {
      return "nothing was thrown";
    }
    if (thrown instanceof PythonException raised) {
      raised.value().close();
    }
    boolean fits =
        thrown.getClass() == THROWN.get(how) && thrown.getMessage().contains(MESSAGES.get(how));
    return fits ? null : "threw " + thrown;
  }

  /** The same inside a transaction, which goes on as if nothing had been. */
  private void failInside(NativeCase one, long how, List<String> wrong) {
    try (PythonTransaction transaction = context.begin()) {
      String found = fail(one, how);
      if (found != null) {
        wrong.add("way " + how + " inside a transaction: " + found);
      }
      one.run();
      if (transaction.evalLong("2") != 2) {
        wrong.add("way " + how + " broke the transaction");
      }
    }
  }

  /** Were this thread still attached, another one would wait for it. */
  private void checkOthersGetIn(List<String> wrong) throws Exception {
    try {
      CompletableFuture.supplyAsync(() -> context.evalLong("1")).get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      wrong.add("the thread is left attached");
    }
  }

  private static final int[] FIGURES = {
    StatsLayout.LIVE_HANDLES,
    StatsLayout.SCOPED_HANDLES,
    StatsLayout.OPEN_TRANSACTIONS,
    StatsLayout.CONTEXTS,
    StatsLayout.REPLY_BYTES
  };

  /** What must be the same before and after; the queue is drained first. */
  private long[] left() {
    context.evalLong("1");
    try (Exchange exchange = Exchange.lease(null)) {
      Calls.number(exchange, RuntimeNatives.drain(exchange.address()));
    }
    long[] stats = Stats.read();
    return Arrays.stream(FIGURES).mapToLong(figure -> stats[figure]).toArray();
  }

  private void checkLeft(long[] before, List<String> wrong) {
    long[] after = left();
    if (!Arrays.equals(before, after)) {
      wrong.add("left " + Arrays.toString(after) + " of " + Arrays.toString(before));
    }
  }
}
