package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.host.HostCallException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Python objects without a natural Java form as arguments. */
class HostPythonObjectsTest {

  private static Python python;
  private static PythonContext context;

  @BeforeAll
  static void start() {
    python = Python.start();
    context = python.contexts().open("host-objects");
    context.exec("import enum, fractions");
    context.exec("class Unit(enum.Enum):\n  DAYS = 1\n  NEVER = 2");
  }

  @AfterAll
  static void close() {
    python.close();
  }

  public static final class Taking {
    public static Object any(Object value) {
      return value;
    }

    public static long number(long value) {
      return value;
    }

    public static TimeUnit unit(TimeUnit unit) {
      return unit;
    }

    public static String ints(int[] all) {
      return Arrays.toString(all);
    }

    public static String either(CharSequence value) {
      return "text";
    }

    public static String either(Object value) {
      return "object";
    }
  }

  private static Object call(String name, String expression) {
    return String.valueOf(Described.of(Taking.class).callStatic(name, context.eval(expression)));
  }

  @Test
  void anObjectIsPassedAsItself() {
    PythonObject object = context.eval("object()");
    assertSame(object, Described.of(Taking.class).callStatic("any", object));
  }

  @Test
  void numbersConstantsAndIterablesBecomeWhatOnlyOneParameterCanBe() {
    assertEquals("3", call("number", "fractions.Fraction(3, 1)"));
    assertEquals("DAYS", call("unit", "Unit.DAYS"));
    assertEquals("[0, 1, 2]", call("ints", "range(3)"));
    assertThrows(HostCallException.class, () -> call("unit", "Unit.NEVER"));
    assertThrows(HostCallException.class, () -> call("number", "object()"));
  }

  @Test
  void anObjectIsAnObjectBeforeItIsAnImplementation() {
    assertEquals("object", call("either", "object()"));
  }
}
