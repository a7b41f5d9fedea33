package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.HostAccess;
import io.gilgamesh.internal.host.HostCallException;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which members classes have for scripts, and that they work. */
class HostMembersTest {

  // ---- classes that are not public

  @Test
  void hiddenImplementationsWorkThroughTheirInterfaces() {
    List<Integer> list = List.of(3, 1, 2);
    Described type = Described.of(list.getClass());
    assertEquals(1, type.call(list, "get", 1L));
    assertEquals(3, type.call(list, "size"));
    assertEquals(List.of(1, 2), type.call(list, "subList", 1L, 3L));
    assertNull(type.get("constructor"));

    Map<String, Integer> locked = Collections.unmodifiableMap(new HashMap<>(Map.of("a", 1)));
    assertEquals(1, Described.of(locked.getClass()).call(locked, "get", "a"));
    List<String> fixed = Arrays.asList("a", "b");
    assertEquals("b", Described.of(fixed.getClass()).call(fixed, "get", 1L));
  }

  @Test
  void methodsThatAreInheritedFromAHiddenClassWork() {
    StringBuilder text = new StringBuilder("abc");
    Described type = Described.of(StringBuilder.class);
    assertEquals(3, type.call(text, "length"));
    type.call(text, "setLength", 1L);
    assertEquals("a", text.toString());
    assertEquals("axy5", String.valueOf(type.call(type.call(text, "append", "xy"), "append", 5L)));
  }

  interface Shape {
    double area();

    default String describe() {
      return "area " + area();
    }

    static Shape unit() {
      return () -> 1;
    }
  }

  static class Hidden {
    public String secret() {
      return "secret";
    }
  }

  public static class Shown extends Hidden implements Comparable<Shown> {
    public int count = 1;
    public final String name = "n";
    public static int total;
    protected int inner;
    private boolean ready;

    @Override
    public int compareTo(Shown other) {
      return 0;
    }

    public boolean isReady() {
      return ready;
    }

    public void setReady(boolean ready) {
      this.ready = ready;
    }

    public String getURL() {
      return "url";
    }

    public int getCount() {
      return -1;
    }

    public String getter() {
      return "no property";
    }

    protected void hidden() {}
  }

  @Test
  void aPublicClassHasWhatItInheritsFromAHiddenOne() {
    assertEquals("secret", Described.of(Shown.class).call(new Shown(), "secret"));
    assertFalse(Described.of(Shown.class).allMethods().contains("hidden"));
  }

