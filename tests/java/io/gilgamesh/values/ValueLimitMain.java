package io.gilgamesh.values;

import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Tries values about the size of a limit, both ways, and prints what came of each. */
final class ValueLimitMain {

  /** One million. */
  static final int LIMIT = 1_000_000;

  private final PythonContext context;
  private final PythonObject size;

  private ValueLimitMain(PythonContext context) {
    this.context = context;
    this.size = context.eval("lambda x: len(x)");
  }

  public static void main(String[] arguments) {
    try (Python python = Python.start(PythonConfig.builder().maxValueBytes(LIMIT).build())) {
      ValueLimitMain tried = new ValueLimitMain(python.contexts().open("limited"));
      tried.toPython();
      tried.toJava();
      System.out.println("still works: " + tried.context.evalLong("1 + 1"));
    }
  }

  /** A call's request begins with two counts of four bytes. */
  private void toPython() {
    sent("bytes that fit", new byte[LIMIT - 8 - 5]);
    sent("bytes, one more", new byte[LIMIT - 8 - 4]);
    sent("after a large one", new byte[3]);
    sent("text", "x".repeat(LIMIT));
    sent("longs", LongStream.range(0, LIMIT).boxed().toList());
    sent("array", new double[LIMIT]);
    sent("map", Map.of("key", Map.of("inner", List.of("a", "b".repeat(LIMIT)))));
    sent("endless stream", Stream.generate(() -> "word"));
    sent("endless iterator", LongStream.iterate(0, n -> n + 1).iterator());
    sent("endless in a map", new LinkedHashMap<>(Map.of("all", Stream.generate(() -> 1))));
  }

  private void sent(String what, Object value) {
    tell("to Python, " + what, () -> size.applyLong(value));
  }

  private void toJava() {
    received("bytes that fit", "bytes(" + (LIMIT - 5) + ")");
    received("bytes, one more", "bytes(" + (LIMIT - 4) + ")");
    received("text", "'x' * 1_000_000");
    received("text beyond ASCII", "'\\xe9' * 600_000");
    received("int", "1 << 10_000_000");
    received("list of ints", "[0] * 1_000_000");
    received("list", "['a'] * 1_000_000");
    received("tuple", "(None,) * 1_000_001");
    received("set", "set(map(str, range(1_000_000)))");
    received("dict", "{'key': {'inner': ['a', 'b' * 1_000_000]}}");
    received("dict of numbers", "{n: None for n in range(1_000_000)}");
    received("many dicts", "[{'k': 1}] * 1_000_000");
    tell("to Java, text verb", () -> context.evalText("'x' * 1_000_000").length());
    tell("to Java, long[]", () -> context.evalTo(long[].class, "range(1_000_000)").length);
    tell(
        "to Java, double[]",
        () -> context.evalTo(double[].class, "map(float, [1] * 10**6)").length);
    tell(
        "to Java, endless list",
        () -> {
          context.exec("import itertools");
          return context.eval("itertools.repeat('word')").toList().size();
        });
    tell("to Java, endless long[]", () -> context.eval("itertools.count()").toLongArray().length);
  }

  private void received(String what, String expression) {
    tell("to Java, " + what, () -> context.eval(expression).toJava() != null);
  }

  private static void tell(String what, Callable<?> attempt) {
    try {
      System.out.println(what + ": " + attempt.call());
    } catch (PythonConversionException e) {
      System.out.println(what + ": " + e.getMessage());
    } catch (Exception e) {
      System.out.println(what + ": UNEXPECTED " + e);
    }
  }
}
