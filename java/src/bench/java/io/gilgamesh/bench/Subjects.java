package io.gilgamesh.bench;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.bench.Benchmark.Work;

/** The Python that all benchmarks share, and what they call in it. */
final class Subjects {

  final Python python = Python.start();
  final PythonContext context = python.contexts().open("bench");

  Subjects() {
    FloorNatives.load();
    context.exec(FloorNatives.definitions());
  }

  /** Gives a variable of the definitions, to use in and outside of transactions. */
  PythonObject get(String name) {
    return context.get(name);
  }

  /** Work that uses the transaction it runs in. */
  interface Inside {
    long run(PythonTransaction transaction, long times);
  }

  Work inTransaction(Inside work) {
    return times -> {
      try (PythonTransaction transaction = context.begin()) {
        return work.run(transaction, times);
      }
    };
  }
}