  @Test
  void bridgesAreNoOverloads() {
    assertEquals(1, signatures(Described.of(Shown.class), "compareTo").size());
    assertEquals(1, signatures(Described.of(Integer.class), "compareTo").size());
    for (Map<?, ?> signature : signatures(Described.of(StringBuilder.class), "append")) {
      assertEquals("java.lang.StringBuilder", signature.get("returns"));
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> signatures(Described type, String method) {
    return (List<Map<String, Object>>)
        Objects.requireNonNull(type.entry("methods", method).get("signatures"));
  }

  // ---- what is told

  @Test
  void signaturesHaveTypesErasedAndNamesWhereKnown() {
    Map<String, Object> only = signatures(Described.of(Shown.class), "setReady").get(0);
    assertEquals(List.of(List.of("ready", "boolean")), only.get("parameters"));
    assertEquals("void", only.get("returns"));
    assertEquals(false, only.get("varargs"));
    assertEquals(false, only.get("static"));
    Map<String, Object> asList = signatures(Described.of(Arrays.class), "asList").get(0);
    assertEquals(true, asList.get("varargs"));
    assertEquals(true, asList.get("static"));
    assertEquals(List.of(List.of("arg0", "java.lang.Object[]")), asList.get("parameters"));
  }

  @Test
  void onlyWhatTheSuperclassHasNotIsListed() {
    Set<String> own = Described.of(ArrayList.class).names("methods");
    assertTrue(own.contains("ensureCapacity"));
    assertFalse(own.contains("wait"));
    assertFalse(own.contains("hashCode"));
    assertTrue(Described.of(ArrayList.class).allMethods().containsAll(List.of("add", "stream")));
    assertTrue(Described.of(Integer.class).names("methods").contains("toString"));
  }

  @Test
  void staticMethodsOfInterfacesBelongToThemAlone() {
    assertTrue(Described.of(List.class).names("methods").contains("of"));
    assertFalse(Described.of(ArrayList.class).allMethods().contains("of"));
    assertEquals(List.of(1L), Described.of(List.class).callStatic("of", 1L));
  }

  @Test
  void defaultMethodsAreInherited() {
    Supplier<String> supplier = () -> "got";
    assertEquals("got", Described.of(supplier.getClass()).call(supplier, "get"));
    Function<Integer, Integer> twice = x -> 2 * x;
    Object both = Described.of(twice.getClass()).call(twice, "andThen", twice);
    assertEquals(12, Described.of(Function.class).call(both, "apply", 3));
  }

  // ---- fields, properties, constructors

  @Test
  void fieldsAreReadAndWritten() {
    Described type = Described.of(Shown.class);
    Shown object = new Shown();
    Map<String, Object> count = type.entry("fields", "count");
    assertNull(Described.callGroup(Described.group(count.get("setter")), object, 5L));
    assertEquals(5, Described.callGroup(type.getter("count"), object));
    assertNull(type.entry("fields", "name").get("setter"));
    assertEquals(true, type.entry("fields", "total").get("static"));
    Described.callGroup(Described.group(type.entry("fields", "total").get("setter")), null, 7L);
    assertEquals(7, Shown.total);
    assertEquals(Set.of("count", "name", "total"), type.names("fields"));
    assertThrows(
        HostCallException.class,
        () -> Described.callGroup(Described.group(count.get("setter")), object, "five"));
    assertThrows(HostCallException.class, () -> Described.callGroup(type.getter("count"), "text"));
  }

  @Test
  void constantsOfInterfacesAreInherited() {
    assertTrue(Described.of(Constants.class).names("fields").contains("LIMIT"));
    assertEquals(5, Described.callGroup(Described.of(Constants.class).getter("LIMIT"), null));
  }

  public interface Limits {
    int LIMIT = 5;
  }

  public static class Constants implements Limits {}

  @Test
  void beansHaveProperties() {
    Described type = Described.of(Shown.class);
    assertEquals(Set.of("ready", "URL"), type.names("properties"));
    Map<String, Object> ready = type.entry("properties", "ready");
    assertEquals("boolean", ready.get("type"));
    Shown object = new Shown();
    Described.callGroup(Described.group(ready.get("setter")), object, true);
    assertEquals(true, Described.callGroup(Described.group(ready.get("getter")), object));
    assertNull(type.entry("properties", "URL").get("setter"));
  }

  @Test
  void constructorsAreOneGroup() {
    Described list = Described.of(ArrayList.class);
    assertEquals(new ArrayList<>(), list.make());
    assertEquals(new ArrayList<>(), list.make(5L));
    assertEquals(List.of(1L), list.make(new ArrayList<>(List.of(1L))));
    assertNull(Described.of(List.class).get("constructor"));
    assertNull(Described.of(AbstractList.class).get("constructor"));
  }

  public record Pair(String left, int right) {}

  @Test
  void recordsHaveTheirAccessors() {
    Described pair = Described.of(Pair.class);
    Object made = pair.make("a", 1L);
    assertEquals("a", pair.call(made, "left"));
    assertEquals(1, pair.call(made, "right"));
    assertEquals("Pair[left=a, right=1]", pair.call(made, "toString"));
  }

  @Test
  void arraysHaveALength() {
    assertEquals(3, Described.callGroup(Described.of(int[].class).getter("length"), new int[3]));
    assertEquals(
        1,
        Described.callGroup(
            Described.of(String[].class).getter("length"), new String[1], new Object[0]));
  }

  // ---- functions

  private static @Nullable Object function(Object target, @Nullable Object... arguments) {
    Object number = Described.of(target.getClass()).get("function");
    assertNotNull(number, target.getClass().getName());
    return Described.callGroup(Described.group(number), target, arguments);
  }

  @Test
  void whatImplementsAFunctionalInterfaceCanBeCalled() {
    Supplier<String> supplier = () -> "got";
    assertEquals("got", function(supplier));
    BinaryOperator<Integer> max = Math::max;
    assertEquals(2, function(max, 1, 2));
    Shape shape = () -> 2.5;
    assertNull(Described.of(shape.getClass()).get("function"), "its interface is not public");
    Comparator<String> order = Comparator.naturalOrder();
    assertEquals(-1, function(order, "a", "b"));
    assertEquals(3, function(new Doubler(), 2L));
  }

  /** With an interface of the application's own, not annotated. */
  public interface Step {
    int next(int from);

    @Override
    String toString();
  }

  public static class Doubler implements Step, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public int next(int from) {
      return from + 1;
    }
  }

  @Test
  void whatOnlyHappensToHaveOneAbstractMethodCanNot() {
    assertNull(Described.of(ArrayList.class).get("function"));
    assertNull(Described.of(String.class).get("function"));
    assertNull(Described.of(Object.class).get("function"));
    assertNull(Described.of(Both.class).get("function"));
  }

  public abstract static class Both implements Runnable, Supplier<String> {}

  @Test
  void whatIsAnnotatedIsOpenThoughNotPublic() {
    assertEquals("opened", Described.of(Opened.class).call(new Opened(), "opened"));
    assertFalse(Described.of(Opened.class).allMethods().contains("closed"));
    assertFalse(Described.of(Opened.class, HostAccess.DEFAULT).allMethods().contains("opened"));
  }

  static class Opened {
    @HostAccess.Export
    String opened() {
      return "opened";
    }

    public String closed() {
      return "closed";
    }
  }
}
