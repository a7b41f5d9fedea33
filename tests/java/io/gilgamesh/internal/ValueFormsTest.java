package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonTuple;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every form of the codec, from Java to the wire and back. */
class ValueFormsTest {

  @Test
  void everyIntegerTypeArrivesAsLong() {
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
          0,
          -1L
        }) {
      assertEquals(n.longValue(), Wire.roundTrip(n));
      assertEquals(List.of(n.longValue()), Wire.roundTrip(List.of(n)));
    }
  }

  @Test
  void bigIntegersArriveAsLongWithin64BitsAndWholeBeyond() {
    BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);
    BigInteger min = BigInteger.valueOf(Long.MIN_VALUE);
    assertEquals(Long.MAX_VALUE, Wire.roundTrip(max));
    assertEquals(Long.MIN_VALUE, Wire.roundTrip(min));
    BigInteger digits = BigInteger.TEN.pow(10_000);
    for (BigInteger big :
        List.of(max.add(BigInteger.ONE), min.subtract(BigInteger.ONE), digits, digits.negate())) {
      assertEquals(big, Wire.roundTrip(big));
    }
  }

  @Test
  void doublesKeepEveryBitThatMatters() {
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
      assertEquals(d, Wire.roundTrip(d));
      assertEquals(Arrays.asList(d, d), Wire.roundTrip(Arrays.asList(d, d)));
    }
    assertEquals((double) 0.1f, Wire.roundTrip(0.1f));
  }

  @Test
  void boolIsNotInt() {
    assertEquals(true, Wire.roundTrip(true));
    assertEquals(Arrays.asList(1L, true, false), Wire.roundTrip(Arrays.asList(1L, true, false)));
  }

  @Test
  void nullStandsInEveryPosition() {
    assertNull(Wire.roundTrip(null));
    List<Object> list = Arrays.asList(null, 1L, null);
    assertEquals(list, Wire.roundTrip(list));
    assertEquals(
        Collections.singletonMap(null, null), Wire.roundTrip(Collections.singletonMap(null, null)));
    assertEquals(Collections.singleton(null), Wire.roundTrip(Collections.singleton(null)));
    assertEquals(PythonTuple.of(null, null), Wire.roundTrip(PythonTuple.of(null, null)));
    assertEquals(Collections.singletonList(null), Wire.roundTrip(new Object[] {null}));
  }

  @Test
  void listsOfOneNumberTypeArePackedUntilAnElementDiffers() {
    assertEquals(Tag.LONG_LIST, Wire.tagOf(List.of(1L, 2L)));
    assertEquals(Tag.LONG_LIST, Wire.tagOf(List.of(1, 2)));
    assertEquals(Tag.DOUBLE_LIST, Wire.tagOf(List.of(1.0)));
    assertEquals(Tag.LIST, Wire.tagOf(List.of(1L, 2.0)));
    assertEquals(Tag.LIST, Wire.tagOf(List.of(2.0, 1L)));
    assertEquals(Tag.LIST, Wire.tagOf(List.of()));
    assertEquals(List.of(1L, 2.0, "x"), Wire.roundTrip(List.of(1L, 2.0, "x")));
    assertEquals(Arrays.asList(2.0, null), Wire.roundTrip(Arrays.asList(2.0, null)));
  }

  @Test
  void anyCollectionIsAList() {
    assertEquals(List.of("a", "b"), Wire.roundTrip(new LinkedList<>(List.of("a", "b"))));
    assertEquals(List.of(1L, 4L, 9L), Wire.roundTrip(lazySquares(3)));
    assertEquals(List.of("v"), Wire.roundTrip(Map.of("k", "v").values()));
  }

  private static List<Object> lazySquares(int count) {
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        Wire.roundTrip(List.of("a list that encodes while it is encoded"));
        return (long) (index + 1) * (index + 1);
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  @Test
  void orderIsKept() {
    Map<Object, Object> map = new LinkedHashMap<>();
    Set<Object> set = new LinkedHashSet<>();
    for (long i = 1000; i > 0; i--) {
      map.put(i * 7919 % 1009, "v" + i);
      set.add(i * 7919 % 1009);
    }
    assertEquals(
        new ArrayList<>(map.entrySet()), new ArrayList<>(((Map<?, ?>) notNull(map)).entrySet()));
    assertEquals(new ArrayList<>(set), new ArrayList<>((Set<?>) notNull(set)));
    assertEquals(
        new TreeMap<>(Map.of("b", 1L, "a", 2L)).toString(),
        "" + Wire.roundTrip(new TreeMap<>(Map.of("b", 1L, "a", 2L))));
  }

  private static Object notNull(Object value) {
    return Wire.notNull(Wire.roundTrip(value));
  }

  @Test
  void arraysAreCopiedInBulk() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    assertArrayEquals(bytes, (byte[]) Wire.roundTrip(bytes));
    assertArrayEquals(new byte[0], (byte[]) Wire.roundTrip(new byte[0]));
    assertArrayEquals(new short[] {-1, 2}, (short[]) Wire.roundTrip(new short[] {-1, 2}));
    assertArrayEquals(
        new int[] {Integer.MIN_VALUE, 2}, (int[]) Wire.roundTrip(new int[] {Integer.MIN_VALUE, 2}));
    assertArrayEquals(
        new long[] {Long.MIN_VALUE, 2}, (long[]) Wire.roundTrip(new long[] {Long.MIN_VALUE, 2}));
    assertArrayEquals(
        new float[] {0.1f, Float.NaN}, (float[]) Wire.roundTrip(new float[] {0.1f, Float.NaN}));
    assertArrayEquals(
        new double[] {0.1, -0.0}, (double[]) Wire.roundTrip(new double[] {0.1, -0.0}));
    assertArrayEquals(new double[0], (double[]) Wire.roundTrip(new double[0]));
    assertEquals(List.of(true, false), Wire.roundTrip(new boolean[] {true, false}));
    assertEquals("ab", Wire.roundTrip(new char[] {'a', 'b'}));
    assertEquals(List.of("a", List.of(1L)), Wire.roundTrip(new Object[] {"a", new Long[] {1L}}));
  }

  @Test
  void aLargeArrayMovesToALargerBuffer() {
    byte[] large = new byte[20 << 20];
    new Random(1).nextBytes(large);
    List<Object> value = List.of("before", large, "after");
    List<?> read = (List<?>) notNull(value);
    assertEquals("before", read.get(0));
    assertArrayEquals(large, (byte[]) read.get(1));
    assertEquals("after", read.get(2));
  }

  @Test
  void tuplesSetsAndListsStayApart() {
    assertTrue(notNull(PythonTuple.of(1L, "a")) instanceof PythonTuple);
    assertTrue(notNull(Set.of(1L)) instanceof LinkedHashSet);
    assertTrue(notNull(List.of(1L)) instanceof ArrayList);
    assertTrue(notNull(Map.of(1L, 2L)) instanceof LinkedHashMap);
  }

  @Test
  void randomNestedValuesComeBackEqual() {
    Random random = new Random(42);
    for (int i = 0; i < 3000; i++) {
      Object value = RandomValues.value(random, 4);
      assertEquals(value, Wire.roundTrip(value));
    }
  }
}
