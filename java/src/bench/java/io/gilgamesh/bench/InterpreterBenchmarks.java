package io.gilgamesh.bench;

import io.gilgamesh.Isolation;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextManager;
import io.gilgamesh.PythonInterpreterStats;
import java.util.ArrayList;
import java.util.List;

/**
 * What an isolated context costs: a new interpreter, one that is there, and its cleaning, which the
 * user does not wait for. What Python does without the bridge is measured in child processes, since
 * an interpreter that this process ends would leave the bridge's threads with its remains.
 */
final class InterpreterBenchmarks {

  private static final String FLOOR = "gilgamesh-floor-interpreters";

  private static final int ROUNDS = 7;
  private static final int NEW_IN_A_ROUND = 4;

  private final Subjects on;
  private final PythonContextManager contexts;

  private InterpreterBenchmarks(Subjects on) {
    this.on = on;
    this.contexts = on.python.contexts();
  }

  static List<Benchmark> all(Subjects on) {
    InterpreterBenchmarks of = new InterpreterBenchmarks(on);
    return List.of(
        Benchmark.special("interpreter_new", Bar.ratio(1.5), of::makeNew),
        Benchmark.special("interpreter_recycled", Bar.millis(3), of::openRecycled),
        Benchmark.special("interpreter_clean", Bar.NONE, of::clean));
  }

  // ---- new

  /** Over the bare making and ending of an interpreter; earlier ones stay open, so each is new. */
  private Result makeNew() {
    List<PythonContext> held = new ArrayList<>();
    Series opened = new Series();
    Series made = new Series();
    Series ended = new Series();
    try {
      while (interpreters().idle() > 0) {
        held.add(open());
      }
      for (int round = 0; round < ROUNDS; round++) {
        held.add(open()); // the first after a pause fills caches, as that of the floor does
        for (int i = 0; i < NEW_IN_A_ROUND; i++) {
          opened.time(() -> held.add(open()));
        }
        long[] floor = Child.run(FLOOR, on.python.info());
        made.add(floor[0]);
        ended.add(floor[1]);
      }
    } finally {
      held.forEach(PythonContext::close);
    }
    return Result.of(opened.median(), made.median() + ended.median())
        .with("best_ns", opened.least())
        .with("worst_ns", opened.most())
        .with("bare_making_ns", made.median());
  }

  // ---- used again

  /** Over the opening of a context in an interpreter that is shared. */
  private Result openRecycled() {
    Series opened = new Series();
    Series shared = new Series();
    for (int round = 0; round < Harness.ROUNDS; round++) {
      try (PythonContext user = openIdle(opened);
          PythonContext namespace =
              shared.time(() -> contexts.openAnonymous(Isolation.NAMESPACE))) {
        if (user.evalLong("1 + 1") != namespace.evalLong("1 + 1")) {
          throw new IllegalStateException("Python does not work");
        }
      }
      awaitClean();
    }
    return Result.of(opened.median(), shared.median())
        .with("best_ns", opened.least())
        .with("worst_ns", opened.most());
  }

  /** From the close of a context until its interpreter can be used again, over making another. */
  private Result clean() {
    Series cleaned = new Series();
    Series floors = new Series();
    for (int round = 0; round < Harness.ROUNDS; round++) {
      PythonContext context = openIdle(new Series());
      context.exec("import json\nx = json.dumps([1])");
      cleaned.time(
          () -> {
            context.close();
            awaitClean();
            return context;
          });
      long[] floor = Child.run(FLOOR, on.python.info());
      floors.add(floor[0] + floor[1]);
    }
    return Result.of(cleaned.median(), floors.median())
        .with("best_ns", cleaned.least())
        .with("worst_ns", cleaned.most());
  }

  private PythonContext openIdle(Series times) {
    if (interpreters().made() == 0) {
      open().close();
    }
    awaitClean();
    long made = interpreters().made();
    PythonContext context = times.time(this::open);
    if (interpreters().made() != made) {
      throw new IllegalStateException("a new interpreter was made");
    }
    return context;
  }

  private PythonContext open() {
    return contexts.openAnonymous(Isolation.INTERPRETER);
  }

  private void awaitClean() {
    PythonInterpreterStats now = interpreters();
    while (now.idle() + now.lost() < now.made()) {
      Thread.onSpinWait();
      now = interpreters();
    }
  }

  private PythonInterpreterStats interpreters() {
    return on.python.stats().interpreters();
  }
}
