package io.gilgamesh.bench;

import io.gilgamesh.PythonObject;
import java.util.List;

/** Handles, made and closed. */
final class HandleBenchmarks {

  private HandleBenchmarks() {}

  static List<Benchmark> all(Subjects on) {
    PythonObject make = on.get("make");
    return List.of(
        Benchmark.of("handle_scoped", Bar.NONE, on.inTransaction((tx, times) -> close(make, times)))
            .floor(FloorNatives::make),
        Benchmark.of("handle_managed", Bar.NONE, times -> close(make, times))
            .floor(FloorNatives::makeAttached));
  }

  private static long close(PythonObject make, long times) {
    for (long i = 0; i < times; i++) {
      make.apply().close();
    }
    return times;
  }
}
