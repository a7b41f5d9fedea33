package io.gilgamesh.values;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Converts values that are nested without reason, and some that contain themselves, both ways, on a
 * thread with a stack of so many KB, cold and hot; prints what came of each.
 */
final class NestingMain {

  private static final int LEVELS = 10_000;
  private static final String SETUP =
      """
      def nested(step):
          value = step(None)
          for _ in range(10_000):
              value = step(value)
          return value
      loop = []; loop.append((1, loop))
      selfish = {}; selfish["me"] = [selfish]
      class Ring: pass
      """;

  record Box(Object content) {}

  private final PythonContext context;
  private final PythonObject size;
  private int bad;

  private NestingMain(PythonContext context) {
    this.context = context;
    context.exec(SETUP);
    this.size = context.eval("lambda x: 1");
  }

  public static void main(String[] arguments) throws InterruptedException {
    Python python = Python.start();
    NestingMain tried = new NestingMain(python.contexts().open("nesting"));
    Thread thread = new Thread(null, tried::all, "nesting", Long.parseLong(arguments[0]) * 1024);
    thread.start();
    thread.join();
    System.out.println("bad " + tried.bad);
    python.close();
    System.exit(tried.bad);
  }

  private void all() {
    try {
      for (int round = 0; round < 30; round++) {
        toPython();
        toJava();
      }
    } catch (Throwable e) {
      bad++;
      e.printStackTrace(System.out);
    }
  }

  // ---- to Python

  private void toPython() {
    deep("list", value -> List.of(value));
    deep("map", value -> Map.of("k", value));
    deep("tuple", value -> PythonTuple.of(value));
    deep("array", value -> new Object[] {value});
    deep("entry", value -> Map.entry("k", value));
    deep("optional", Optional::of);
    deep("stream", Stream::of);
    deep("iterator", value -> List.of(value).iterator());
    deep("record", Box::new);
    deep("all of them", value -> List.of(Map.of("k", Optional.of(new Box(Stream.of(value))))));
    cycles();
  }

  private void deep(String what, UnaryOperator<Object> step) {
    Object value = "leaf";
    for (int i = 0; i < LEVELS; i++) {
      value = step.apply(value);
    }
    sent("deep " + what, value, "");
  }

  private void cycles() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    sent("list in itself", list, "[0][0]: this container contains itself");
    Map<String, Object> map = new HashMap<>();
    map.put("me", Optional.of(new Box(map)));
    sent("map by Optional and record", map, "[0]['me'].content: this container contains itself");
    Object[] array = new Object[1];
    array[0] = new Object[] {array};
    sent("array in itself", array, "[0][0][0]: this container contains itself");
    SimpleEntry<String, Object> entry = new SimpleEntry<>("k", null);
    entry.setValue(entry);
    sent("entry in itself", entry, "[0][1]: this container contains itself");
    Iterable<Object> iterable =
        new Iterable<>() {
          @Override
          public Iterator<Object> iterator() {
            return Stream.<Object>of(this).iterator();
          }
        };
    sent("iterable of itself", iterable, "[0][0]: this container contains itself");
  }

  private void sent(String what, Object value, String wanted) {
    expect("to Python, " + what, wanted, () -> size.applyLong(value));
  }

  // ---- to Java

  private void toJava() {
    received("deep list", "nested(lambda v: [v])", "nested deeper than");
    received("deep tuple", "nested(lambda v: (v,))", "nested deeper than");
    received("deep dict", "nested(lambda v: {'k': v})", "nested deeper than");
    received("deep frozenset", "nested(lambda v: frozenset((v,)))", "nested deeper than");
    received("list in itself", "loop", "nested deeper than");
    received("dict in itself", "selfish", "nested deeper than");
    expect(
        "to Java, typed", "nested deeper than", () -> context.eval("[selfish]").to(Object[].class));
    held("as deep as may be");
  }

  /** A thousand levels, or less where the stack says so. */
  private void held(String what) {
    try {
      context.exec("value = []\nfor _ in range(999): value = [value]");
      size.applyLong(context.get("value").toJava());
    } catch (PythonConversionException e) {
      check(what, e.getMessage().contains("stack has room for"), e.getMessage());
    }
  }

  private void received(String what, String expression, String wanted) {
    expect("to Java, " + what, wanted, () -> context.eval(expression).toJava());
  }

  // ---- outcome

  private void expect(String what, String wanted, Runnable attempt) {
    try {
      attempt.run();
      check(what, false, "no refusal");
    } catch (PythonConversionException e) {
      String message = e.getMessage();
      boolean told = message.contains("nested deeper than") || message.contains("contains itself");
      boolean placed = e.path().startsWith("[") || e.path().startsWith("{");
      check(what, told && placed && message.contains(wanted), message);
    } catch (Throwable e) {
      check(what, false, e.toString());
    }
  }

  private final Map<String, String> told = new LinkedHashMap<>();

  private void check(String what, boolean good, String outcome) {
    if (!good) {
      bad++;
    }
    if (!outcome.equals(told.put(what, outcome))) {
      System.out.println((good ? "" : "BAD ") + what + ": " + outcome);
    }
  }
}
