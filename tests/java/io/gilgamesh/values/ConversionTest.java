package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.testing.InContext;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values there and back through Python. */
class ConversionTest extends InContext {

  private PythonObject same;
  private PythonObject type;

  @BeforeEach
  void define() {
    same = made("def same(x): return x", "same");
    type = made("def type_of(x): return type(x).__name__", "type_of");
  }

  private Object back(Object value) {
    return same.applyTo(Object.class, new Object[] {value});
  }

  private String typeOf(Object value) {
    return type.applyText(new Object[] {value});
  }

  @Test
  void everyIntegerTypeIsAnIntAndComesBackAsLong() {
    for (Number n :
        new Number[] {
          Byte.MIN_VALUE,
          Byte.MAX_VALUE,
          Short.MIN_VALUE,
          Short.MAX_VALUE,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          0
        }) {
      assertEquals("int", typeOf(n));
      assertEquals(n.longValue(), back(n));
      assertEquals(List.of(n.longValue()), back(List.of(n)));
      assertEquals(n.longValue(), same.applyLong(n));
    }
  }

  @Test
  void intsOutOfRangeNameValueAndTarget() {
    PythonObject big = context.eval("2**63");
    String message = assertThrows(PythonConversionException.class, big::asLong).getMessage();
    assertTrue(message.contains("9223372036854775808") && message.contains("long"), message);
    message =
        assertThrows(PythonConversionException.class, context.eval("-2**31-1")::asInt).getMessage();
    assertTrue(message.contains("-2147483649") && message.contains("int"), message);
    message =
        assertThrows(PythonConversionException.class, () -> context.eval("128").to(Byte.class))
            .getMessage();
    assertTrue(message.contains("128") && message.contains("Byte"), message);
    assertEquals(Byte.valueOf((byte) 127), context.eval("127").to(Byte.class));
    assertEquals(Long.MIN_VALUE, context.eval("-2**63").asLong());
  }

