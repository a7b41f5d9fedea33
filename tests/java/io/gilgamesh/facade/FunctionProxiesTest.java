package io.gilgamesh.facade;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Python callables as Java's functional interfaces. */
@SuppressWarnings("unchecked") // as(Function.class) says nothing of parameters
class FunctionProxiesTest extends InContext {

  record Point(int x, int y) {}

  interface Joined {
    String of(String first, Object... others);
  }

  interface Many<T> {
    List<T> of(T one);
  }

  @FunctionalInterface
  interface Checked {
    String read(String name) throws java.io.IOException;

    static String helper() {
      return "static";
    }
  }

  @Test
  void aLambdaIsEveryFunctionalInterfaceOfTheJdk() throws Exception {
    List<Object> seen = new ArrayList<>();
    context.exec("calls = []");
    context.eval("lambda: calls.append(1)").as(Runnable.class).run();
    assertEquals(1, context.evalLong("len(calls)"));
    assertEquals(7L, context.eval("lambda: 7").as(Callable.class).call());
    assertEquals("a", context.eval("lambda: 'a'").as(Supplier.class).get());
    assertEquals(6L, context.eval("lambda x: x * 2").as(Function.class).apply(3));
    assertEquals(6L, context.eval("lambda x: x * 2").as(UnaryOperator.class).apply(3));
    assertEquals(5L, context.eval("lambda x, y: x + y").as(BiFunction.class).apply(3, 2));
    assertEquals("ab", context.eval("lambda x, y: x + y").as(BinaryOperator.class).apply("a", "b"));
    assertTrue(context.eval("lambda x: x > 2").as(Predicate.class).test(3));
    assertEquals(3, context.eval("lambda x: len(x)").as(ToIntFunction.class).applyAsInt("abc"));
    assertEquals(0.5, context.eval("float").as(ToDoubleFunction.class).applyAsDouble("0.5"));
    assertEquals(5, context.eval("max").as(IntBinaryOperator.class).applyAsInt(2, 5));
    assertEquals(1, context.eval("lambda a, b: 1").as(Comparator.class).compare("a", "b"));
    Consumer<Object> consumer = context.eval("calls.append").as(Consumer.class);
    consumer.andThen(seen::add).accept("x");
    assertEquals(List.of("x"), seen);
    assertEquals("x", context.evalText("calls[-1]"));
  }

  @Test
  void defaultMethodsRunAsJava() {
    Comparator<Long> order = context.eval("lambda a, b: a - b").as(Comparator.class);
    assertEquals(List.of(3L, 2L, 1L), Stream.of(1L, 3L, 2L).sorted(order.reversed()).toList());
    Comparator<String> length = context.eval("lambda a, b: len(a) - len(b)").as(Comparator.class);
    assertEquals(
        List.of("a", "b", "aa"),
        Stream.of("aa", "b", "a").sorted(length.thenComparing(Comparator.naturalOrder())).toList());
    Function<Long, Long> twice = context.eval("lambda x: x * 2").as(Function.class);
    assertEquals(7L, twice.andThen(x -> x + 1).apply(3L));
    assertEquals(8L, twice.compose((Long x) -> x + 1).apply(3L));
    Predicate<Long> odd = context.eval("lambda x: x % 2 == 1").as(Predicate.class);
    assertEquals(List.of(2L), Stream.of(1L, 2L, 3L).filter(odd.negate()).toList());
    assertTrue(odd.and(x -> x > 2).test(3L));
    assertFalse(odd.or(odd).test(2L));
  }

  @Test
  void collectionsAndStreamsTakeThem() {
    List<String> names = new ArrayList<>(List.of("Ishtar", "Ur", "Enkidu"));
    Comparator<String> order = context.eval("lambda a, b: (a > b) - (a < b)").as(Comparator.class);
    names.sort(order);
    assertEquals(List.of("Enkidu", "Ishtar", "Ur"), names);
    Map<String, Integer> sorted = new TreeMap<>(order.reversed());
    names.forEach(name -> sorted.put(name, name.length()));
    assertEquals("[Ur, Ishtar, Enkidu]", sorted.keySet().toString());
    Function<String, Object> upper = context.eval("str.upper").as(Function.class);
    assertEquals(List.of("ENKIDU", "ISHTAR", "UR"), names.stream().map(upper).toList());
    Function<String, Object> length = context.eval("len").as(Function.class);
    Map<Object, Long> counts =
        names.parallelStream().collect(Collectors.groupingBy(length, Collectors.counting()));
    assertEquals(Map.of(6L, 2L, 2L, 1L), counts);
    names.removeIf(context.eval("lambda s: len(s) == 2").as(Predicate.class));
    names.replaceAll(context.eval("lambda s: s[0]").as(UnaryOperator.class));
    assertEquals(List.of("E", "I"), names);
    Map<String, Object> computed = new TreeMap<>();
    computed.computeIfAbsent("abc", length);
    computed.merge("abc", 4L, context.eval("lambda a, b: a + b").as(BiFunction.class));
    assertEquals(Map.of("abc", 7L), computed);
  }

