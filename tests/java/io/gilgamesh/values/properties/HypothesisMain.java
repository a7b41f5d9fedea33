package io.gilgamesh.values.properties;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonEnvironment;
import io.gilgamesh.PythonObject;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes values that hypothesis makes to Java and back, where Python compares them with what they
 * were. Arguments: a seed; the seconds that each family has beyond its first batch.
 */
final class HypothesisMain {

  private static final int BATCH = 200;

  private HypothesisMain() {}

  public static void main(String[] arguments) throws Exception {
    PythonEnvironment environment =
        PythonEnvironment.builder().requirements("hypothesis==6.112.1").create();
    try (Python python = Python.start(environment.config())) {
      PythonContext context = python.contexts().open("hypothesis");
      Path folder = Path.of(System.getProperty("gilgamesh.project", "."));
      context.exec(Files.readString(folder.resolve("tests/python/value_strategies.py")));
      for (Object family : context.eval("list(FAMILIES)").toList()) {
        long seconds = Long.parseLong(arguments[1]);
        long tried = run(context, (String) family, Long.parseLong(arguments[0]), seconds);
        System.out.println(family + ": " + tried + " values, seed " + arguments[0]);
      }
    }
  }

  /** One batch at least, then others as long as there is time. */
  private static long run(PythonContext context, String family, long seed, long seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000;
    long tried = 0;
    do {
      try (PythonObject made = context.get("examples").apply(family, seed, BATCH)) {
        tried += sendAll(context.get("compare"), made, family, seed);
      }
      seed++;
    } while (System.nanoTime() < end);
    return tried;
  }

  private static long sendAll(PythonObject compare, PythonObject made, String family, long seed) {
    long count = made.length();
    for (long i = 0; i < count; i++) {
      Object value = made.itemTo(Object.class, i);
      String difference = compare.applyText(made, i, value);
      if (!difference.isEmpty()) {
        throw new AssertionError(family + " with seed " + seed + ": " + difference);
      }
    }
    return count;
  }
}
