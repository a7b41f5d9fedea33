package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls of Java methods as scripts write them: which overload, and what is said where none fits.
 */
class CallsFromPythonTest extends InContext {

  /** Overloads and narrow parameters. */
  public static class Application {
    public int field = 1;
    int hidden = 2;

    public String f(int x) {
      return "int";
    }

    public String f(long x) {
      return "long";
    }

    public String f(Object x) {
      return "Object";
    }

    public String f(String x) {
      return "String";
    }

    public String f(List<?> x) {
      return "List";
    }

    public String f(int[] x) {
      return "int[]";
    }

    public String texts(String... texts) {
      return Arrays.toString(texts);
    }

    public String numbers(int... numbers) {
      return Arrays.toString(numbers);
    }

    public String either(int size) {
      return "size " + size;
    }

    public String either(Collection<?> values) {
      return "values " + values;
    }

    public String joined(Iterable<? extends CharSequence> texts) {
      return String.join(",", texts);
    }

    public byte small(byte b) {
      return b;
    }

    public boolean truth(boolean b) {
      return b;
    }

    public String named(String name, int from) {
      return name + from;
    }

    public String pair(String a, Object b) {
      return "left";
    }

    public String pair(Object a, String b) {
      return "right";
    }

    public Object count(Object... values) {
      return values.length;
    }

    public List<Object> objects(int count) {
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(new Object());
      }
      return all;
    }

    public Object[] array(int count) {
      return objects(count).toArray();
    }

    public int length(String text) {
      return text.length();
    }

    public int size(byte[] bytes) {
      return bytes.length;
    }

    public String text(int length) {
      return "é".repeat(length);
    }

    public Bounded<Integer> bounded() {
      return new Bounded<>();
    }

    public Object closed() {
      return new Closed();
    }

    int internal() {
      return 1;
    }
  }

  /** A class whose type has a bound. */
  public static class Bounded<T extends Number> {
    public String set(T value) {
      return "set " + value;
    }
  }

  static class Closed {
    public String open() {
      return "open";
    }
  }

  @BeforeEach
  void handOver() {
    context.set("app", new Application());
  }

  private String refusal(String code) {
    return assertThrows(PythonException.class, () -> context.eval(code)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.f(1) | long",
        "app.f(2**40) | long",
        "app.f(2**70) | Object",
        "app.f('s') | String",
        "app.f([1]) | List",
        "app.f((1, 2)) | List",
        "app.f(__import__('array').array('i', [1])) | int[]",
        "app.f(app) | Object",
        "app.f(print) | Object",
        "app.texts() | []",
        "app.texts('a') | [a]",
        "app.texts('a', 'b') | [a, b]",
        "app.texts(None) | [null]",
        "app.texts(*['a'] * 3) | [a, a, a]",
        "app.numbers([1, 2]) | [1, 2]",
        "app.either(3) | size 3",
        "app.either(range(3)) | values [0, 1, 2]",
        "app.either(x * x for x in range(3)) | values [0, 1, 4]",
        "app.either({1: 2}.keys()) | values [1]",
        "app.joined(str(i) for i in range(3)) | 0,1,2",
        "app.joined(['a', 'b']) | a,b",
        "app.named(from_=2, name='a') | a2",
        "app.named('a', **{'from': 2}) | a2",
        "app.bounded().set(1.5) | set 1.5",
      })
  void aCallMeansTheOverloadThatItsArgumentsFit(String code, String expected) {
    assertEquals(expected, context.evalText(code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.small(128) | int 128, is no byte",
        "app.small(None) | None, is no byte",
        "app.truth(1) | int 1, is no boolean",
        "app.numbers(None) | None, is no int",
        "app.named('a') | takes 2 arguments, not 1",
        "app.named('a', nam=1) | java.lang.String named(java.lang.String name, int from)",
        "app.either(print) | has no overload for",
        "app.bounded().set('x') | str 'x', is no java.lang.Number",
        "app.pair('a', 'b') | is ambiguous for (str 'a', str 'b'); these fit alike:",
        "app.f(None) | java.lang.String f(java.util.List x)",
      })
  void aCallThatFitsNoneIsATypeErrorThatSaysWhy(String code, String part) {
    PythonException e = assertThrows(PythonException.class, () -> context.eval(code));
    assertEquals("TypeError", e.type());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void aTriedConversionLeavesTheArgumentOpen() {
    context.exec("class Four:\n  def __index__(self): return 4\n  numerator, denominator = 4, 1");
    assertEquals("size 4", context.evalText("app.either(Four())"));
    assertEquals("size 4", context.evalText("app.either(Four())"));
  }

  @Test
  void theErrorSaysWhyAMemberIsNotSeen() {
    assertTrue(refusal("app.nothing").endsWith("has no attribute 'nothing'"));
    assertTrue(refusal("app.internal()").contains("is not public: make it public"));
    assertTrue(refusal("app.hidden").contains("is not public: make it public"));
    String closed = refusal("app.closed().open()");
    assertTrue(closed.contains("public in a class that is not"), closed);
    assertTrue(closed.contains("HostAccess.Export"), closed);
    assertEquals(false, context.eval("hasattr(app, 'internal')").toJava());
    assertEquals(3L, context.eval("getattr(app, 'nothing', 3)").toJava());
  }

  @Test
  void publicFieldsAreReadAndSet() {
    context.exec("app.field = 7");
    assertEquals(7L, context.eval("app.field").toJava());
    PythonException e = assertThrows(PythonException.class, () -> context.exec("app.field = 'x'"));
    assertEquals("TypeError", e.type());
  }

  @Test
  void aConstructorHasASignature() {
    context.exec("import inspect; from java.util import Optional, UUID");
    context.exec("from java.lang import StringBuilder");
    assertEquals(
        "(name: 'java.lang.String', from_: 'int') -> 'java.lang.String'",
        context.evalText("str(inspect.signature(app.named))"));
    assertEquals("(*args)", context.evalText("str(inspect.signature(StringBuilder))"));
    assertTrue(context.evalText("StringBuilder.__doc__").contains("StringBuilder(int"));
  }

  @Test
  void manyArgumentsAndResultsCross() {
    assertEquals(300L, context.eval("app.count(*range(300))").toJava());
    assertEquals(100_000L, context.eval("app.count(*[app] * 100_000)").toJava());
    assertEquals(100_000L, context.eval("len(list(app.objects(100_000)))").toJava());
    assertEquals(100_000L, context.eval("len(list(app.array(100_000)))").toJava());
  }

  @Test
  void hugeTextsAndBytesCross() {
    assertEquals(10_000_000L, context.eval("app.length('é' * 10_000_000)").toJava());
    assertEquals(30_000_000L, context.eval("app.size(b'x' * 30_000_000)").toJava());
    assertEquals(true, context.eval("app.text(10_000_000) == 'é' * 10_000_000").toJava());
  }
}
