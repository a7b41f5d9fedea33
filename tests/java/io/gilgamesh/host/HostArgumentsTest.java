package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.internal.host.HostCallException;
import io.gilgamesh.internal.host.HostCallException.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What arguments become where a parameter is of another type. */
class HostArgumentsTest {

  // ---- conversions

  public static final class Converted {
    public static String sum(List<Integer> sizes) {
      int sum = 0;
      for (Integer size : sizes) {
        sum += size;
      }
      return "sum " + sum;
    }

    public static String keys(Map<String, Short> all) {
      short last = 0;
      for (Short value : all.values()) {
        last = value;
      }
      return "last " + last;
    }

    public static String set(Set<Character> all) {
      StringBuilder text = new StringBuilder();
      for (Character one : all) {
        text.append(one);
      }
      return text.toString();
    }

    public static Object same(List<Object> all) {
      return all;
    }

    public static String unit(TimeUnit unit) {
      return unit.name();
    }

    public static String arrays(int[] all) {
      return "ints";
    }

    public static String arrays(String[] all) {
      return "strings";
    }

    public static String decimal(BigDecimal value) {
      return value.toString();
    }

    public static String point(Point point) {
      return point.toString();
    }

    public static double real(double value) {
      return value;
    }
  }

  public record Point(int x, @Nullable String label) {}

  private static @Nullable Object converted(String name, @Nullable Object value) {
    return Described.of(Converted.class).callStatic(name, value);
  }

  @Test
  void elementsGetTheTypeThatTheParameterNames() {
    assertEquals("sum 6", converted("sum", new ArrayList<>(List.of(1L, 2L, 3L))));
    assertEquals("last 7", converted("keys", new LinkedHashMap<>(Map.of("a", 7L))));
    assertEquals("ab", converted("set", new ArrayList<>(List.of("a", "b"))));
    assertRefused("some are equal", () -> converted("set", new ArrayList<>(List.of("a", "a"))));
  }

  @Test
  void whatFitsAlreadyIsPassedAsItself() {
    List<Object> list = new ArrayList<>(List.of(1L, "a"));
    assertTrue(list == converted("same", list));
    List<Integer> java = List.of(1, 2);
    assertEquals("sum 3", converted("sum", java));
  }

  @Test
  void valuesBecomeWhatOnlyOneParameterCanBe() {
    assertEquals("SECONDS", converted("unit", "SECONDS"));
    assertRefused("str 'NEVER'", () -> converted("unit", "NEVER"));
    assertEquals("5", converted("decimal", 5L));
    assertEquals("0.5", converted("decimal", 0.5));
    assertEquals(5.0, converted("real", 5L));
    assertEquals(
        "Point[x=1, label=a]",
        converted("point", new LinkedHashMap<>(new TreeMap<>(Map.of("label", "a", "x", 1L)))));
  }

  @Test
  void ofTwoArraysTheOneIsTakenThatTheElementsFit() {
    for (int i = 0; i < 2; i++) {
      assertEquals("ints", converted("arrays", new ArrayList<>(List.of(1L))));
      assertEquals("strings", converted("arrays", new ArrayList<>(List.of("a"))));
    }
    assertRefused("ambiguous", () -> converted("arrays", new ArrayList<>()));
    assertRefused("no overload", () -> converted("arrays", new ArrayList<>(List.of(1.5))));
  }

  private static void assertRefused(String part, org.junit.jupiter.api.function.Executable call) {
    HostCallException refused = assertThrows(HostCallException.class, call);
    assertEquals(Kind.TYPE, refused.kind());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(part), message);
  }
}
