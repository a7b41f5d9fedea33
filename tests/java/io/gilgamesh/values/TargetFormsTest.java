package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Python's libraries hold, in the class that is asked for: the same value, or a refusal. */
class TargetFormsTest extends InContext {

  private static final TypeRef<Map<String, Integer>> TYPED = new TypeRef<>() {};

  @BeforeEach
  void define() {
    context.exec(
        """
        import array, collections, datetime, decimal, enum, fractions, types, typing
        from decimal import Decimal
        from fractions import Fraction
        class State(enum.Enum): NEW = 1; OTHER = 2
        class Shade(enum.StrEnum): NEW = "new"
        class Count(enum.IntEnum): NEW = 7
        class Flags(enum.Flag): NEW = 1; B = 2
        class Bits(enum.IntFlag): A = 1; B = 2
        class Named:
            name = "NEW"
        class Broken:
            def __iter__(self):
                yield 1
                raise ValueError("broken")
        class Row(typing.TypedDict):
            a: int
        """);
  }

  private <T> T to(Class<T> target, String expression) {
    return context.evalTo(target, expression);
  }

  private String refused(Class<?> target, String expression) {
    PythonObject object = context.eval(expression);
    return assertThrows(PythonConversionException.class, () -> object.to(target)).getMessage();
  }

  @Test
  void whatCanBeIteratedBecomesAListASetOrAnArray() {
    List<Object> numbers = List.of(1L, 2L, 3L);
    for (String iterable :
        List.of(
            "collections.deque([1, 2, 3], maxlen=3)",
            "range(1, 4)",
            "{1: 0, 2: 0, 3: 0}.keys()",
            "{0: 1, 1: 2, 2: 3}.values()",
            "(n for n in (1, 2, 3))",
            "map(abs, [-1, -2, -3])",
            "iter([1, 2, 3])",
            "collections.UserList([1, 2, 3])",
            "array.array('B', [1, 2, 3])",
            "memoryview(b'\\x01\\x02\\x03')")) {
      assertInstanceOf(PythonObject.class, context.eval(iterable).toJava(), iterable);
      assertEquals(numbers, to(List.class, iterable), iterable);
      assertEquals(numbers, to(Collection.class, iterable), iterable);
      assertEquals(Set.copyOf(numbers), to(Set.class, iterable), iterable);
      assertArrayEquals(new int[] {1, 2, 3}, to(int[].class, iterable), iterable);
      assertArrayEquals(new long[] {1, 2, 3}, to(long[].class, iterable), iterable);
      assertArrayEquals(numbers.toArray(), to(Object[].class, iterable), iterable);
    }
    assertEquals(
        List.of(PythonTuple.of("a", 1L)), to(List.class, "{'a': 1}.items()"), "a view of items");
  }

  @Test
  void whatCannotBeIteratedIsRefused() {
    assertEquals(
        "an object of type complex cannot become java.util.List", refused(List.class, "1j"));
    assertEquals(
        "an object of type type cannot become java.util.List", refused(List.class, "list"));
    assertEquals("an object of type Named cannot become int[]", refused(int[].class, "Named()"));
    assertEquals(
        "[1]: str 'b' cannot become int", refused(int[].class, "collections.deque([1, 'b'])"));
    PythonObject broken = context.eval("Broken()");
    assertThrows(PythonException.class, () -> broken.to(List.class), "the iterator's own error");
  }

  @Test
  void mappingsBecomeMaps() {
    Map<Object, Object> map = Map.of("a", 1L, "b", 2L);
    for (String mapping :
        List.of(
            "collections.ChainMap({'a': 1}, {'a': 5, 'b': 2})",
            "types.MappingProxyType({'a': 1, 'b': 2})",
            "collections.UserDict(a=1, b=2)")) {
      assertInstanceOf(PythonObject.class, context.eval(mapping).toJava(), mapping);
      assertEquals(map, to(Map.class, mapping), mapping);
      assertEquals(map, context.eval(mapping).toMap(), mapping);
      assertEquals(Map.of("a", 1, "b", 2), context.eval(mapping).to(TYPED));
    }
    for (String dict :
        List.of(
            "collections.OrderedDict(a=1, b=2)",
            "collections.defaultdict(list, a=1, b=2)",
            "collections.Counter('abb')",
            "Row(a=1) | {'b': 2}")) {
      assertEquals(map, context.eval(dict).toJava(), dict);
    }
    assertEquals(
        "an object of type deque cannot become java.util.Map",
        refused(Map.class, "collections.deque()"));
    assertEquals("an object of type type cannot become java.util.Map", refused(Map.class, "dict"));
  }

