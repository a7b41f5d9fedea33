package io.gilgamesh.bench;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonScope;
import java.util.List;

/** Code that was compiled before, and exceptions. */
final class CodeBenchmarks {

  /** The text without its class. */
  private static final int MESSAGE_LENGTH = "bad value 7".length();

  private static final int PYTHON_FRAMES = 5;
  private static final int MOST_JAVA_FRAMES = 20;

  private CodeBenchmarks() {}

  static List<Benchmark> all(Subjects on) {
    PythonObject fail = on.get("fail");
    return List.of(
        Benchmark.of("exec_pass", Bar.ratio(1.5), on.inTransaction(CodeBenchmarks::exec))
            .floor(FloorNatives::exec)
            .variant("outside_ns", times -> exec(on.context, times)),
        Benchmark.of("eval_small", Bar.ratio(1.5), on.inTransaction(CodeBenchmarks::eval))
            .floor(FloorNatives::eval)
            .variant("outside_ns", times -> eval(on.context, times)),
        Benchmark.of("exception", Bar.micros(10), times -> raise(fail, times))
            .floor(FloorNatives::raise)
            .variant("inside_ns", on.inTransaction((tx, times) -> raise(fail, times))));
  }

  private static long exec(PythonScope scope, long times) {
    for (long i = 0; i < times; i++) {
      scope.exec("pass");
    }
    return times;
  }

  private static long eval(PythonScope scope, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += scope.evalLong("1+1");
    }
    return sum;
  }

  private static long raise(PythonObject fail, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += raised(fail);
    }
    return sum;
  }

  private static int raised(PythonObject fail) {
    try {
      fail.apply();
    } catch (PythonException e) {
      int frames = e.getStackTrace().length;
      boolean right =
          e.type().equals("ValueError")
              && e.getMessage().length() > MESSAGE_LENGTH
              && frames > PYTHON_FRAMES
              && frames <= PYTHON_FRAMES + MOST_JAVA_FRAMES;
      return right ? e.pythonMessage().length() : 0;
    }
    return 0;
  }
}
