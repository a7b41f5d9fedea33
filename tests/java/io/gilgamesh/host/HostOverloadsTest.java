package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.internal.host.HostCallException;
import io.gilgamesh.internal.host.HostCallException.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which overload a call means. */
class HostOverloadsTest {

  private static final String MANY = "x".repeat(2);

  /** Each overload says which it is. */
  public static final class Every {
    public static String f(int value) {
      return "int " + value;
    }

    public static String f(long value) {
      return "long " + value;
    }

    public static String f(Integer value) {
      return "Integer " + value;
    }

    public static String f(Object value) {
      return "Object " + value;
    }

    public static String f(String value) {
      return "String " + value;
    }

    public static String f(List<?> value) {
      return "List " + value;
    }

    public static String f(int[] value) {
      return "int[] " + value.length;
    }

    public static String f(double value) {
      return "double " + value;
    }

    public static String f(boolean value) {
      return "boolean " + value;
    }

    public static String f(Map<?, ?> value) {
      return "Map " + value;
    }
  }

  private static String f(@Nullable Object value) {
    return String.valueOf(Described.of(Every.class).callStatic("f", value));
  }

  @Test
  void eachValueFindsTheOverloadOfItsOwnType() {
    assertEquals("long 1", f(1L));
    assertEquals("long 1099511627776", f(1L << 40));
    assertEquals("Object 18446744073709551616", f(BigInteger.TWO.pow(64)));
    assertEquals("double 1.5", f(1.5));
    assertEquals("boolean true", f(true));
    assertEquals("String ab", f("ab"));
    assertEquals("List [1]", f(new ArrayList<>(List.of(1L))));
    assertEquals("Map {}", f(new LinkedHashMap<>()));
    assertEquals("int[] 2", f(new int[] {1, 2}));
    assertEquals("Object 1.5", f(new BigDecimal("1.5")));
    assertEquals("Object SECONDS", f(TimeUnit.SECONDS));
    assertEquals("int 7", f(7));
  }

  public static final class Narrow {
    public static String wide(int value) {
      return "int " + value;
    }

    public static String wide(Object value) {
      return "Object " + value;
    }

    public static String small(byte value) {
      return "byte " + value;
    }

    public static String small(short value) {
      return "short " + value;
    }

    public static String small(int value) {
      return "int " + value;
    }

    public static String box(int value) {
      return "int " + value;
    }

    public static String box(Long value) {
      return "Long " + value;
    }

    public static String real(float value) {
      return "float " + value;
    }

    public static String real(Object value) {
      return "Object " + value;
    }

    public static String letter(char value) {
      return "char " + value;
    }

    public static String letter(Object value) {
      return "Object " + value;
    }

    public static String only(byte value) {
      return "byte " + value;
    }
  }

  private static @Nullable Object narrow(String name, @Nullable Object... values) {
    return Described.of(Narrow.class).callStatic(name, values);
  }

  @Test
  void aNarrowTypeTakesAnIntWhereItFits() {
    for (int i = 0; i < 2; i++) {
      assertEquals("int 5", narrow("wide", 5L));
      assertEquals("Object 2147483648", narrow("wide", 1L << 31));
      assertEquals("int -2147483648", narrow("wide", -(1L << 31)));
      assertEquals("byte 127", narrow("only", 127L));
      assertRefused("int 128, is no byte", () -> narrow("only", 128L));
      assertRefused("int -129, is no byte", () -> narrow("only", -129L));
    }
  }

  @Test
  void ofSeveralNarrowTypesTheWidestIsTaken() {
    assertEquals("int 5", narrow("small", 5L));
    assertEquals("Long 5", narrow("box", 5L));
  }

  @Test
  void aBoxOfJavasIsReadAnewEachTime() {
    assertEquals("byte 5", narrow("only", 5));
    assertRefused("is no byte", () -> narrow("only", 300));
    assertEquals("byte 6", narrow("only", (short) 6));
  }

  @Test
  void aFloatIsRoundedButNotOverflown() {
    assertEquals("float 0.1", narrow("real", 0.1));
    assertEquals("Object 1.0E300", narrow("real", 1e300));
    assertEquals("float Infinity", narrow("real", Double.POSITIVE_INFINITY));
    assertEquals("float NaN", narrow("real", Double.NaN));
  }

  @Test
  void aTextOfOneCharacterIsAChar() {
    assertEquals("char a", narrow("letter", "a"));
    assertEquals("Object ab", narrow("letter", "ab"));
    assertEquals("Object ", narrow("letter", ""));
    assertEquals("char c", narrow("letter", 'c'));
  }

  // ---- None

  public static final class Nulls {
    public static String f(Object value) {
      return "Object";
    }

    public static String f(String value) {
      return "String";
    }

