package io.gilgamesh.host;

import static io.gilgamesh.host.Policies.LOADER;
import static io.gilgamesh.host.Policies.finds;
import static io.gilgamesh.host.Policies.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.HostAccess;
import io.gilgamesh.PythonConfig;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What each policy allows, and what it says where it refuses. */
class HostAccessTest {

  // ---- what objects offer

  public static class Service {
    public String name = "service";

    public Service() {}

    public static Service create() {
      return new Service();
    }

    public String greet() {
      return "hello";
    }

    public ClassLoader loader() {
      return LOADER;
    }

    public Class<?>[] types() {
      return new Class<?>[0];
    }
  }

  @Test
  void byDefaultAnObjectOffersItsPublicMembersButNotItsClass() {
    Described type = Described.of(Service.class, HostAccess.DEFAULT);
    Service service = new Service();
    assertEquals("hello", type.call(service, "greet"));
    assertEquals("service", Described.callGroup(type.getter("name"), service));
    String message = refusal(() -> type.callStatic("create"));
    assertTrue(message.contains("allowClass(" + Service.class.getCanonicalName()), message);
    refusal(type::make);
  }

  @Test
  void byDefaultNoObjectLeadsToReflection() {
    Described type = Described.of(Service.class, HostAccess.DEFAULT);
    Service service = new Service();
    String message = refusal(() -> type.call(service, "getClass"));
    assertTrue(message.contains("allowClass(java.lang.Class.class)"), message);
    assertTrue(refusal(() -> type.call(service, "loader")).contains("java.lang.ClassLoader"));
    assertTrue(refusal(() -> type.call(service, "types")).contains("java.lang.Class "));
    Described boxes = Described.of(Integer.class, HostAccess.DEFAULT);
    refusal(() -> Described.callGroup(boxes.getter("TYPE"), null));
    refusal(
        () ->
            Described.of(TimeUnit.class, HostAccess.DEFAULT)
                .call(TimeUnit.DAYS, "getDeclaringClass"));
  }

  @Test
  void aClassObjectThatGotThroughHasNoMembers() throws Exception {
    Described type = Described.of(Class.class, HostAccess.DEFAULT);
    refusal(() -> type.callStatic("forName", "java.lang.Runtime"));
    refusal(() -> type.call(Runtime.class, "getMethods"));
    refusal(() -> type.call(Runtime.class, "getName"));
    assertEquals("class java.lang.Runtime", objectMethod(type, Runtime.class));
    Object method = Runtime.class.getMethod("getRuntime");
    Described methods = Described.of(method.getClass(), HostAccess.DEFAULT);
    refusal(() -> methods.call(method, "invoke", (Object) null));
    Object loader = LOADER;
    Described loaders = Described.of(loader.getClass(), HostAccess.DEFAULT);
    refusal(() -> loaders.call(loader, "loadClass", "java.lang.Runtime"));
    refusal(
        () ->
            Described.of(Module.class, HostAccess.DEFAULT)
                .call(Object.class.getModule(), "getClassLoader"));
  }

  /** By the group of Object, which everything has. */
  private static Object objectMethod(Described type, Object target) {
    return String.valueOf(Described.of(Object.class, HostAccess.DEFAULT).call(target, "toString"));
  }

  @Test
  void theMembersOfAllowedTypesRemainThoughTheClassIsUnknown() {
    Described list = Described.of(List.of(1).getClass(), HostAccess.DEFAULT);
    assertEquals(1, list.call(List.of(1), "size"));
    Described runnable = Described.of(Thread.class, HostAccess.DEFAULT);
    assertEquals("t", runnable.call(new Thread(() -> {}, "t"), "getName"));
    refusal(() -> runnable.callStatic("currentThread"));
    refusal(() -> runnable.call(new Thread(() -> {}), "getContextClassLoader"));
  }

  @Test
  void whatBelongsToTheProcessIsRefusedInOpenClassesToo() {
    refusal(
        () ->
            Described.of(Integer.class, HostAccess.DEFAULT).callStatic("getInteger", "user.home"));
    refusal(
        () -> Described.of(Locale.class, HostAccess.DEFAULT).callStatic("setDefault", Locale.ROOT));
    assertEquals(5L, Described.of(Math.class, HostAccess.DEFAULT).callStatic("abs", -5L));
    assertEquals(
        LocalDate.EPOCH,
        Described.of(LocalDate.class, HostAccess.DEFAULT).callStatic("ofEpochDay", 0L));
  }

  @Test
  void theConstantsOfAnEnumAreValues() {
    Described type = Described.of(Color.class, HostAccess.DEFAULT);
    assertEquals(Color.RED, Described.callGroup(type.getter("RED"), null));
    refusal(() -> type.callStatic("valueOf", "RED"));
  }

  public enum Color {
    RED
  }

