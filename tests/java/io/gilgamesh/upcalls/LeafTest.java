package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonLeaf;
import io.gilgamesh.testing.InContext;
import io.gilgamesh.testing.RecordedLogs;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leaves: called without letting go of the GIL, and with the results of ordinary calls. */
class LeafTest extends InContext {

  /** What a user marks; {@code others} counts what goes on meanwhile. */
  public static class Item {
    private final AtomicLong others;
    int calls;

    Item(AtomicLong others) {
      this.others = others;
    }

    @PythonLeaf
    public long moving() {
      return progress();
    }

    public long movingByAnOrdinaryCall() {
      return progress();
    }

    private long progress() {
      long before = others.get();
      long end = System.nanoTime() + 60_000_000L;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return others.get() - before;
    }

    @PythonLeaf
    public void call() {
      calls++;
    }

    @PythonLeaf
    public int twice(int number) {
      return Math.multiplyExact(2, number);
    }

    @PythonLeaf
    public static long answer() {
      return 42;
    }

    @PythonLeaf
    public double half(double number) {
      return number / 2;
    }

    @PythonLeaf
    public boolean isShort(String text) {
      return text.length() < 3;
    }

    @PythonLeaf
    public short length(String text) {
      return (short) text.length();
    }

    @PythonLeaf
    public float third() {
      return 1f / 4;
    }

    @PythonLeaf
    public long least() {
      return Long.MIN_VALUE;
    }

    @PythonLeaf
    public int failing() {
      throw new IllegalStateException("no " + ++calls);
    }

    @PythonLeaf
    public String name() {
      return "a text";
    }

    @PythonLeaf
    public int sum(int one, int other) {
      return one + other;
    }

    @PythonLeaf
    public int either(long number) {
      return 1;
    }

    public int either(String text) {
      return 2;
    }
  }

  /** Overrides a leaf without being one. */
  public static final class Special extends Item {
    Special(AtomicLong others) {
      super(others);
    }

    @Override
    public double half(double number) {
      return number / 2 + 1;
    }
  }

  private final AtomicLong others = new AtomicLong();
  private final Item item = new Item(others);

  @BeforeEach
  void handOver() {
    context.set("item", item);
  }