  @Test
  void resultsBecomeTheTypesOfTheParameters() {
    PythonObject make = context.eval("lambda x: {'x': x, 'y': 2}");
    Function<Integer, Point> points = make.as(new TypeRef<Function<Integer, Point>>() {});
    assertEquals(new Point(1, 2), points.apply(1));
    Function<Integer, List<Point>> lists =
        context
            .eval("lambda x: [{'x': x, 'y': i} for i in range(2)]")
            .as(new TypeRef<Function<Integer, List<Point>>>() {});
    assertEquals(List.of(new Point(5, 0), new Point(5, 1)), lists.apply(5));
    Supplier<Integer> number = context.eval("lambda: 3").as(new TypeRef<Supplier<Integer>>() {});
    int plain = number.get();
    assertEquals(3, plain);
    Many<Short> many = context.eval("lambda x: [x, x]").as(new TypeRef<Many<Short>>() {});
    assertEquals(List.of((short) 4, (short) 4), many.of((short) 4));
  }

  @Test
  void aFunctionThatGivesAFunctionGivesAProxy() {
    Function<Integer, Function<Integer, Integer>> adder =
        context
            .eval("lambda x: lambda y: x + y")
            .as(new TypeRef<Function<Integer, Function<Integer, Integer>>>() {});
    int sum = adder.apply(3).andThen(x -> x * 10).apply(4);
    assertEquals(70, sum);
  }

  @Test
  void anAttributeOfTheMethodsNameComesBeforeTheObjectItself() {
    PythonObject both =
        made(
            """
            class Both:
                def __call__(self): return 'called'
                def get(self): return 'got'
            both = Both()
            """,
            "both");
    assertEquals("got", both.as(Supplier.class).get());
    assertEquals("called", context.eval("Both().__call__").as(Supplier.class).get());
  }

  @Test
  void varargsAreSpreadAndStaticMethodsStayJavas() {
    Joined joined =
        context.eval("lambda first, *rest: first.join(map(str, rest))").as(Joined.class);
    assertEquals("", joined.of("-"));
    assertEquals("1", joined.of("-", 1));
    assertEquals("1-b-2.5", joined.of("-", 1, "b", 2.5));
    assertEquals("None", joined.of("-", (Object[]) null));
    assertEquals("static", Checked.helper());
  }

  @Test
  void whatTheFunctionRaisesIsThrown() {
    Checked reader = made("def read(name): raise KeyError(name)", "read").as(Checked.class);
    PythonException raised = assertThrows(PythonException.class, () -> reader.read("x"));
    assertEquals("KeyError", raised.type());
    assertEquals("read", raised.getStackTrace()[0].getMethodName());
    Supplier<?> needy = context.eval("lambda x: x").as(Supplier.class);
    assertEquals("TypeError", assertThrows(PythonException.class, needy::get).type());
  }

  @Test
  void resultsThatDoNotFitAreRefused() {
    Comparator<?> none = context.eval("lambda a, b: None").as(Comparator.class);
    String message =
        assertThrows(PythonConversionException.class, () -> none.compare(null, null)).getMessage();
    assertEquals("None cannot become int", message);
    Predicate<?> odd = context.eval("lambda a: 1").as(Predicate.class);
    assertThrows(PythonConversionException.class, () -> odd.test(null));
    Comparator<?> large = context.eval("lambda a, b: 2 ** 40").as(Comparator.class);
    assertThrows(PythonConversionException.class, () -> large.compare(null, null));
    Runnable anything = context.eval("lambda: object()").as(Runnable.class);
    anything.run();
  }

  @Test
  void argumentsWithoutAPythonFormAreRefusedWithTheirPlace() {
    Function<Object, ?> id = context.eval("lambda x: x").as(new TypeRef<Function<Object, ?>>() {});
    assertEquals(List.of(1L, "a"), id.apply(List.of(1, "a")));
    assertThrows(PythonConversionException.class, () -> id.apply(List.of(kwargs("k", 1))));
  }

  @Test
  void whatCannotBeCalledSaysSoWhenItIs() {
    Runnable number = context.eval("3").as(Runnable.class);
    String message = assertThrows(UnsupportedOperationException.class, number::run).getMessage();
    assertEquals(
        "Python's int has no attribute 'run' and cannot be called itself, which Runnable.run()"
            + " needs",
        message);
    Runnable none = context.eval("None").as(Runnable.class);
    assertThrows(UnsupportedOperationException.class, none::run);
  }
}
