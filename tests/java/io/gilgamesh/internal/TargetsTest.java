package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonTuple;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The exact forms in which a decoded value can be asked for. */
class TargetsTest {

  private static String refused(@Nullable Object value, Class<?> target) {
    return ""
        + assertThrows(PythonConversionException.class, () -> Targets.convert(value, target))
            .getMessage();
  }

  @Test
  void integersNarrowWhereTheyFit() {
    assertEquals(Integer.valueOf(5), Targets.convert(5L, Integer.class));
    assertEquals(Integer.valueOf(-5), Targets.convert(-5L, int.class));
    assertEquals(Short.MIN_VALUE, Targets.convert((long) Short.MIN_VALUE, short.class));
    assertEquals(Byte.MAX_VALUE, Targets.convert((long) Byte.MAX_VALUE, Byte.class));
    assertEquals(7L, Targets.convert(7L, long.class));
    assertEquals(BigInteger.TEN, Targets.convert(10L, BigInteger.class));
    assertEquals("int 2147483648 does not fit exactly in int", refused(1L << 31, int.class));
    assertEquals("int 128 does not fit exactly in java.lang.Byte", refused(128L, Byte.class));
    assertEquals(
        "int 18446744073709551616 does not fit exactly in long",
        refused(BigInteger.TWO.pow(64), long.class));
  }

  @Test
  void realsConvertWhereExact() {
    assertEquals(3.0, Targets.convert(3L, double.class));
    assertEquals(0x1p70, Targets.convert(BigInteger.TWO.pow(70), Double.class));
    assertEquals(0.5f, Targets.convert(0.5, float.class));
    assertEquals(Float.NaN, Targets.convert(Double.NaN, Float.class));
    assertEquals(-0.0f, Targets.convert(-0.0, Float.class));
    assertEquals("float 0.1 does not fit exactly in float", refused(0.1, float.class));
    assertEquals(
        "int 9007199254740993 does not fit exactly in double",
        refused((1L << 53) + 1, double.class));
    assertEquals("float 1.0 cannot become long", refused(1.0, long.class));
  }

  @Test
  void boolAndIntStayApart() {
    assertEquals(true, Targets.convert(true, boolean.class));
    assertEquals("bool True cannot become int", refused(true, int.class));
    assertEquals("int 1 cannot become boolean", refused(1L, boolean.class));
    assertEquals("bool False cannot become double", refused(false, double.class));
  }

  @Test
  void noneIsNullButNoPrimitive() {
    assertNull(Targets.convert(null, Integer.class));
    assertNull(Targets.convert(null, List.class));
    assertEquals("None cannot become int", refused(null, int.class));
  }

  @Test
  void containersBecomeArrays() {
    assertArrayEquals(new int[] {1, 2}, Targets.convert(List.of(1L, 2L), int[].class));
    assertArrayEquals(
        new String[] {"a", null}, Targets.convert(Arrays.asList("a", null), String[].class));
    assertArrayEquals(
        new short[][] {{1}, {}}, Targets.convert(List.of(List.of(1L), List.of()), short[][].class));
    assertArrayEquals(
        new Object[] {1L, "a"}, Targets.convert(PythonTuple.of(1L, "a"), Object[].class));
    assertEquals("[1]: str 'n/a' cannot become int", refused(List.of(1L, "n/a"), int[].class));
    assertEquals(
        "[1][0]: None cannot become long",
        refused(List.of(List.of(), Arrays.asList((Object) null)), long[][].class));
  }

  @Test
  void naturalFormsAndTheirSupertypesAreTakenAsTheyAre() {
    List<Long> list = List.of(1L);
    assertEquals(list, Targets.convert(list, Collection.class));
    assertEquals("x", Targets.convert("x", CharSequence.class));
    assertEquals('x', Targets.convert("x", char.class));
    assertEquals(1L, Targets.convert(1L, Number.class));
    assertEquals(1L, Targets.convert(1L, Object.class));
    assertEquals("a dict cannot become java.util.List", refused(Map.of(), List.class));
    assertEquals("str 'xy' cannot become char", refused("xy", char.class));
  }
}
