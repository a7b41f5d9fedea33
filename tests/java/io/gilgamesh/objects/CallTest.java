package io.gilgamesh.objects;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of objects and methods, attributes and items. */
class CallTest extends InContext {

  private PythonObject function;
  private PythonObject counter;

  @BeforeEach
  void define() {
    context.exec(
        """
        def f(*args, **kwargs): return (args, kwargs)
        class Counter:
            total = 0
            def add(self, n, *, times=1):
                self.total += n * times
                return self.total
            def __call__(self, n): return n + 1
        counter = Counter()
        """);
    function = context.get("f");
    counter = context.get("counter");
  }

  @Test
  void argumentsOfAnyNumber() {
    for (int count : new int[] {0, 1, 2, 20, 300, 5000}) {
      Object[] arguments = new Object[count];
      Arrays.fill(arguments, "x");
      assertEquals(
          PythonTuple.of(PythonTuple.of(arguments), Map.of()), function.apply(arguments).toJava());
    }
  }

  @Test
  void keywordArguments() {
    assertEquals(
        "((1,), {b=2, a=null})", "" + function.apply(1, kwargs("b", 2, "a", null)).toJava());
    assertEquals(6, counter.callLong("add", 2, kwargs("times", 3)));
    PythonException e =
        assertThrows(PythonException.class, () -> counter.call("add", 1, kwargs("tmes", 3)));
    assertEquals("TypeError", e.type());
    assertTrue(e.pythonMessage().contains("tmes"), e.pythonMessage());
  }

  @Test
  void callableObjectsAndBoundMethods() {
    assertEquals(6, counter.applyLong(5));
    PythonObject add = counter.attr("add");
    assertEquals(2, add.applyLong(2));
    assertEquals(4, add.applyLong(2));
    assertEquals(4, counter.attrLong("total"));
  }

  @Test
  void theFusedFormsAreExact() {
    context.exec("xs = [1, 2.5, True, 'text', None, [1]]");
    PythonObject xs = context.get("xs");
    assertEquals(1, xs.itemLong(0));
    assertEquals(2.5, xs.itemDouble(1));
    assertEquals(1.0, xs.itemDouble(0));
    assertTrue(xs.itemBoolean(2));
    assertEquals("text", xs.itemText(3));
    assertEquals(null, xs.itemTo(String.class, 4));
    assertEquals(List.of(1L), xs.itemTo(List.class, 5));
    assertThrows(PythonConversionException.class, () -> xs.itemLong(2));
    assertThrows(PythonConversionException.class, () -> xs.itemLong(3));
    assertThrows(PythonConversionException.class, () -> xs.itemBoolean(0));
    assertThrows(PythonConversionException.class, () -> xs.itemText(0));
    assertEquals(Integer.valueOf(3), xs.callTo(Integer.class, "index", "text"));
    assertTrue(xs.item(0).isInstance(context.eval("int")));
  }

  @Test
  void attributes() {
    counter.setAttr("name", List.of("a", 1));
    assertEquals(List.of("a", 1L), counter.attr("name").toJava());
    counter.deleteAttr("name");
    assertTrue(counter.findAttr("name").isEmpty());
    assertEquals(0, counter.findAttr("total").orElseThrow().asLong());
    assertEquals(
        "AttributeError", assertThrows(PythonException.class, () -> counter.attr("name")).type());
    assertEquals(
        "AttributeError",
        assertThrows(PythonException.class, () -> counter.deleteAttr("name")).type());
    assertTrue(counter.dir().contains("add"));
  }

  @Test
  void findAttrHidesOnlyAttributeErrors() {
    context.exec("class P:\n  @property\n  def broken(self): raise ValueError('no')");
    PythonObject p = context.get("P").apply();
    assertEquals(
        "ValueError", assertThrows(PythonException.class, () -> p.findAttr("broken")).type());
  }

  @Test
  void itemsAreNotAttributes() {
    PythonObject dict = context.eval("{'keys': 1, 2: 'two', (1, 2): 3}");
    assertEquals(1, dict.itemLong("keys"));
    assertTrue(dict.attr("keys").isCallable());
    assertEquals("two", dict.itemText(2));
    assertEquals(3, dict.itemLong(PythonTuple.of(1, 2)));
    dict.setItem(null, List.of());
    dict.deleteItem(2);
    assertEquals(3, dict.length());
    assertEquals("KeyError", assertThrows(PythonException.class, () -> dict.item(2)).type());
    assertEquals(
        "IndexError", assertThrows(PythonException.class, () -> context.eval("[]").item(0)).type());
  }

  @Test
  void operatorsAndComparisons() {
    PythonObject seven = context.eval("7");
    assertEquals(
        List.of(9L, 5L, 14L, 3L, 1L, 49L),
        List.of(
            seven.add(2).asLong(),
            seven.subtract(2).asLong(),
            seven.multiply(2).asLong(),
            seven.floorDivide(2).asLong(),
            seven.remainder(2).asLong(),
            seven.power(2).asLong()));
    assertEquals(3.5, seven.divide(2).asDouble());
    assertEquals(
        List.of(3L, 7L, 4L, 28L, 1L),
        List.of(
            seven.and(3).asLong(),
            seven.or(3).asLong(),
            seven.xor(3).asLong(),
            seven.shiftLeft(2).asLong(),
            seven.shiftRight(2).asLong()));
    assertEquals(
        List.of(-7L, 7L, -8L, 7L),
        List.of(
            seven.negate().asLong(),
            seven.positive().asLong(),
            seven.invert().asLong(),
            seven.negate().absolute().asLong()));
    assertTrue(
        seven.lessThan(8)
            && seven.lessOrEqual(7)
            && seven.greaterThan(6.5)
            && seven.greaterOrEqual(7));
    assertTrue(
        seven.pyEquals(7.0) && seven.pyNotEquals("7") && context.eval("'abc'").contains("b"));
    assertEquals("TypeError", assertThrows(PythonException.class, () -> seven.add("x")).type());
    assertEquals(
        "TypeError", assertThrows(PythonException.class, () -> seven.matrixMultiply(7)).type());
  }

