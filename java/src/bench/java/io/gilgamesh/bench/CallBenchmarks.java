package io.gilgamesh.bench;

import io.gilgamesh.PythonObject;
import java.util.List;

/** Calls, attributes and attachments. */
final class CallBenchmarks {

  private static final long FIRST = 1_234_567;

  private CallBenchmarks() {}

  static List<Benchmark> all(Subjects on) {
    PythonObject nothing = on.get("nothing");
    PythonObject increment = on.get("increment");
    PythonObject holder = on.get("holder");
    return List.of(
        Benchmark.of(
                "call0_tx", Bar.ratio(1.2), on.inTransaction((tx, times) -> call0(nothing, times)))
            .floor(FloorNatives::call0),
        Benchmark.of(
                "call1_long_tx",
                Bar.ratio(1.4),
                on.inTransaction((tx, times) -> call1(increment, times)))
            .floor(FloorNatives::call1Long)
            .variant(
                "method_ns",
                on.inTransaction((tx, times) -> callMethod(on.get("increment"), times))),
        Benchmark.of("call0", Bar.ratio(1.2), times -> call0(nothing, times))
            .floor(FloorNatives::call0Attached),
        Benchmark.of("call1_long", Bar.ratio(1.4), times -> call1(increment, times))
            .floor(FloorNatives::call1LongAttached),
        Benchmark.of(
                "attr_long_tx",
                Bar.ratio(1.4),
                on.inTransaction((tx, times) -> attribute(holder, times)))
            .floor(FloorNatives::attribute),
        Benchmark.of("transaction", Bar.NONE, times -> begin(on, times))
            .floor(FloorNatives::attach));
  }

  private static long call0(PythonObject nothing, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      nothing.apply();
      sum++;
    }
    return sum;
  }

  static long call1(PythonObject increment, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += increment.applyLong(FIRST + i);
    }
    return sum;
  }

  private static long callMethod(PythonObject increment, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += increment.callLong("__call__", FIRST + i);
    }
    return sum;
  }

  private static long attribute(PythonObject holder, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += holder.attrLong("x");
    }
    return sum;
  }

  private static long begin(Subjects on, long times) {
    for (long i = 0; i < times; i++) {
      on.context.begin().close();
    }
    return times;
  }
}