  @Test
  void decimalsBecomeOtherNumbersWhereTheyAreEqual() {
    assertEquals(0.5, to(double.class, "Decimal('0.50')"));
    assertEquals(-3.0f, to(Float.class, "Decimal('-3')"));
    assertEquals(100L, to(long.class, "Decimal('1E+2')"));
    assertEquals(7, to(int.class, "Decimal('7.00')"));
    assertEquals(BigInteger.TEN.pow(30), to(BigInteger.class, "Decimal('1E+30')"));
    assertEquals(0L, to(long.class, "Decimal('0E+999999')"));
    assertEquals(
        "Decimal 0.1 does not fit exactly in double", refused(double.class, "Decimal('0.1')"));
    assertEquals("Decimal 1.5 does not fit exactly in long", refused(long.class, "Decimal('1.5')"));
    assertEquals(
        "Decimal 1E+19 does not fit exactly in long", refused(long.class, "Decimal('1E+19')"));
    assertEquals(
        "Decimal 1E+1999999999 does not fit exactly in java.math.BigInteger",
        refused(BigInteger.class, "Decimal('1E+1999999999')"));
    assertEquals(
        "Decimal 1E-1999999999 does not fit exactly in double",
        refused(double.class, "Decimal('1E-1999999999')"));
    assertEquals(Double.POSITIVE_INFINITY, to(double.class, "Decimal('Infinity')"));
    assertEquals(-0.0, to(double.class, "Decimal('-0')"));
    assertTrue(refused(BigDecimal.class, "Decimal('-0')").contains("cannot become"));
  }

  @Test
  void floatsBecomeDecimalsDigitByDigit() {
    assertEquals(
        new BigDecimal("0.1000000000000000055511151231257827021181583404541015625"),
        to(BigDecimal.class, "0.1"));
    assertEquals(new BigDecimal(Double.MIN_VALUE), to(BigDecimal.class, "5e-324"));
    for (String none : List.of("float('nan')", "float('inf')", "-0.0")) {
      assertTrue(refused(BigDecimal.class, none).endsWith("in java.math.BigDecimal"), none);
    }
    assertEquals("float 1.0 cannot become long", refused(long.class, "1.0"));
  }

  @Test
  void fractionsBecomeNumbersWhereTheyEnd() {
    assertInstanceOf(PythonObject.class, context.eval("Fraction(1, 4)").toJava());
    assertEquals(new BigDecimal("0.25"), to(BigDecimal.class, "Fraction(1, 4)"));
    assertEquals(0.25, to(double.class, "Fraction(1, 4)"));
    assertEquals(4L, to(long.class, "Fraction(8, 2)"));
    assertEquals(BigInteger.TWO.pow(80), to(BigInteger.class, "Fraction(2**81, 2)"));
    assertEquals(
        "Fraction 1/3 has no decimal form that ends: take numerator and denominator, or round it in"
            + " Python",
        refused(BigDecimal.class, "Fraction(1, 3)"));
    assertEquals(
        "fractions.Fraction Fraction(1, 3) is not exact as a double",
        refused(double.class, "Fraction(1, 3)"));
    assertEquals(
        "an object of type Fraction cannot become long", refused(long.class, "Fraction(1, 2)"));
    assertEquals("complex (1+2j) is not a float", refused(double.class, "1+2j"));
    assertEquals("complex (1+2j) is not an int", refused(long.class, "1+2j"));
  }

  @Test
  void membersOfEnumsBecomeConstantsByTheirName() {
    for (String member : List.of("State.NEW", "Shade.NEW", "Count.NEW", "Flags.NEW")) {
      assertInstanceOf(PythonObject.class, context.eval(member).toJava(), member);
      assertEquals(Thread.State.NEW, to(Thread.State.class, member), member);
    }
    assertEquals("new", to(String.class, "Shade.NEW"));
    assertEquals(7, to(int.class, "Count.NEW"));
    assertEquals(3L, to(long.class, "Bits.A | Bits.B"));
    assertEquals(
        "State.OTHER is no constant of java.lang.Thread$State",
        refused(Thread.State.class, "State.OTHER"));
    assertTrue(
        refused(Thread.State.class, "Flags.NEW | Flags.B").startsWith("Flags."),
        refused(Thread.State.class, "Flags.NEW | Flags.B"));
    assertEquals(
        "an object of type Named cannot become java.lang.Thread$State",
        refused(Thread.State.class, "Named()"));
    assertTrue(refused(String.class, "State.NEW").endsWith("is not a str"));
  }

  @Test
  void viewsOfBytesBecomeBytes() {
    for (String view :
        List.of(
            "memoryview(b'\\x01\\xff')",
            "memoryview(b'\\x01\\x00\\xff')[::2]",
            "memoryview(bytearray(b'\\x01\\xff'))",
            "array.array('B', [1, 255])",
            "array.array('b', [1, -1])")) {
      assertArrayEquals(new byte[] {1, -1}, to(byte[].class, view), view);
      assertEquals(ByteBuffer.wrap(new byte[] {1, -1}), to(ByteBuffer.class, view), view);
    }
    assertEquals(ByteBuffer.wrap(new byte[] {120}), to(ByteBuffer.class, "b'x'"));
    assertEquals(
        "an object of type memoryview cannot become byte[]",
        refused(byte[].class, "memoryview(array.array('d', [1.0]))"));
    assertEquals("an object of type Named cannot become byte[]", refused(byte[].class, "Named()"));
  }

