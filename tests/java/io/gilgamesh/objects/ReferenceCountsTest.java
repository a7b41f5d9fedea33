package io.gilgamesh.objects;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonScope;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.testing.ChildJvm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A debug build of CPython counts all references there are: whatever is done over and over must
 * leave that count as it was. It also asserts what it expects of those who call it.
 */
@Tag("crash")
class ReferenceCountsTest {

  /** How often each operation runs between two looks. */
  private static final int ROUNDS = 500;

  /**
   * What a count may move by, for Python's own caches; a leak of one a round is fifty times that.
   */
  private static final long SLACK = 10;

  static final class Counting {

    public static void main(String[] args) {
      Python python = Python.start(PythonConfig.builder().executable(Path.of(args[0])).build());
      PythonContext context = python.contexts().open("counting");
      context.exec(
          """
          import gc, sys
          gc.disable()
          class Thing:
            def __init__(self): self.x = 1
            def method(self, *args, **kwargs): return args
            def __enter__(self): return self
            def __exit__(self, *args): return False
            def __index__(self): return 7
          def same(x=None, *args, **kwargs): return x
          def fail(): raise ValueError('no') from KeyError('cause')
          thing = Thing()
          numbers = list(range(1000, 1010))
          table = {'a': 1000, 'b': [2.5, 'text'], 'c': (None, True)}
          """);
      int failed = 0;
      try (PythonObject thing = context.get("thing");
          PythonObject same = context.get("same");
          PythonObject table = context.get("table");
          PythonObject numbers = context.get("numbers");
          PythonObject fail = context.get("fail")) {
        for (var operation : operations(thing, same, table, numbers, fail).entrySet()) {
          long outside = drift(context, operation.getValue());
          long inside = driftInTransactions(context, operation.getValue());
          boolean right = Math.abs(outside) <= SLACK && Math.abs(inside) <= SLACK;
          failed += right ? 0 : 1;
          System.out.println(
              (right ? "flat " : "DRIFT ") + operation.getKey() + " " + outside + " " + inside);
        }
      }
      System.exit(failed == 0 ? 0 : 1);
    }

    private static long drift(PythonContext context, Consumer<PythonScope> operation) {
      long last = 0;
      for (int look = 0; look < 3; look++) { // the first two fill Python's caches
        long before = total(context);
        for (int i = 0; i < ROUNDS; i++) {
          operation.accept(context);
        }
        last = total(context) - before;
      }
      return last;
    }

    private static long driftInTransactions(
        PythonContext context, Consumer<PythonScope> operation) {
      return drift(
          context,
          scope -> {
            try (PythonTransaction tx = context.begin()) {
              operation.accept(tx);
            }
          });
    }

    private static long total(PythonContext context) {
      return context.evalLong("(gc.collect(), sys.gettotalrefcount())[1]");
    }

    private static Map<String, Consumer<PythonScope>> operations(
        PythonObject thing,
        PythonObject same,
        PythonObject table,
        PythonObject numbers,
        PythonObject fail) {
      Map<String, Consumer<PythonScope>> all = new LinkedHashMap<>();
      all.put("apply", scope -> same.apply().close());
      all.put("apply with values", scope -> same.apply(1000L, "text", 2.5, null, true).close());
      all.put("apply with twenty", scope -> same.apply((Object[]) twenty()).close());
      all.put(
          "apply with keywords",
          scope -> same.apply(thing, PythonKwargs.kwargs("key", List.of(1000L))).close());
      all.put("applyLong", scope -> same.applyLong(123_456L));
      all.put("applyText", scope -> same.applyText("täxt\ud800"));
      all.put("call", scope -> thing.call("method", thing, 1000L).close());
      all.put("attr", scope -> thing.attr("x").close());
      all.put("attrLong", scope -> thing.attrLong("x"));
      all.put("findAttr", scope -> thing.findAttr("nothing"));
      all.put("setAttr", scope -> thing.setAttr("x", 1001L));
      all.put("item", scope -> table.item("b").close());
      all.put("setItem", scope -> table.setItem("a", List.of(1000L, "x")));
      all.put("keep", scope -> thing.keep().close());
      all.put("repr", scope -> table.repr());
      all.put("compare", scope -> thing.pyEquals(table));
      all.put("hash", scope -> thing.hash());
      all.put("type", scope -> thing.type().close());
      all.put("iterate", scope -> numbers.forEach(PythonObject::close));
      all.put("toJava", scope -> table.toJava());
      all.put("toLongArray", scope -> numbers.toLongArray());
      all.put(
          "toPython",
          scope ->
              scope
                  .toPython(
                      List.of(
                          1000L,
                          BigInteger.TWO.pow(100),
                          Map.of("k", Set.of(2.5)),
                          PythonTuple.of(1000L, "t"),
                          new byte[] {1, 2},
                          new long[] {1, 2}))
                  .close());
      all.put("times to Python", scope -> scope.toPython(times()).close());
      all.put("times to Java", scope -> timesToJava(scope));
      all.put(
          "set and get",
          scope -> {
            scope.set("given", List.of(1000L));
            scope.get("given").close();
          });
      all.put("exec", scope -> scope.exec("y = [1000]"));
      all.put("evalLong", scope -> scope.evalLong("1000 + 1"));
      all.put("eval with variables", scope -> scope.eval("n + 1", Map.of("n", 1000L)).close());
      all.put("importModule", scope -> scope.importModule("json").close());
      all.put("with", scope -> thing.with(Counting::reprAndClose));
      all.put("an exception", scope -> refused(() -> fail.apply()));
      all.put("a refused value", scope -> refused(() -> same.apply(1L, List.of(kwargs("k", 1)))));
      all.put("a refused result", scope -> refused(() -> same.applyLong("no int")));
      return all;
    }

    private static String reprAndClose(PythonObject entered) {
      try (entered) {
        return entered.repr();
      }
    }

    private static void timesToJava(PythonScope scope) {
      try (PythonObject times = scope.toPython(times())) {
        times.toJava();
      }
    }

    private static List<Object> times() {
      return List.of(
          LocalDate.EPOCH,
          LocalTime.NOON,
          LocalDate.EPOCH.atTime(LocalTime.NOON).atZone(ZoneId.of("Europe/Berlin")),
          LocalDate.EPOCH.atTime(LocalTime.NOON).atOffset(ZoneOffset.UTC),
          Duration.ofDays(-1),
          BigDecimal.TEN,
          new UUID(1, 2),
          Path.of("a"));
    }

    private static Long[] twenty() {
      Long[] values = new Long[20];
      Arrays.setAll(values, i -> 1000L + i);
      return values;
    }

    private static void refused(Runnable work) {
      try {
        work.run();
      } catch (PythonException e) {
        e.value().close();
        ((PythonException) Objects.requireNonNull(e.getCause())).value().close();
        return;
      } catch (PythonConversionException e) {
        return;
      }
      throw new AssertionError("nothing was thrown");
    }
  }

  @Test
  void everyOperationLeavesTheCountOfAllReferencesAsItWas() {
    String debug = System.getenv("GILGAMESH_TEST_DEBUG_PYTHON");
    assumeTrue(debug != null && !debug.isEmpty(), "no debug build of CPython on this machine");
    ChildJvm.of(Counting.class)
        .arguments(debug)
        .deadline(Duration.ofMinutes(3))
        .run()
        .expectExit(0)
        .expectOutput("flat toJava");
  }
}
