package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.HostAccess;
import io.gilgamesh.internal.host.HostCallException;
import io.gilgamesh.internal.host.HostCallException.Kind;
import io.gilgamesh.internal.host.HostClass;
import io.gilgamesh.internal.host.MemberGroup;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Classes by number and by name, and what their descriptions say of them. */
class HostClassTest {

  private static final ClassLoader LOADER = HostClassTest.class.getClassLoader();

  private static @Nullable Class<?> find(String name) {
    HostClass found = HostClass.find(name, LOADER, HostAccess.ALL);
    return found == null ? null : found.type();
  }

  // ---- numbers and names

  @Test
  void aClassHasOneNumberThatLeadsBackToIt() {
    HostClass list = HostClass.of(List.class);
    assertSame(list, HostClass.of(List.class));
    assertSame(list, HostClass.numbered(list.number()));
    assertNotEquals(list.number(), HostClass.of(Map.class).number());
    assertTrue(list.number() > 0);
  }

  @Test
  void numbersAreDense() {
    int first = HostClass.of(new Object() {}.getClass()).number();
    int second = HostClass.of(new Object() {}.getClass()).number();
    assertEquals(first + 1, second);
  }

  @Test
  void anUnknownNumberIsRefused() {
    assertThrows(HostCallException.class, () -> HostClass.numbered(0));
    assertThrows(HostCallException.class, () -> HostClass.numbered(-1));
    assertThrows(HostCallException.class, () -> HostClass.numbered(1 << 30));
    assertThrows(HostCallException.class, () -> MemberGroup.numbered(1 << 30));
    assertThrows(IllegalArgumentException.class, () -> HostClass.of(int.class));
  }

  @Test
  void classesAreFoundByBinaryAndCanonicalNames() {
    assertEquals(Map.Entry.class, find("java.util.Map$Entry"));
    assertEquals(Map.Entry.class, find("java.util.Map.Entry"));
    assertEquals(AbstractMap.SimpleEntry.class, find("java.util.AbstractMap.SimpleEntry"));
    assertEquals(int[].class, find("int[]"));
    assertEquals(String[][].class, find("java.lang.String[][]"));
    assertEquals(Map.Entry[].class, find("java.util.Map.Entry[]"));
    for (String none : List.of("", "int", "[I", "java.util", "java.util.Lost", "a/b", "[]", ".")) {
      assertNull(find(none), none);
    }
  }

  @Test
  void theLoaderOfThePolicyComesFirst() throws Exception {
    ClassLoader none = new ClassLoader(null) {};
    HostAccess own = HostAccess.ALL.toBuilder().classLoader(LOADER).build();
    String name = HostClassTest.class.getName();
    assertNull(HostClass.find(name, none, HostAccess.ALL));
    HostClass found = HostClass.find(name, none, own);
    assertSame(HostClassTest.class, found == null ? null : found.type());
  }