    public static String f(int value) {
      return "int";
    }

    public static String g(String value) {
      return "String";
    }

    public static String g(Integer value) {
      return "Integer";
    }

    public static String h(int value) {
      return "int";
    }
  }

  @Test
  void noneIsTheMostSpecificReference() {
    Described nulls = Described.of(Nulls.class);
    assertEquals("String", nulls.callStatic("f", (Object) null));
    assertRefused("ambiguous for (None)", () -> nulls.callStatic("g", (Object) null));
    assertRefused("None, is no int", () -> nulls.callStatic("h", (Object) null));
  }

  // ---- ambiguity and refusals

  public static final class Two {
    public static String f(int one, Object other) {
      return "int Object";
    }

    public static String f(Object one, int other) {
      return "Object int";
    }

    public static void only(String name, List<Integer> sizes) {}
  }

  @Test
  void anAmbiguousCallListsItsCandidates() {
    HostCallException refused =
        assertThrows(
            HostCallException.class, () -> Described.of(Two.class).callStatic("f", 1L, 2L));
    assertEquals(Kind.TYPE, refused.kind());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("ambiguous for (int 1, int 2)"), message);
    assertTrue(message.contains("static java.lang.String f(int one, java.lang.Object other)"));
    assertTrue(message.contains("static java.lang.String f(java.lang.Object one, int other)"));
  }

  @Test
  void aCallThatFitsNothingTellsWhyOfEachCandidate() {
    HostCallException refused =
        assertThrows(
            HostCallException.class, () -> Described.of(Two.class).callStatic("f", "a", "b"));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("no overload for (str 'a', str 'b')"), message);
    assertTrue(message.contains("other): argument 1, str 'a', is no int"), message);
    assertTrue(message.contains("other): argument 2, str 'b', is no int"), message);
    assertRefused(
        "takes 2 arguments, not 1; it is declared as static void only(",
        () -> Described.of(Two.class).callStatic("only", "a"));
  }

  @Test
  void anElementThatDoesNotFitIsTold() {
    List<Object> sizes = new ArrayList<>(List.of(1L, "two"));
    assertRefused(
        "argument 2 for java.util.List: str 'two' cannot become java.lang.Integer",
        () -> Described.of(Two.class).callStatic("only", "a", sizes));
  }

  // ---- targets

  @Test
  void oneNameCanBeStaticAndNot() {
    Described integer = Described.of(Integer.class);
    assertEquals("7", integer.call(7, "toString"));
    assertEquals("7", integer.callStatic("toString", 7L));
    assertEquals("7", integer.call(7L, "toString"));
    assertEquals("111", integer.callStatic("toString", 7L, 2L));
    assertEquals("2", integer.call(7, "toString", 2L));
  }

  @Test
  void aMethodIsRefusedOnAnObjectThatHasItNot() {
    assertRefused(
        "java.lang.String.length is called on a java.lang.String, and not on int 5",
        () -> Described.of(String.class).call(5L, "length"));
    assertRefused("and not on None", () -> Described.of(String.class).call(null, "length"));
  }

  @Test
  void whatAMemberThrowsIsThrownAsItself() {
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> Described.of(ArrayList.class).call(new ArrayList<>(), "get", 0L));
    assertThrows(
        ClassCastException.class, () -> Described.of(Class.class).call(String.class, "cast", 1L));
    Described.CheckedFailure checked =
        assertThrows(
            Described.CheckedFailure.class,
            () -> Described.of(Class.class).callStatic("forName", "no.such.Class" + MANY));
    assertEquals(ClassNotFoundException.class, checked.getCause().getClass());
  }

  @Test
  void manyParametersArePassedToo() {
    assertEquals(
        "abcdef1", Described.of(Many.class).callStatic("all", "a", "b", "c", "d", "e", "f", 1L));
    assertEquals("abcd1", Described.of(Many.class).call(new Many(), "own", "a", "b", "c", "d", 1L));
    assertEquals("abc", Described.of(Many.class).call(new Many(), "three", "a", "b", "c"));
    assertEquals("abcd", Described.of(Many.class).callStatic("four", "a", "b", "c", "d"));
  }

  public static final class Many {
    public static String all(String a, String b, String c, String d, String e, String f, int n) {
      return a + b + c + d + e + f + n;
    }

    public String own(String a, String b, String c, String d, int n) {
      return a + b + c + d + n;
    }

    public String three(String a, String b, String c) {
      return a + b + c;
    }

    public static String four(String a, String b, String c, String d) {
      return a + b + c + d;
    }
  }

  private static void assertRefused(String part, org.junit.jupiter.api.function.Executable call) {
    HostCallException refused = assertThrows(HostCallException.class, call);
    assertEquals(Kind.TYPE, refused.kind());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(part), message);
  }
}