  @Test
  void identityAndClasses() {
    PythonObject again = context.get("counter");
    assertTrue(counter.isSame(again));
    assertTrue(!counter.equals(again) && counter.equals(counter));
    assertTrue(!counter.isSame(function));
    assertTrue(counter.isInstance(context.get("Counter")));
    assertTrue(counter.isInstance(PythonTuple.of(context.eval("int"), context.get("Counter"))));
    assertTrue(!counter.isInstance(context.eval("int")));
    assertEquals("Counter", counter.type().attrText("__name__"));
    assertEquals("int", context.eval("1").typeName());
    assertEquals("OrderedDict", context.importModule("collections").call("OrderedDict").typeName());
    assertTrue(context.eval("None").isNone() && !counter.isNone());
  }

  @Test
  void textTruthLengthAndHash() {
    assertEquals("'a'", context.eval("'a'").repr());
    assertEquals("a", context.eval("'a'").str());
    assertTrue(context.eval("[0]").isTrue() && !context.eval("[]").isTrue());
    assertEquals(3, context.eval("'abc'").length());
    assertEquals(context.eval("hash('a')").asLong(), context.eval("'a'").hash());
    assertEquals(
        "TypeError", assertThrows(PythonException.class, context.eval("1")::length).type());
    assertEquals("TypeError", assertThrows(PythonException.class, context.eval("[]")::hash).type());
  }

  @Test
  void specialMethodsThatRaise() {
    context.exec(
        """
        class Bad:
            def __str__(self): raise ValueError('str')
            def __repr__(self): raise ValueError('repr')
            def __eq__(self, other): raise ValueError('eq')
            def __hash__(self): raise ValueError('hash')
            def __bool__(self): raise ValueError('bool')
        """);
    PythonObject bad = context.get("Bad").apply();
    assertEquals("str", assertThrows(PythonException.class, bad::str).pythonMessage());
    assertEquals("repr", assertThrows(PythonException.class, bad::repr).pythonMessage());
    assertEquals("eq", assertThrows(PythonException.class, () -> bad.pyEquals(1)).pythonMessage());
    assertEquals("hash", assertThrows(PythonException.class, bad::hash).pythonMessage());
    assertEquals("bool", assertThrows(PythonException.class, bad::isTrue).pythonMessage());
    assertEquals("<PythonObject of context 'CallTest'>", bad.toString());
    try (var tx = context.begin()) {
      assertEquals(context, tx.context());
      assertTrue(bad.toString().contains("ValueError: str"), bad.toString());
    }
  }

  @Test
  void argumentsArriveInTheirOrder() {
    for (int count : new int[] {1, 20, 300}) {
      Object[] arguments = LongStream.range(0, count).boxed().toArray();
      assertEquals(List.of(arguments), function.apply(arguments).item(0).toList());
      assertEquals(
          List.of(arguments), context.call("f", arguments).item(0).toList(), "by its name");
    }
    assertEquals(List.of(), function.apply().item(0).toList());
  }

  @Test
  void threeHundredKeywordArgumentsKeepTheirOrder() {
    Map<String, Object> keywords = new LinkedHashMap<>();
    for (long i = 300; i > 0; i--) {
      keywords.put("k" + i, i);
    }
    PythonObject both = function.apply(7, 8, PythonKwargs.of(keywords));
    assertEquals(List.of(7L, 8L), both.item(0).toList());
    assertEquals(
        new ArrayList<>(keywords.entrySet()),
        new ArrayList<>(((Map<?, ?>) both.item(1).toJava()).entrySet()));
  }

  @Test
  void anUnknownKeywordIsPythonsTypeErrorAndTheFunctionDoesNotRun() {
    context.exec("ran = []\ndef g(a, *, b=1): ran.append(a)");
    PythonException e =
        assertThrows(PythonException.class, () -> context.call("g", 1, kwargs("c", 2)));
    assertEquals("TypeError", e.type());
    assertTrue(
        e.pythonMessage().startsWith("g() got an unexpected keyword argument 'c'"),
        e.pythonMessage());
    assertEquals("TypeError", assertThrows(PythonException.class, () -> context.call("g")).type());
    assertEquals(0, context.evalLong("len(ran)"));
  }

  @Test
  void aBoundMethodKeepsItsSelf() {
    PythonObject own = context.get("Counter").apply();
    PythonObject add = own.attr("add");
    own.close();
    context.exec("del counter, Counter");
    assertEquals(2, add.applyLong(2));
    assertEquals(8, add.applyLong(2, kwargs("times", 3)));
    assertEquals(8, add.attr("__self__").attrLong("total"));
  }

  @Test
  void aClassABuiltinAPartialAndALambdaAreCallable() {
    context.exec("import functools\npartial = functools.partial(f, 1, k=2)");
    assertEquals("((1, 3), {'k': 2})", context.get("partial").apply(3).str());
    assertEquals("Counter", context.get("Counter").apply().typeName());
    assertEquals(3, context.eval("len").applyLong("abc"));
    assertEquals(5, context.eval("lambda x: x + 1").applyLong(4));
    assertEquals(
        "TypeError", assertThrows(PythonException.class, () -> context.eval("1").apply()).type());
  }
}
