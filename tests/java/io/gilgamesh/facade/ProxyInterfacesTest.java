package io.gilgamesh.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonObject;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which interfaces a Python object can be made an object of, and several at once. */
class ProxyInterfacesTest extends InContext {

  interface Named {
    String name();
  }

  sealed interface Closed permits OnlyOne {}

  non-sealed interface OnlyOne extends Closed {}

  interface SaysInt {
    int same();
  }

  interface SaysText {
    String same();
  }

  @Test
  void aProxyImplementsAllInterfacesThatAreAskedFor() throws Exception {
    context.exec("class Thing:\n  def name(self): return 'a thing'\nthing = Thing()");
    Object proxy = context.get("thing").as(Named.class, Callable.class, Comparable.class);
    assertEquals("a thing", ((Named) proxy).name());
    assertThrows(UnsupportedOperationException.class, ((Callable<?>) proxy)::call);
    context.exec("Thing.__call__ = lambda self: 'called'");
    assertEquals("called", ((Callable<?>) proxy).call());
    Object twice = context.get("thing").as(Named.class, Named.class);
    assertEquals("a thing", ((Named) twice).name());
  }

  @Test
  void onlyOpenInterfacesAreImplemented() {
    PythonObject object = context.eval("lambda: 1");
    assertEquals(
        "java.lang.String is no interface; use to(Class) for the value of a class",
        assertThrows(IllegalArgumentException.class, () -> object.as(String.class)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> object.as(int.class));
    assertThrows(IllegalArgumentException.class, () -> object.as(Runnable[].class));
    assertThrows(IllegalArgumentException.class, () -> object.as(Override.class));
    assertThrows(
        IllegalArgumentException.class, () -> object.as(new TypeRef<ArrayList<String>>() {}));
    String sealed =
        assertThrows(IllegalArgumentException.class, () -> object.as(Closed.class)).getMessage();
    assertTrue(sealed.endsWith("Closed is sealed: a Python object cannot implement it"), sealed);
    assertEquals(1L, object.as(Supplier.class).get());
    assertThrows(IllegalArgumentException.class, () -> object.as(Runnable.class, String.class));
    assertThrows(NullPointerException.class, () -> object.as((Class<?>) null));
    assertThrows(NullPointerException.class, () -> object.as(Runnable.class, (Class<?>) null));
    assertInstanceOf(OnlyOne.class, object.as(OnlyOne.class));
  }

  @Test
  void interfacesThatNoClassCanHaveTogetherAreRefused() {
    PythonObject object = context.eval("3");
    assertThrows(IllegalArgumentException.class, () -> object.as(SaysInt.class, SaysText.class));
  }
}
