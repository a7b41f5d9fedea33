package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonException;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Python functions and objects where Java wants a function or an interface. */
@Timeout(60)
class FunctionsForJavaTest extends InContext {

  private final List<Object> list = new ArrayList<>(List.of(3L, 1L, 2L));

  /** An interface with a method that has to be there and two that may be. */
  public interface Shape extends Supplier<String> {
    String name();

    default String twice() {
      return name() + get();
    }

    default String title() {
      return "shape";
    }
  }

  /** What an application hands to scripts. */
  public static class Application {
    public String describe(Shape shape) {
      return shape.title() + " " + shape.twice() + " " + (shape instanceof Comparable<?>);
    }

    public Object futureOf(Supplier<Object> supplier) {
      return CompletableFuture.supplyAsync(supplier);
    }

    public String take(Function<Object, Object> one) {
      return "one";
    }

    public String take(Comparator<Object> two) {
      return "two";
    }

    public String submit(Runnable task) {
      return "runnable";
    }

    public String submit(Callable<Object> task) {
      return "callable";
    }
  }

  @BeforeEach
  void handOver() {
    context.set("l", JavaObject.of(list));
    context.set("m", JavaObject.of(new HashMap<Object, Object>()));
    context.set("app", new Application());
  }

  @Test
  void aLambdaSortsAsAComparator() {
    context.exec("l.sort(lambda a, b: b - a)");
    assertEquals(List.of(3L, 2L, 1L), list);
    context.exec(
        """
        from java.util import Comparator
        l.sort(Comparator.comparing(lambda x: x % 2).thenComparing(lambda x: -x))
        """);
    assertEquals(List.of(2L, 3L, 1L), list);
  }

  @Test
  void listsSortByKeysAndReversedAsInPython() {
    context.exec("l.sort()");
    assertEquals(List.of(1L, 2L, 3L), list);
    context.exec("l.sort(reverse=True)");
    assertEquals(List.of(3L, 2L, 1L), list);
    context.exec("l.sort(key=lambda x: x % 2)");
    assertEquals(List.of(2L, 3L, 1L), list);
    assertThrows(PythonException.class, () -> context.exec("l.sort(lambda a, b: 0, key=len)"));
  }

  @Test
  void anExceptionInTheMiddleOfASortPassesThroughAsItself() {
    context.exec(
        """
        error = ValueError('no order')
        def compare(a, b): raise error
        try: l.sort(compare)
        except ValueError as e: same = e is error
        try: l.stream().map(lambda x: 1 // (x - 1)).toList()
        except ZeroDivisionError: divided = True
        """);
    assertEquals(true, context.eval("same and divided and len(l) == 3").toJava());
  }

  @Test
  void streamsTakeLambdas() {
    assertEquals(
        List.of(2L, 4L, 6L),
        context.eval("list(l.stream().map(lambda x: 2 * x).sorted())").toJava());
    assertEquals(6L, context.eval("l.stream().mapToInt(lambda x: x).sum()").toJava());
    assertEquals(6L, context.eval("l.stream().reduce(0, lambda a, b: a + b)").toJava());
    context.exec("from java.util.stream import Collectors, IntStream");
    assertEquals(
        "{0=[2], 1=[3, 1]}",
        context.evalText("str(l.stream().collect(Collectors.groupingBy(lambda x: x % 2)))"));
    assertEquals(
        2000L * 1999,
        context.eval("IntStream.range(0, 2000).parallel().map(lambda i: 2 * i).sum()").toJava());
  }

  @Test
  void aResultOfTheWrongTypeIsToldWithTheType() {
    PythonException e =
        assertThrows(
            PythonException.class, () -> context.exec("l.stream().mapToInt(lambda x: 'a').sum()"));
    assertTrue(e.getMessage().contains("str 'a' cannot become int"), e.getMessage());
  }

  @Test
  void mapsComputeWithLambdas() {
    context.exec(
        """
        first = m.computeIfAbsent('k', lambda k: k * 2)
        second = m.computeIfAbsent('k', lambda k: 'other')
        third = m.merge('k', 'z', lambda a, b: a + b)
        seen = []
        m.forEach(lambda k, v: seen.append((k, v)))
        """);
    assertEquals(
        true,
        context
            .eval("(first, second, third, seen) == ('kk', 'kk', 'kkz', [('k', 'kkz')])")
            .toJava());
  }

  @Test
  void aFunctionsParametersTellBetweenInterfaces() {
    assertEquals("one", context.evalText("app.take(lambda a: 1)"));
    assertEquals("two", context.evalText("app.take(lambda a, b: 1)"));
    assertEquals("two", context.evalText("app.take(lambda a, b, c=1: 1)"));
    assertEquals("callable", context.evalText("app.submit(lambda: 1)"));
    context.exec("class A:\n  def two(self, a, b): pass\n  def compare(self, a, b): pass");
    assertEquals("two", context.evalText("app.take(A().two)"));
    assertEquals("two", context.evalText("app.take(A())"));
    PythonException e =
        assertThrows(PythonException.class, () -> context.exec("app.take(lambda *a: 1)"));
    assertTrue(e.getMessage().contains("ambiguous"), e.getMessage());
  }

  @Test
  void anObjectPlaysAnInterfaceWithDefaultMethods() {
    context.exec(
        """
        class Round:
          def name(self): return 'round'
          def get(self): return '!'
        class Square(Round):
          def title(self): return 'own'
        class Nothing: pass
        """);
    assertEquals("shape round! false", context.evalText("app.describe(Round())"));
    assertEquals("own round! false", context.evalText("app.describe(Square())"));
    PythonException e =
        assertThrows(PythonException.class, () -> context.exec("app.describe(Nothing())"));
    assertTrue(e.getMessage().contains("'name'"), e.getMessage());
  }

  @Test
  void futuresAndPoolsRunPythonFunctions() {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      context.set("pool", pool);
      assertEquals(
          42L,
          context
              .eval(
                  "app.futureOf(lambda: 20).thenApply(lambda x: x + 1).thenApply(lambda x: 2 *"
                      + " x).get()")
              .toJava());
      assertEquals(5L, context.eval("pool.submit(lambda: 5).get()").toJava());
      assertEquals(
          "ZeroDivisionError",
          context.evalText(
              "app.futureOf(lambda: 1 // 0).handle(lambda v, t: t.getCause().type()).get()"));
    } finally {
      pool.shutdownNow();
    }
  }
}