  // ---- explicit, none, all

  public static class Marked {
    @HostAccess.Export public int open = 1;
    public int closed = 2;

    @HostAccess.Export
    public Marked() {}

    @HostAccess.Export
    public String open() {
      return "open";
    }

    public String closed() {
      return "closed";
    }
  }

  public static class Below extends Marked {
    @Override
    public String open() {
      return "below";
    }

    public void more() {}
  }

  @HostAccess.Export
  public static class Whole {
    public String any() {
      return "any";
    }

    String hidden() {
      return "hidden";
    }
  }

  @Test
  void explicitOpensWhatIsAnnotated() {
    Described type = Described.of(Marked.class, HostAccess.EXPLICIT);
    assertEquals(Set.of("open"), type.allMethods());
    assertEquals(Set.of("open"), type.names("fields"));
    assertEquals("open", type.call(type.make(), "open"));
    assertEquals(Set.of("open"), Described.of(Below.class, HostAccess.EXPLICIT).allMethods());
    assertEquals("below", Described.of(Below.class, HostAccess.EXPLICIT).call(new Below(), "open"));
    assertEquals(Set.of("any"), Described.of(Whole.class, HostAccess.EXPLICIT).allMethods());
    assertTrue(finds(Whole.class.getName(), HostAccess.EXPLICIT));
    assertFalse(finds(Marked.class.getName(), HostAccess.EXPLICIT));
    assertTrue(finds(Whole.class.getName(), HostAccess.DEFAULT));
    assertFalse(finds(Whole.class.getName(), HostAccess.NONE));
  }

  @Test
  void noneOpensNothing() {
    Described type = Described.of(ArrayList.class, HostAccess.NONE);
    assertEquals(Set.of(), type.allMethods());
    assertEquals(null, type.get("constructor"));
    assertEquals(Set.of(), Described.of(Marked.class, HostAccess.NONE).allMethods());
  }

  @Test
  void allOpensEverythingPublic() {
    Described type = Described.of(Service.class, HostAccess.ALL);
    assertEquals(Service.class, type.call(type.make(), "getClass"));
    assertEquals(URI.class, Described.of(Class.class).callStatic("forName", "java.net.URI"));
    assertTrue(finds("sun.misc.Unsafe", HostAccess.ALL));
  }

  @Test
  void anAllowedClassHasItsStaticMembers() {
    HostAccess access = HostAccess.builder().allowClass(Service.class).build();
    Described type = Described.of(Service.class, access);
    assertEquals(Service.class, type.make().getClass());
    refusal(() -> type.call(new Service(), "getClass"));
    HostAccess more = access.toBuilder().allowClass(Class.class).build();
    assertEquals(Service.class, Described.of(Service.class, more).call(new Service(), "getClass"));
  }

  // ---- the policy as a value

  @Test
  void equalSettingsMakeEqualPolicies() {
    HostAccess one = HostAccess.builder().allowPackage("a").allowPackage("b").build();
    HostAccess other = HostAccess.builder().allowPackage("b").allowPackage("a").build();
    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    assertEquals(one, one.toBuilder().build());
    assertEquals(HostAccess.DEFAULT, HostAccess.builder().build());
    assertNotEquals(one, HostAccess.DEFAULT);
    assertNotEquals(one, HostAccess.ALL.toBuilder().allowPackage("a").allowPackage("b").build());
    assertNotEquals(one, one.toBuilder().classLoader(LOADER).build());
    assertEquals("HostAccess.DEFAULT, packages=[a, b]", one.toString());
    assertEquals(
        Set.of("java.util.Map$Entry"),
        HostAccess.builder().allowClass(Map.Entry.class).build().classes());
  }

  @Test
  void namesThatCannotBeAreRefused() {
    for (String name : List.of("", ".", "a.", "a..b", "1a", "com.acme.*", "a b")) {
      assertThrows(
          IllegalArgumentException.class, () -> HostAccess.builder().allowPackage(name), name);
      assertThrows(
          IllegalArgumentException.class, () -> HostAccess.builder().allowClass(name), name);
    }
    assertThrows(
        IllegalArgumentException.class, () -> HostAccess.builder().allowClass(int[].class));
  }

  @Test
  void aConfigurationHasItsPolicy() {
    PythonConfig all = PythonConfig.builder().hostAccess(HostAccess.ALL).build();
    assertEquals(HostAccess.ALL, all.hostAccess());
    assertEquals(HostAccess.DEFAULT, PythonConfig.defaults().hostAccess());
    assertNotEquals(all, PythonConfig.defaults());
    assertEquals(all, all.toBuilder().build());
    assertTrue(all.toString().contains("hostAccess=HostAccess.ALL"), all.toString());
    assertFalse(PythonConfig.defaults().toString().contains("hostAccess"));
  }
}
