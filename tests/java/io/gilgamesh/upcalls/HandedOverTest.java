package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What Java hands to Python, in every place where a value can stand, and back. */
class HandedOverTest extends InContext {

  /** An enum of an application. */
  public enum Color {
    RED,
    GREEN {
      @Override
      public String tone() {
        return "cold";
      }
    };

    public String tone() {
      return "warm";
    }
  }

  /** A record that holds anything. */
  public record Pair(Object a, Object b) {}

  @Test
  void objectsKeepTheirIdentityInEveryPlace() {
    Object one = new Object();
    Object box = JavaObject.of(new Pair(one, List.of()));
    context.set("one", one);
    context.set("pair", box);
    Map<Object, Object> map = new HashMap<>();
    context.set("m", JavaObject.of(map));
    context.exec("m['value'] = one; m[one] = 'key'; o = object(); m['python'] = o");
    assertSame(one, map.get("value"));
    assertEquals("key", map.get(one));
    assertInstanceOf(PythonObject.class, map.get("python"));
    assertEquals(true, context.eval("m['python'] is o and m[one] == 'key' and one in m").toJava());
    assertEquals(true, context.eval("pair.a() == one and m['value'] == one").toJava());
    Object back = context.eval("{'k': [one]}").toJava();
    assertSame(one, ((List<?>) ((Map<?, ?>) back).get("k")).get(0));
  }

  @Test
  void javaObjectHandsValuesOverAsThemselves() {
    List<Object> list = new ArrayList<>(List.of(1L));
    int[] array = {1, 2, 3};
    context.set("l", JavaObject.of(list));
    context.set("a", JavaObject.of(array));
    context.set("e", JavaObject.of(new IllegalStateException("told")));
    context.set("c", JavaObject.of(Color.GREEN));
    context.set("none", null);
    context.exec("l.append(2); a[0] = 9; e_is = isinstance(e, Exception); tone = c.tone()");
    assertEquals(List.of(1L, 2L), list);
    assertEquals(9, array[0]);
    assertEquals(true, context.eval("e_is and str(e) == 'told' and none is None").toJava());
    assertEquals("cold", context.evalText("tone"));
    assertSame(Color.GREEN, context.eval("c").toJava());
  }

  @Test
  void theInterruptFlagLivesThroughACallback() {
    context.set("interrupt", (Runnable) () -> Thread.currentThread().interrupt());
    context.set(
        "sleep",
        (Callable<Object>)
            () -> {
              Thread.sleep(10_000);
              return null;
            });
    context.exec("interrupt()");
    assertTrue(Thread.interrupted());
    PythonException e =
        assertThrows(PythonException.class, () -> context.exec("interrupt(); sleep()"));
    assertInstanceOf(InterruptedException.class, e.getCause());
    assertFalse(Thread.interrupted());
  }
}
