package io.gilgamesh.bench;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonObject;
import io.gilgamesh.bench.Benchmark.Work;
import io.gilgamesh.internal.UpcallStub;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Calls from Python into Java, in a Python loop. The floor is the same loop over a C function with
 * one empty upcall of the kind in use in it: by JNI, or by a stub of the FFM API from JDK 22 on;
 * with the GIL let go and taken around it where the call is not a leaf.
 */
final class UpcallBenchmarks {

  private static final int ELEMENTS = 100_000;

  private final Subjects on;

  private UpcallBenchmarks(Subjects on) {
    this.on = on;
    FloorNatives.defineUpcalls(stub());
    on.context.exec(
        """
        from java.lang import Integer, Math, StringBuilder
        absolute, parse, Builder = Math.abs, Integer.parseInt, StringBuilder
        builder = StringBuilder('text')
        """);
    on.context.set("runnable", (Runnable) () -> {});
    on.context.set("identity", (Function<Object, Object>) x -> x);
    on.context.set(
        "javaList", JavaObject.of(new ArrayList<>(LongStream.range(0, ELEMENTS).boxed().toList())));
  }

  private static long stub() {
    try {
      MethodHandle nothing =
          MethodHandles.lookup().findStatic(FloorNatives.class, "nothing", UpcallStub.TYPE);
      return UpcallStub.isPossible() ? UpcallStub.of(nothing) : 0;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no stub could be made", e);
    }
  }

  static List<Benchmark> all(Subjects on) {
    UpcallBenchmarks made = new UpcallBenchmarks(on);
    return List.of(
        Benchmark.of("upcall_runnable", Bar.ratio(1.3), made.loop("loop", "runnable"))
            .floor(made.loop("loop", "floor_call")),
        Benchmark.of("upcall_leaf_length", Bar.ratio(1.4), made.loop("loop_length", "builder"))
            .floor(made.loop("loop", "floor_leaf")),
        Benchmark.of("upcall_leaf_abs", Bar.ratio(1.4), made.loop("loop_long", "absolute"))
            .floor(made.loop("loop_long", "floor_leaf_long")),
        Benchmark.of("upcall_function_long", Bar.NONE, made.loop("loop_long", "identity"))
            .floor(made.loop("loop", "floor_call")),
        Benchmark.of("upcall_parse_int", Bar.NONE, made.loop("loop_parse", "parse"))
            .floor(made.loop("loop", "floor_call")),
        Benchmark.of("upcall_new_builder", Bar.NONE, made.loop("loop", "Builder"))
            .floor(made.loop("loop", "floor_call")),
        Benchmark.of("upcall_sum_list_100k", Bar.NONE, made.loop("loop_sum", "javaList"))
            .floor(made.loop("loop", "floor_call"))
            .elements(ELEMENTS));
  }

  /** A loop of the definitions over one of the things that it calls. */
  private Work loop(String loop, String called) {
    PythonObject function = on.get(loop);
    PythonObject target = on.context.eval(called).keep();
    return on.inTransaction((tx, times) -> function.applyLong(target, times));
  }
}