  @Test
  void textsAndPathsHaveTheOtherFormsOfJavaToo() {
    assertArrayEquals(new char[] {'a', '\ud83d', '\ude00'}, to(char[].class, "'a\\U0001f600'"));
    assertArrayEquals(new char[] {'a', 'b'}, to(char[].class, "['a', 'b']"));
    assertEquals(new File("/a/b"), to(File.class, "__import__('pathlib').Path('/a/b')"));
  }

  @Test
  void timesWithAZoneAndTimesWithoutNeverBecomeEachOther() {
    String naive = "datetime.datetime(2024, 1, 2, 3)";
    String aware = "datetime.datetime(2024, 1, 2, 3, tzinfo=datetime.timezone.utc)";
    assertEquals(Instant.parse("2024-01-02T03:00:00Z"), to(Instant.class, aware));
    for (Class<?> moment : List.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class)) {
      assertEquals(
          "the time 2024-01-02T03:00 has no zone, and "
              + moment.getSimpleName()
              + " needs one: give it one in Python, by replace(tzinfo=...), or take it as a"
              + " LocalDateTime",
          refused(moment, naive));
    }
    for (Class<?> local : List.of(LocalDateTime.class, LocalDate.class, LocalTime.class)) {
      assertEquals(
          "the time 2024-01-02T03:00Z has a zone, which "
              + local.getSimpleName()
              + " would lose: take it as a OffsetDateTime, or drop the zone in Python, by"
              + " replace(tzinfo=None)",
          refused(local, aware));
    }
    assertTrue(refused(OffsetTime.class, "datetime.time(1)").contains("has no zone"));
    assertTrue(
        refused(LocalTime.class, "datetime.time(1, tzinfo=datetime.timezone.utc)")
            .contains("has a zone"));
    assertEquals(
        "the time 2024-01-02 cannot become java.time.Instant",
        refused(Instant.class, "datetime.date(2024, 1, 2)"));
    assertEquals(
        "the time 2024-01-02T03:00 cannot become java.time.LocalDate",
        refused(LocalDate.class, naive));
  }

  record Measured(
      BigDecimal exact,
      double real,
      Thread.State state,
      Object[] samples,
      int[] counts,
      byte[] raw,
      Instant at) {}

  @Test
  void theyAreElementsOfArraysAndPartsOfRecordsToo() {
    assertArrayEquals(
        new BigDecimal[] {new BigDecimal("0.5"), BigDecimal.ONE, new BigDecimal("0.25")},
        to(BigDecimal[].class, "[Decimal('0.5'), 1, Fraction(1, 4)]"));
    assertArrayEquals(
        new Thread.State[] {Thread.State.NEW, null}, to(Thread.State[].class, "[State.NEW, None]"));
    assertArrayEquals(
        new int[][] {{0, 1}, {5}}, to(int[][].class, "[range(2), collections.deque([5])]"));
    assertEquals(
        "[1]: Fraction 1/3 has no decimal form that ends: take numerator and denominator, or round"
            + " it in Python",
        refused(BigDecimal[].class, "[1, Fraction(1, 3)]"));
    assertEquals(
        List.of(new BigDecimal("0.5"), new BigDecimal("0.25")),
        context.eval("[0.5, Fraction(1, 4)]").to(new TypeRef<List<BigDecimal>>() {}));
    Measured measured =
        to(
            Measured.class,
            "dict(exact=Fraction(1, 8), real=Decimal('0.5'), state=State.NEW,"
                + " samples=range(2), counts=collections.deque([1]),"
                + " raw=memoryview(b'x'),"
                + " at=datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc))");
    assertEquals(new BigDecimal("0.125"), measured.exact());
    assertArrayEquals(new Object[] {0L, 1L}, measured.samples());
    assertEquals(Instant.EPOCH, measured.at());
  }

  @Test
  void noHandleIsLeftBehindByAConversion() {
    PythonObject numbers = context.eval("range(3)");
    PythonObject fraction = context.eval("Fraction(1, 4)");
    PythonObject member = context.eval("State.NEW");
    Runnable convert =
        () -> {
          numbers.to(List.class);
          fraction.to(BigDecimal.class);
          member.to(Thread.State.class);
        };
    convert.run(); // names of attributes are kept
    long before = python.stats().liveHandles();
    for (int i = 0; i < 10; i++) {
      convert.run();
    }
    assertEquals(before, python.stats().liveHandles());
  }
}
