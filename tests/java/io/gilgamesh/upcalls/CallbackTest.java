package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Java lambdas are Python callables. */
@Tag("crash")
public class CallbackTest extends InContext {

  /** An interface of an application. */
  public interface Greeter {
    String greet(String name, int times);

    default String twice(String name) {
      return greet(name, 2);
    }
  }

  @Test
  void lambdasOfEveryFunctionalInterfaceAreCallables() {
    List<Object> seen = new ArrayList<>();
    context.set("run", (Runnable) () -> seen.add("run"));
    context.set("call", (Callable<Object>) () -> "called");
    context.set("twice", (Function<Long, Object>) x -> 2 * x);
    context.set("join", (BiFunction<String, Long, Object>) (text, n) -> text.repeat(n.intValue()));
    context.set("compare", (Comparator<Long>) Long::compare);
    context.set("supply", (Supplier<Object>) () -> List.of(1L).get(0));
    context.set("isEven", (Predicate<Long>) x -> x % 2 == 0);
    context.set("add", (IntBinaryOperator) Integer::sum);
    context.set("greet", (Greeter) (name, times) -> "hi ".repeat(times) + name);
    context.exec("run()");
    assertEquals(List.of("run"), seen);
    assertEquals("called", context.eval("call()").toJava());
    assertEquals(42L, context.eval("twice(21)").toJava());
    assertEquals("abab", context.eval("join('ab', 2)").toJava());
    assertEquals(-1L, context.eval("compare(1, 2)").toJava());
    assertEquals(1L, context.eval("supply()").toJava());
    assertEquals(List.of(2L, 4L), context.eval("list(filter(isEven, [1, 2, 3, 4]))").toJava());
    assertEquals(5L, context.eval("add(2, 3)").toJava());
    assertEquals("hi hi you", context.eval("greet('you', 2)").toJava());
    assertEquals("hi hi you", context.eval("greet.twice('you')").toJava());
    assertEquals(true, context.eval("callable(greet)").toJava());
    assertEquals(
        List.of(3L, 2L, 1L),
        context
            .eval("__import__('functools').cmp_to_key(compare) and sorted([1, 3, 2], reverse=True)")
            .toJava());
  }

  @Test
  void theSameJavaObjectComesBackFromPython() {
    Object application = new Object();
    Runnable lambda = () -> {};
    context.set("o", application);
    context.set("f", lambda);
    assertSame(application, context.eval("o").toJava());
    assertSame(lambda, context.eval("f").toJava());
    assertSame(application, ((List<?>) context.eval("[o]").toJava()).get(0));
    assertSame(application, context.eval("o").to(Object.class));
    try (PythonTransaction tx = context.begin()) {
      assertSame(application, tx.get("o").toJava());
    }
  }

  @Test
  void theSamePythonObjectComesBackFromJava() {
    context.set("identity", (Function<Object, Object>) x -> x);
    assertEquals(
        true,
        context.eval("all(identity(x) is x for x in [print, object, type, lambda: 1])").toJava());
  }

  @Test
  void whatJavaThrowsReachesTheCallerInPythonAndBack() {
    IllegalStateException thrown = new IllegalStateException("not now");
    context.set(
        "fail",
        (Runnable)
            () -> {
              throw thrown;
            });
    PythonException e = assertThrows(PythonException.class, () -> context.exec("fail()"));
    assertSame(thrown, e.getCause());
    assertTrue(e.getMessage().contains("not now"), e.getMessage());
  }

  @Test
  void anExceptionOfPythonsPassesThroughJavaAsItself() {
    context.set("through", (Function<PythonObject, Object>) PythonObject::apply);
    context.exec(
        """
        class Mine(Exception): pass
        mine = Mine('x')
        def fail(): raise mine
        try:
          through(fail)
        except Mine as e:
          same = e is mine
        """);
    assertEquals(true, context.get("same").toJava());
  }

  @Test
  void aCallbackOfAClosedContextSaysSo() {
    PythonContext other = python.contexts().open("other");
    other.set("f", (Supplier<Object>) () -> 1L);
    try (PythonObject f = other.get("f").keep()) {
      context.set("f", f);
      assertEquals(1L, context.eval("f()").toJava());
    }
    other.close();
    PythonException e = assertThrows(PythonException.class, () -> context.eval("f()"));
    assertEquals("RuntimeError", e.type());
    assertTrue(e.getMessage().contains("context"), e.getMessage());
    assertTrue(e.getMessage().contains("closed"), e.getMessage());
  }

  @Test
  void callbacksMayOpenContextsAndTransactionsOfTheirOwn() {
    context.set(
        "nested",
        (Function<Long, Object>)
            n -> {
              try (PythonContext inner = python.contexts().open("inner" + n);
                  PythonTransaction tx = inner.begin()) {
                inner.set("n", n);
                return tx.eval("n * 10").asLong();
              }
            });
    assertEquals(70L, context.eval("nested(7)").toJava());
    try (PythonTransaction tx = context.begin()) {
      assertEquals(70L, tx.eval("nested(7)").toJava());
    }
    assertEquals(0, python.stats().transactions());
  }
}
