package io.gilgamesh.values.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an element costs, from ten thousand elements to ten million: told, not asserted. */
@Tag("soak")
class SizeSoakTest {

  private static final List<String> ELEMENTS =
      List.of("n", "str(n)", "{'id': n}", "None if n % 2 else n / 2");

  @Test
  void anElementCostsTheSameInListsOfAnySize() {
    try (Python python = Python.start()) {
      PythonContext context = python.contexts().open("sizes");
      PythonObject length = context.eval("len");
      for (String element : ELEMENTS) {
        for (int size = 10_000; size <= 10_000_000; size *= 10) {
          measure(context, length, element, size);
        }
      }
    }
  }

  private static void measure(
      PythonContext context, PythonObject length, String element, int size) {
    context.exec("made = [" + element + " for n in range(" + size + ")]");
    PythonObject made = context.get("made");
    int rounds = Math.max(1, 200_000 / size);
    long start = System.nanoTime();
    List<?> taken = repeated(rounds, made::toList);
    long toJava = System.nanoTime() - start;
    context.exec("del made");
    made.close();
    assertEquals(size, taken.size());
    start = System.nanoTime();
    assertEquals(size, repeated(rounds, () -> length.applyLong(taken)));
    long toPython = System.nanoTime() - start;
    System.out.printf(
        "%-26s %,11d elements: %4d ns to Java, %4d ns to Python%n",
        element, size, toJava / rounds / size, toPython / rounds / size);
  }

  private static <T> T repeated(int rounds, Supplier<T> work) {
    for (int i = 1; i < rounds; i++) {
      work.get();
    }
    return work.get();
  }
}