  @Test
  void noOtherThreadRunsPythonWhileALeafRuns() {
    context.set("step", (Runnable) others::incrementAndGet);
    context.exec(
        """
        import threading
        going = True
        def others():
          while going: step()
        thread = threading.Thread(target=others)
        thread.start()
        while item.movingByAnOrdinaryCall() < 100: pass
        """);
    try {
      // One call may have let go of the GIL before, and end meanwhile.
      assertTrue(context.evalLong("max(item.moving() for _ in range(5))") <= 1);
    } finally {
      context.exec("going = False; thread.join()");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "item.twice(21)                | 42",
        "type(item).twice(item, -3)    | -6",
        "item.half(5.0)                | 2.5",
        "item.half(5)                  | 2.5",
        "item.half(float('inf'))       | inf",
        "item.isShort('')              | True",
        "item.isShort('ab')            | True",
        "item.isShort('abc')           | False",
        "item.length('1234567')        | 7",
        "item.length('12345678')       | 8",
        "item.length('\\0é漢😀')         | 5",
        "item.length('\\ud800')         | 1",
        "item.third()                  | 0.25",
        "item.least()                  | -9223372036854775808",
        "item.call()                   | None",
        "item.either(1)                | 1",
        "item.either('a')              | 2",
        "len(item.name())              | 6",
        "item.sum(1, 2)                | 3",
      })
  void aLeafGivesWhatAnOrdinaryCallGives(String call, String result) {
    assertEquals(result, context.eval("repr(" + call + ")").to(String.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "item.twice(2**40)  | TypeError",
        "item.twice(2**80)  | TypeError",
        "item.twice('a')    | TypeError",
        "item.twice(1.5)    | TypeError",
        "item.twice()       | TypeError",
        "item.half('a')     | TypeError",
        "item.isShort(1)    | TypeError",
        "type(item).half(1) | TypeError",
      })
  void whatALeafCannotTakeIsTheErrorOfAnOrdinaryCall(String call, String error) {
    PythonException raised = assertThrows(PythonException.class, () -> context.eval(call));
    assertEquals(error, raised.type());
  }

  @Test
  void whatThePolicyRefusesIsRefusedThoughItIsALeaf() {
    PythonException raised =
        assertThrows(PythonException.class, () -> context.exec("type(item).answer()"));
    assertTrue(raised.type().endsWith("JavaAccessError"), raised::type);
  }

  @Test
  void whatALeafThrowsComesFromTheCallThatTellsIt() {
    PythonException raised =
        assertThrows(PythonException.class, () -> context.exec("item.failing()"));
    assertInstanceOf(IllegalStateException.class, raised.getCause());
    assertEquals("no 2", raised.getCause().getMessage(), "called once more, to tell it");
    assertThrows(PythonException.class, () -> context.exec("item.twice(2**31 - 1)"));
  }

  @Test
  void whatASubclassOverridesIsCalledThere() {
    context.set("special", new Special(others));
    assertEquals(3.5, context.eval("special.half(5.0)").to(Double.class));
    assertEquals(2.5, context.eval("item.half(5.0)").to(Double.class));
    assertEquals(3.5, context.eval("type(item).half(special, 5.0)").to(Double.class));
  }

  @Test
  void aMarkThatHasNoEffectIsToldOnce() throws InterruptedException {
    context.set("odd", new Odd());
    context.exec("odd.list(); odd.list(); odd.more(1, 2); odd.same(1)");
    for (String[] expected : ODD) {
      RecordedLogs.await(expected);
      assertEquals(1, RecordedLogs.count(expected[0]));
    }
  }

  private static final String[][] ODD = {
    {"Odd.list()", "a leaf gives a number of a primitive type, a boolean or nothing"},
    {"Odd.more(int,int)", "a leaf takes nothing, or one int, long, double or String"},
    {"Odd.same(int)", "another overload takes as many arguments"},
  };

  /** Marked where it has no effect. */
  public static final class Odd {
    @PythonLeaf
    public List<String> list() {
      return List.of();
    }

    @PythonLeaf
    public int more(int one, int other) {
      return one + other;
    }

    @PythonLeaf
    public int same(int number) {
      return number;
    }

    public int same(double number) {
      return 0;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Integer.parseInt('-42')       | -42",
        "Long.parseLong('12345678901') | 12345678901",
        "Double.parseDouble('2.5e3')   | 2500.0",
        "Boolean.parseBoolean('TRUE')  | True",
        "Math.abs(-5)                  | 5",
        "Math.abs(-2.5)                | 2.5",
        "Math.sqrt(2.0)                | 1.4142135623730951",
        "Math.floor(-0.5)              | -1.0",
        "StringBuilder().length()      | 0",
        "ArrayList().isEmpty()         | True",
        "len(TreeMap())                | 0",
      })
  void theJdksLeavesGiveWhatJavaGives(String call, String result) {
    context.exec(
        """
        from java.lang import Boolean, Double, Integer, Long, Math, StringBuilder
        from java.util import ArrayList, TreeMap
        """);
    assertEquals(result, context.eval("repr(" + call + ")").to(String.class));
  }

  @Test
  void whatCannotBeParsedIsJavasException() {
    PythonException raised =
        assertThrows(
            PythonException.class,
            () -> context.exec("from java.lang import Integer; Integer.parseInt('12a')"));
    assertInstanceOf(NumberFormatException.class, raised.getCause());
    assertEquals("For input string: \"12a\"", raised.getCause().getMessage());
  }

  @Test
  void objectsThatLeavesMakeAreGivenBack() throws InterruptedException {
    context.exec("from java.lang import StringBuilder\nfor _ in range(100_000): StringBuilder()");
    long end = System.nanoTime() + 10_000_000_000L;
    while (python.stats().javaObjects() > 1_000 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertTrue(python.stats().javaObjects() <= 1_000, () -> python.stats().toString());
  }

  @Test
  void whatALeafMadeWorksAfterItsContextWasClosed() {
    context.exec(
        "from java.lang import StringBuilder\nimport builtins\nbuiltins.made = StringBuilder()");
    context.close();
    try (var other = python.contexts().open("another")) {
      assertEquals(1, other.evalLong("made.append('x').length()"));
      other.exec("del __import__('builtins').made");
    }
  }
}