  @Test
  @Timeout(60)
  void aClassIsUnloadedThoughItHasANumber() throws Exception {
    int number = numberOfOtherLoader();
    for (int i = 0; i < 500; i++) {
      System.gc();
      try {
        HostClass.numbered(number);
      } catch (HostCallException e) {
        assertTrue(String.valueOf(e.getMessage()).contains("unloaded"), e.getMessage());
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("the class is kept");
  }

  /** A class of a loader of its own, described and passed to a method of the JDK's. */
  private static int numberOfOtherLoader() throws Exception {
    Class<?> other = new OtherLoader().findClass(Point.class.getName());
    Described point = Described.of(other);
    Object made = point.make(1L, 2L);
    assertEquals(1, point.call(made, "x"));
    assertEquals(true, Described.of(ArrayList.class).call(new ArrayList<>(), "add", made));
    return HostClass.of(other, HostAccess.ALL).number();
  }

  private static final class OtherLoader extends ClassLoader {
    @Override
    protected Class<?> findClass(String name) {
      try (var in = LOADER.getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = Objects.requireNonNull(in).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  // ---- descriptions

  public record Point(int x, int y) {}

  @Test
  void aDescriptionNamesItsClass() {
    Described entry = Described.of(Map.Entry.class);
    assertEquals("java.util.Map$Entry", entry.get("name"));
    assertEquals("java.util", entry.get("module"));
    assertEquals("Map.Entry", entry.get("qualname"));
    assertEquals(true, entry.get("abstract"));
    Described array = Described.of(String[][].class);
    assertEquals("java.lang.String[][]", array.get("name"));
    assertEquals("", array.get("module"));
    assertEquals("java.lang.String[][]", array.get("qualname"));
  }

  @Test
  void aDescriptionHasItsKind() {
    assertEquals("class", Described.of(Object.class).get("kind"));
    assertEquals("interface", Described.of(List.class).get("kind"));
    assertEquals("enum", Described.of(TimeUnit.class).get("kind"));
    assertEquals("record", Described.of(Point.class).get("kind"));
    assertEquals("array", Described.of(int[].class).get("kind"));
    assertEquals("throwable", Described.of(IllegalStateException.class).get("kind"));
    assertEquals("annotation", Described.of(Override.class).get("kind"));
  }

  @Test
  void aDescriptionHasExactlyTheAgreedKeys() {
    assertEquals(
        List.of(
            "name",
            "module",
            "qualname",
            "number",
            "super",
            "interfaces",
            "kind",
            "abstract",
            "doc",
            "constructor",
            "constructor_leaves",
            "constructor_signatures",
            "methods",
            "fields",
            "properties",
            "function",
            "nested",
            "constants",
            "protocols"),
        List.copyOf(HostClass.of(ArrayList.class).describe().keySet()));
  }

  @Test
  void everyDescriptionIsOfNaturalValues() {
    for (Class<?> type :
        List.of(ArrayList.class, Map.class, TimeUnit.class, int[].class, Thread.class)) {
      checkNatural(HostClass.of(type, HostAccess.ALL).describe());
    }
  }

  private static void checkNatural(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, each) -> {
            assertTrue(key instanceof String);
            checkNatural(each);
          });
    } else if (value instanceof List<?> list) {
      list.forEach(HostClassTest::checkNatural);
    } else {
      boolean natural =
          value == null
              || value instanceof String
              || value instanceof Long
              || value instanceof Boolean;
      assertTrue(natural, () -> String.valueOf(value));
    }
  }

  @Test
  void everySuperclassEndsAtObject() {
    assertNull(Described.of(Object.class).get("super"));
    long object = HostClass.of(Object.class, HostAccess.ALL).number();
    assertEquals(object, Described.of(List.class).get("super"));
    assertEquals(object, Described.of(int[].class).get("super"));
    assertEquals(
        (long) HostClass.of(AbstractMap.class, HostAccess.ALL).number(),
        Described.of(HashMap.class).get("super"));
  }

  @Test
  void interfacesAreToldTransitively() {
    List<?> numbers = (List<?>) Described.of(ArrayList.class).get("interfaces");
    for (Class<?> above : List.of(List.class, Iterable.class, RandomAccess.class)) {
      assertTrue(
          Objects.requireNonNull(numbers)
              .contains((long) HostClass.of(above, HostAccess.ALL).number()),
          above.getName());
    }
  }

  @Test
  void theDeclarationIsTheDocumentation() {
    assertEquals(
        "public class java.util.HashMap extends java.util.AbstractMap implements java.util.Map,"
            + " java.lang.Cloneable, java.io.Serializable",
        Described.of(HashMap.class).get("doc"));
    assertEquals(
        "public interface java.util.Collection extends java.lang.Iterable",
        Described.of(Collection.class).get("doc"));
    assertEquals("An array of int", Described.of(int[].class).get("doc"));
  }

  @Test
  void nestedClassesAndConstantsAreTold() {
    assertEquals(Map.of("Entry", "java.util.Map$Entry"), Described.of(Map.class).get("nested"));
    List<?> units = (List<?>) Described.of(TimeUnit.class).get("constants");
    assertEquals("NANOSECONDS", Objects.requireNonNull(units).get(0));
    assertEquals(7, units.size());
    assertEquals(
        TimeUnit.SECONDS,
        Described.callGroup(Described.of(TimeUnit.class).getter("SECONDS"), null));
    assertEquals(List.of(), Described.of(List.class).get("constants"));
  }

  @Test
  void aClassThatDoesNotExistIsNoRefusal() {
    assertNull(HostClass.find("com.acme.NoSuch", LOADER, HostAccess.NONE));
    HostCallException refused =
        assertThrows(
            HostCallException.class,
            () -> HostClass.find("java.util.List", LOADER, HostAccess.NONE));
    assertEquals(Kind.PERMISSION, refused.kind());
    assertFalse(String.valueOf(refused.getMessage()).isEmpty());
  }
}
