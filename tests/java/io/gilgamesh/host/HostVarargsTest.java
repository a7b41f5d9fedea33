package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.internal.host.HostCallException;
import io.gilgamesh.internal.host.HostCallException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Any number of arguments, and arguments by name. */
class HostVarargsTest {

  // ---- varargs

  public static final class Rest {
    public static String f(String first, Object... rest) {
      return first + Arrays.toString(rest);
    }

    public static String ints(int... all) {
      return "ints" + Arrays.toString(all);
    }

    public static String either(String one) {
      return "one " + one;
    }

    public static String either(String... all) {
      return "all " + Arrays.toString(all);
    }

    public static String none(int... all) {
      return "ints" + Arrays.toString(all);
    }

    public static String none(String... all) {
      return "strings" + Arrays.toString(all);
    }

    public static String more(Object... all) {
      return "objects" + all.length;
    }

    public static String more(String... all) {
      return "strings" + all.length;
    }

    public static String more(String first, String... all) {
      return "first" + all.length;
    }
  }

  private static @Nullable Object rest(String name, @Nullable Object... values) {
    return Described.of(Rest.class).callStatic(name, values);
  }

  @Test
  void varargsTakeNoneOneAndMany() {
    assertEquals("a[]", rest("f", "a"));
    assertEquals("a[1]", rest("f", "a", 1L));
    assertEquals("a[1, b, null]", rest("f", "a", 1L, "b", null));
    assertEquals("ints[]", rest("ints"));
    assertEquals("ints[1, 2]", rest("ints", 1L, 2L));
  }

  @Test
  void noneAmongVarargsIsAnElement() {
    assertEquals("a[null]", rest("f", "a", null));
    assertRefused("None, is no int", () -> rest("ints", (Object) null));
  }

  @Test
  void anArrayIsTheVarargsAndAListOnlyWhereItIsNoElement() {
    assertEquals("ints[1, 2]", rest("ints", new int[] {1, 2}));
    assertEquals("ints[1, 2]", rest("ints", new ArrayList<>(List.of(1L, 2L))));
    assertEquals("a[[1, 2]]", rest("f", "a", new ArrayList<>(List.of(1L, 2L))));
    assertEquals("a[1, 2]", rest("f", "a", new Object[] {1L, 2L}));
  }

  @Test
  void aSingleParameterComesBeforeVarargs() {
    assertEquals("one a", rest("either", "a"));
    assertEquals("one null", rest("either", (Object) null));
    assertEquals("all []", rest("either"));
    assertEquals("all [a, b]", rest("either", "a", "b"));
    assertEquals("first1", rest("more", "a", "b"));
    assertEquals("objects2", rest("more", "a", 1L));
    assertEquals("strings0", rest("more"));
    assertRefused("ambiguous for ()", () -> rest("none"));
  }

  // ---- names

  public static final class Named {
    public final String made;

    public Named(String name, int size) {
      made = name + size;
    }

    public static String area(int width, int height) {
      return width + "x" + height;
    }

    public static String area(int radius) {
      return "r" + radius;
    }
  }

  private static @Nullable Object area(Map<String, @Nullable Object> named, Object... values) {
    return Described.callNamed(Described.of(Named.class).method("area"), null, named, values);
  }

  @Test
  void argumentsCanBeNamed() {
    assertEquals("2x3", area(Map.of("height", 3L, "width", 2L)));
    assertEquals("2x3", area(Map.of("height", 3L), 2L));
    assertEquals("r5", area(Map.of("radius", 5L)));
    assertRefused("with depth=int 1", () -> area(Map.of("depth", 1L), 2L));
    assertRefused("with width=int 1", () -> area(Map.of("width", 1L), 2L));
    Object point =
        Described.callNamed(
            Described.of(HostArgumentsTest.Point.class).constructor(),
            null,
            Map.of("label", "a", "x", 1L));
    assertEquals(new HostArgumentsTest.Point(1, "a"), point);
  }

  @Test
  void aNamedCallIsFoundAgainByItsNamesAndKinds() {
    for (int i = 0; i < 3; i++) {
      assertEquals("2x3", area(inOrder("height", 3L, "width", 2L)));
      assertEquals("3x2", area(inOrder("width", 3L, "height", 2L)));
      assertEquals("2x300", area(Map.of("height", 300L), 2L));
      assertRefused("has no overload", () -> area(Map.of("height", "a"), 2L));
      assertRefused("has no overload", () -> area(Map.of("height", 1L << 40), 2L));
    }
  }

  private static Map<String, @Nullable Object> inOrder(
      String first, Object one, String second, Object other) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    named.put(first, one);
    named.put(second, other);
    return named;
  }

  @Test
  void whereNamesAreUnknownTheErrorSaysSo() {
    assertRefused(
        "takes no keyword arguments: the names of its parameters are not in the class file",
        () ->
            Described.callNamed(
                Described.of(Math.class).method("max"), null, Map.of("a", 1L, "b", 2L)));
  }

  private static void assertRefused(String part, org.junit.jupiter.api.function.Executable call) {
    HostCallException refused = assertThrows(HostCallException.class, call);
    assertEquals(Kind.TYPE, refused.kind());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(part), message);
  }
}