  @Test
  void intsBeyond64BitsAreBigIntegers() {
    for (BigInteger big :
        List.of(
            BigInteger.ONE.shiftLeft(63),
            BigInteger.ONE.shiftLeft(64).negate(),
            BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE),
            BigInteger.TEN.pow(10_000),
            new BigInteger("1000111000111000111000111"))) {
      assertEquals(big, back(big));
      assertEquals(big, context.eval("x", Map.of("x", big)).asBigInteger());
    }
    assertEquals(1000111000111000111L, context.eval("1000111000111000111").toJava());
    assertEquals(BigInteger.TEN, context.eval("10").asBigInteger());
  }

  @Test
  void floatsKeepNanInfinitiesZeroSignAndSubnormals() {
    for (double d :
        new double[] {
          0.0,
          -0.0,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          0.1
        }) {
      assertEquals(d, back(d));
      assertEquals(List.of(d), back(List.of(d)));
      assertEquals(d, same.applyDouble(d));
    }
    assertEquals("float", typeOf(0.5f));
    assertEquals(0.5f, context.eval("0.5").to(Float.class));
    assertThrows(PythonConversionException.class, () -> context.eval("0.1").to(Float.class));
    assertEquals(3.0, context.eval("3").asDouble());
    assertThrows(PythonConversionException.class, context.eval("2**53 + 1")::asDouble);
  }

  @Test
  void boolIsNeverAnIntNorAnIntABool() {
    assertEquals("bool", typeOf(true));
    assertEquals(Arrays.asList(true, 1L, false, 0L), back(Arrays.asList(true, 1, false, 0)));
    assertThrows(PythonConversionException.class, context.eval("True")::asLong);
    assertThrows(PythonConversionException.class, context.eval("True")::asDouble);
    assertThrows(PythonConversionException.class, context.eval("1")::asBoolean);
    assertThrows(PythonConversionException.class, () -> context.eval("True").to(Integer.class));
    assertThrows(PythonConversionException.class, () -> context.eval("1").to(Boolean.class));
    assertThrows(PythonConversionException.class, () -> context.eval("[True]").toLongArray());
  }

  @Test
  void noneInEveryPosition() {
    assertNull(back(null));
    assertNull(context.eval("None").toJava());
    assertEquals(Arrays.asList(null, 1L), back(Arrays.asList(null, 1)));
    assertEquals(Collections.singletonMap(null, null), back(Collections.singletonMap(null, null)));
    assertEquals(Collections.singleton(null), back(Collections.singleton(null)));
    assertEquals(PythonTuple.of(null, null), back(PythonTuple.of(null, null)));
    assertTrue(same.apply((Object) null).isNone());
    context.exec("class C: pass");
    context.get("C").setAttr("x", null);
    assertNull(context.get("C").attrTo(String.class, "x"));
    assertThrows(PythonConversionException.class, context.eval("None")::asLong);
  }

  @Test
  void bytesCrossWholeAtOnce() {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    byte[] large = new byte[100 << 20];
    new Random(3).nextBytes(large);
    for (byte[] bytes : List.of(all, new byte[0], large)) {
      assertEquals("bytes", typeOf(bytes));
      assertArrayEquals(bytes, (byte[]) back(bytes));
    }
    assertArrayEquals(new byte[] {1, -1}, context.eval("bytearray(b'\\x01\\xff')").toBytes());
  }

  @Test
  void primitiveArraysAreArrays() {
    for (Object array :
        new Object[] {
          new short[] {1, -1},
          new int[] {1, -1},
          new long[] {1, -1},
          new float[] {1, 0.1f},
          new double[] {1, 0.1}
        }) {
      assertEquals("array", typeOf(array));
      assertEquals(array.getClass(), back(array).getClass());
    }
    assertArrayEquals(new double[] {1, 0.1}, (double[]) back(new double[] {1, 0.1}));
    assertEquals(List.of(true, false), back(new boolean[] {true, false}));
    assertArrayEquals(new long[] {1, 2}, context.eval("[1, 2]").toLongArray());
    assertArrayEquals(new double[] {1, 2.5}, context.eval("(1, 2.5)").toDoubleArray());
    assertArrayEquals(new int[] {1, 2}, context.eval("[1, 2]").to(int[].class));
    assertArrayEquals(new String[] {"a", "b"}, context.eval("['a', 'b']").to(String[].class));
  }

  @Test
  void containersKeepKindAndOrder() {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (long i = 500; i > 0; i--) {
      map.put(i * 7919 % 1009, List.of(i, "v"));
    }
    Map<?, ?> read = (Map<?, ?>) back(map);
    assertEquals(new ArrayList<>(map.entrySet()), new ArrayList<>(read.entrySet()));
    assertInstanceOf(PythonTuple.class, back(PythonTuple.of(1L)));
    assertInstanceOf(LinkedHashSet.class, context.eval("frozenset({1})").toJava());
    assertEquals("set", typeOf(Set.of(1)));
    assertEquals("list", typeOf(new Object[] {1}));
    assertEquals(
        PythonTuple.of(1L, 2L), context.eval("P(1, 2)", Map.of("P", namedTuple())).toJava());
  }

  private PythonObject namedTuple() {
    return made("import collections\nP = collections.namedtuple('P', 'x y')", "P");
  }

  @Test
  void enumMembersStayObjectsThoughTheyAreInts() {
    context.exec("import enum\nclass E(enum.IntEnum):\n  A = 1");
    assertInstanceOf(PythonObject.class, context.eval("E.A").toJava());
  }

  @Test
  void whatHasNoJavaFormStaysAnObjectInsideContainersToo() {
    List<?> list = context.eval("[1, object(), {'f': len}]").toList();
    assertEquals(1L, list.get(0));
    assertInstanceOf(PythonObject.class, list.get(1));
    Object function = ((Map<?, ?>) list.get(2)).get("f");
    assertEquals(3, assertInstanceOf(PythonObject.class, function).applyLong("abc"));
  }

  @Test
  void deepValuesAndCyclesAreErrorsWithAPath() {
    context.exec(
        "deep = []\n"
            + "for i in range(10_000): deep = [deep]\n"
            + "loop = [0]\n"
            + "loop.append({'k': loop})\n"
            + "ok = []\n"
            + "for i in range(999): ok = [ok]");
    PythonConversionException e =
        assertThrows(PythonConversionException.class, context.get("deep")::toJava);
    assertTrue(e.path().startsWith("[0][0]"), e.path());
    e = assertThrows(PythonConversionException.class, context.get("loop")::toJava);
    assertTrue(e.path().startsWith("[1]['k']"), e.path());
    Object read = context.get("ok").toJava();
    assertEquals(read.toString(), back(read).toString());
  }

  @Test
  void randomTextsAndNumbersComeBackAsTheyWere() {
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      List<Object> value = new ArrayList<>();
      for (int j = random.nextInt(20); j > 0; j--) {
        value.add(
            random.nextBoolean()
                ? (Object) (random.nextLong() >> random.nextInt(64))
                : text(random));
      }
      assertEquals(value, back(value));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
    }
    return text.toString();
  }

  @Test
  void pythonsLimitOnDigitsIsOnTextOnly() {
    BigInteger big = BigInteger.TEN.pow(10_000).negate();
    PythonObject made = context.toPython(big);
    assertEquals(big, made.asBigInteger());
    assertTrue(context.evalBoolean("x == -10 ** 10_000", Map.of("x", made)));
    assertEquals(List.of(big), context.eval("[-10 ** 10_000]").toJava());
    PythonException text = assertThrows(PythonException.class, made::str);
    assertEquals("ValueError", text.type());
    assertTrue(text.pythonMessage().contains("4300 digits"), text.pythonMessage());
    String refusal = assertThrows(PythonConversionException.class, made::asLong).getMessage();
    assertTrue(refusal.contains("long"), refusal);
  }

  @Test
  void boolAndIntStayApartAsArgumentsAndInsideContainers() {
    context.exec("def types(*a, **k): return [type(x).__name__ for x in (*a, *k.values())]");
    assertEquals(
        List.of("bool", "int", "bool", "int", "bool"),
        context.call("types", true, 1, false, 0L, PythonKwargs.kwargs("k", true)).toJava());
    assertEquals(PythonTuple.of(true, 1L), context.eval("(True, 1)").toJava());
    assertEquals(Map.of("t", true, "one", 1L), context.eval("{'t': True, 'one': 1}").toJava());
    assertEquals(Set.of(true), context.eval("{True}").toJava());
    assertEquals(Set.of(1L), context.eval("{1}").toJava());
    assertEquals(Map.of(false, true, 5L, 1L), context.eval("{False: True, 5: 1}").toJava());
    assertThrows(PythonConversionException.class, () -> context.eval("[True]").to(int[].class));
    assertThrows(PythonConversionException.class, () -> context.eval("[1]").to(boolean[].class));
    assertThrows(PythonConversionException.class, context.eval("True")::asBigInteger);
  }

  @Test
  void bytesAreNeverTakenOneElementAtATime() {
    context.exec(
        """
        class Guarded(bytes):
            def refuse(self, *a): raise AssertionError('an element was taken')
            __iter__ = __getitem__ = refuse
        class GuardedArray(bytearray):
            def refuse(self, *a): raise AssertionError('an element was taken')
            __iter__ = __getitem__ = refuse
        """);
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    for (String type : List.of("Guarded", "GuardedArray")) {
      PythonObject guarded = context.get(type).apply(all);
      assertArrayEquals(all, guarded.toBytes());
      assertArrayEquals(all, guarded.to(byte[].class));
    }
    long start = System.nanoTime();
    assertEquals(100 << 20, ((byte[]) back(new byte[100 << 20])).length);
    long seconds = java.time.Duration.ofNanos(System.nanoTime() - start).toSeconds();
    assertTrue(seconds < 10, "100 MB took " + seconds + " s");
  }

  @Test
  void notANumbersThatJavaHoldsForOneAreNotLost() {
    for (String lost :
        List.of(
            "{float('nan'), float('nan'), 1}",
            "{float('nan'): 1, 0: 2, -float('nan'): 3}",
            "frozenset([(float('nan'),), (float('nan'),), 0])")) {
      String message =
          assertThrows(PythonConversionException.class, context.eval(lost)::toJava).getMessage();
      assertTrue(message.startsWith("of its 3 "), message);
      assertTrue(message.endsWith(" only 2 differ in Java, where all NaNs are one"), message);
    }
    assertEquals(Set.of(Double.NaN, 0.0, 1.0), context.eval("{float('nan'), 0.0, 1.0}").toJava());
  }
}
