package io.gilgamesh.bench;

import io.gilgamesh.Isolation;
import io.gilgamesh.PythonContextManager;
import io.gilgamesh.PythonJob;
import io.gilgamesh.PythonScope;
import java.util.List;
import java.util.Map;

/** Contexts that share an interpreter, and code that runs with variables of its own. */
final class ContextBenchmarks {

  private static final long FIRST = 1_234_567;
  private static final String CODE = "c = a + b";

  private ContextBenchmarks() {}

  static List<Benchmark> all(Subjects on) {
    PythonContextManager contexts = on.python.contexts();
    PythonJob job =
        on.context
            .job(CODE)
            .input("a", Long.class)
            .input("b", Long.class)
            .output("c", Long.class)
            .build();
    return List.of(
        Benchmark.of("namespace_open_close", Bar.micros(20), times -> open(contexts, times))
            .floor(FloorNatives::namespace),
        Benchmark.of("job_run", Bar.NONE, times -> run(job, times))
            .floor(FloorNatives::job)
            .variant("set_exec_get_ns", times -> setExecGet(on.context, times))
            .variant("inside_ns", on.inTransaction((transaction, times) -> run(job, times)))
            .variant(
                "set_exec_get_inside_ns",
                on.inTransaction((transaction, times) -> setExecGet(transaction, times))));
  }

  private static long open(PythonContextManager contexts, long times) {
    for (long i = 0; i < times; i++) {
      contexts.openAnonymous(Isolation.NAMESPACE).close();
    }
    return times;
  }

  private static long run(PythonJob job, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += job.run(Map.of("a", FIRST, "b", i)).get("c", Long.class);
    }
    return sum;
  }

  private static long setExecGet(PythonScope scope, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      scope.set("a", FIRST);
      scope.set("b", i);
      scope.exec(CODE);
      sum += scope.evalLong("c");
    }
    return sum;
  }
}
