package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Isolation;
import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an isolated context has of its own, and that it does what every context does. */
@Tag("start")
class IsolatedContextsTest extends IsolatedContexts {

  // ---- what is its own

  @Test
  void eachHasModulesOfItsOwn() {
    PythonContext one = contexts.open("one", Isolation.INTERPRETER);
    PythonContext two = contexts.open("two", Isolation.INTERPRETER);
    PythonContext shared = contexts.open("shared");
    for (PythonContext context : List.of(one, two, shared)) {
      context.exec("import json, sys");
    }
    one.exec("json.dumps = lambda *_: 'patched'\nsys.modules['fractions'] = 'patched'");
    assertEquals("patched", one.evalText("json.dumps(1)"));
    assertEquals("1", two.evalText("json.dumps(1)"));
    assertEquals("1", shared.evalText("json.dumps(1)"));
    assertTrue(two.evalBoolean("sys.modules.get('fractions') != 'patched'"));
    assertEquals(Isolation.INTERPRETER, one.isolation());
    assertEquals(Isolation.NAMESPACE, shared.isolation());
  }

  @Test
  void itsEnvironmentIsACopyThatNobodyElseSees() {
    PythonContext one = isolated();
    PythonContext two = isolated();
    PythonContext shared = contexts.open("shared");
    String edit =
        "import os\nos.environ['GILGAMESH_EDIT'] = 'mine'\nos.putenv('GILGAMESH_PUT', '1')";
    one.exec(edit + "\ndel os.environ['PATH']");
    for (PythonContext other : List.of(two, shared)) {
      other.exec("import os");
      assertNull(other.eval("os.environ.get('GILGAMESH_EDIT')").toJava());
      assertTrue(other.evalBoolean("'PATH' in os.environ"));
    }
    assertNull(
        shared
            .eval("os.popen('echo $GILGAMESH_EDIT$GILGAMESH_PUT').read().strip() or None")
            .toJava());
  }

  @Test
  void processesThatItStartsSeeItsEnvironment() {
    PythonContext context = isolated();
    context.exec(
        """
        import os, subprocess, sys
        os.environ["GILGAMESH_EDIT"] = "for children"
        def child(**options):
            return subprocess.run(["/bin/sh", "-c", "echo $GILGAMESH_EDIT"], stdout=subprocess.PIPE, text=True, **options).stdout.strip()
        """);
    assertEquals("for children", context.evalText("child()"));
    assertEquals("given", context.evalText("child(env={'GILGAMESH_EDIT': 'given'})"));
    assertEquals("for children", context.evalText("child(close_fds=False)"));
  }

  @Test
  void warningsFiltersAndTheRecursionLimitAreItsOwn() {
    PythonContext one = isolated();
    PythonContext two = isolated();
    one.exec("import sys, warnings\nwarnings.simplefilter('error')\nsys.setrecursionlimit(500)");
    two.exec("import sys, warnings");
    assertFalse(two.evalBoolean("('error', None, Warning, None, 0) in warnings.filters"));
    assertTrue(two.evalLong("sys.getrecursionlimit()") != 500);
  }

  @Test
  void oneRunsWhileAnotherNeverLetsGoOfItsGil() throws Exception {
    PythonContext looping = isolated();
    PythonContext other = isolated();
    looping.exec("import sys, time\nsys.setswitchinterval(1000)");
    CountDownLatch begun = new CountDownLatch(1);
    looping.set("begun", (Runnable) begun::countDown);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> loop =
          thread.submit(
              () ->
                  looping.exec(
                      """
                      begun()
                      end = time.monotonic() + 5
                      while time.monotonic() < end: pass
                      """));
      assertTrue(begun.await(20, TimeUnit.SECONDS));
      for (int i = 0; i < 1000; i++) {
        assertEquals(i, other.evalLong("i", Map.of("i", i)));
      }
      assertFalse(loop.isDone(), "the calls waited for the loop");
      loop.get(60, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  // ---- what every context does

  @Test
  void everyKindOfValueCrossesAsInAnyContext() {
    PythonContext context = isolated();
    List<Object> values =
        List.of(
            1L,
            new BigInteger("123456789012345678901234567890"),
            1.5,
            true,
            "t\u00ebxt \ud83d\udc0d",
            List.of(1L, "two", List.of(3.0)),
            Map.of("key", List.of(1L, 2L)),
            LocalDate.of(2026, 2, 28),
            ZonedDateTime.of(2026, 2, 28, 1, 2, 3, 4_000, ZoneId.of("Europe/Vienna")),
            new BigDecimal("1.50"),
            UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));
    context.exec("def same(value): return value");
    for (Object value : values) {
      assertEquals(value, context.call("same", value).toJava());
    }
    assertEquals(6, context.evalLong("sum(range(4))"));
  }

  @Test
  void javaIsCalledFromItAndClassesAreImported() {
    PythonContext context = isolated();
    LongUnaryOperator doubled = x -> 2 * x;
    List<String> list = new ArrayList<>(List.of("a"));
    context.set("doubled", doubled);
    context.set("list", JavaObject.of(list));
    context.exec(
        """
        from java.util import ArrayList, UUID
        list.append("b")
        other = ArrayList(list)
        try:
            UUID.fromString("no uuid")
        except Exception as e:
            caught = type(e).__name__
        """);
    assertEquals(List.of("a", "b"), list);
    assertEquals(42, context.evalLong("doubled(21)"));
    assertEquals("IllegalArgumentException", context.evalText("caught"));
    assertEquals(List.of("a", "b"), context.get("other").toJava());
  }

  @Test
  void exceptionsHaveTheirTracebackAndItsClassesAreItsOwn() {
    PythonContext context = isolated();
    context.exec("class Broken(ValueError): pass\ndef fail(): raise Broken('why')");
    PythonException e = assertThrows(PythonException.class, () -> context.call("fail"));
    assertTrue(e.type().endsWith("Broken"), e.type());
    assertEquals("fail", e.frames().get(e.frames().size() - 1).function());
    assertTrue(context.evalBoolean("isinstance(e, Broken)", Map.of("e", e.value())));
  }

  @Test
  void exceptionsOfAnotherInterpreterArriveWithTheirCause() {
    PythonContext inner = isolated();
    PythonContext outer = contexts.open("outer");
    inner.exec("class Broken(ValueError): pass\ndef fail(): raise Broken('why')");
    outer.set("fail", (Runnable) () -> inner.call("fail"));
    outer.exec(
        """
        try:
            fail()
        except Exception as e:
            caught = str(e)
        """);
    assertTrue(outer.evalText("caught").contains("Broken: why"), outer.evalText("caught"));
    PythonException e = assertThrows(PythonException.class, () -> outer.exec("fail()"));
    PythonException cause = (PythonException) e.getCause();
    assertTrue(cause.type().endsWith("Broken"), cause.type());
    assertEquals("fail", cause.frames().get(cause.frames().size() - 1).function());
  }

  @Test
  void transactionsOfTwoInterpretersNestOnOneThread() {
    PythonContext one = isolated();
    PythonContext two = isolated();
    PythonContext shared = contexts.open("shared");
    try (PythonTransaction outer = one.begin()) {
      PythonObject inOne = outer.eval("[1]");
      try (PythonTransaction inner = two.begin()) {
        PythonObject inTwo = inner.eval("[2, 2]");
        try (PythonTransaction innermost = shared.begin()) {
          assertEquals(3, innermost.eval("[3, 3, 3]").length());
          // While this thread is attached to another interpreter, it is let in where it calls.
          assertEquals(2, inTwo.length());
          assertEquals(1, inOne.length());
        }
        assertEquals(2, inTwo.length());
      }
      assertEquals(1, inOne.length());
    }
    assertEquals(0, python.stats().transactions());
  }

  @Test
  void callbacksGoThroughInterpretersInBothDirections() {
    PythonContext one = isolated();
    PythonContext two = isolated();
    two.exec("def inner(x): return x + 1");
    Function<Long, Long> through = x -> two.callLong("inner", x) * 10;
    one.set("through", through);
    one.exec("def outer(x): return through(x) + 1");
    assertEquals(31, one.callLong("outer", 2));
    one.set("itself", (Function<Long, Long>) x -> one.evalLong("x", Map.of("x", x)));
    assertEquals(5, one.evalLong("itself(5)"));
  }

  @Test
  void aContextIsOpenedInsideACallbackOfAnother() {
    PythonContext outer = isolated();
    outer.set(
        "nested",
        (LongUnaryOperator)
            x -> {
              try (PythonContext inner = isolated()) {
                return inner.evalLong("x * 2", Map.of("x", x));
              }
            });
    assertEquals(42, outer.evalLong("nested(21)"));
  }

  @Test
  void threadsOfPythonsCallJavaAndEndWithTheirContext() throws Exception {
    PythonContext context = isolated();
    CountDownLatch called = new CountDownLatch(3);
    context.set("called", (Runnable) called::countDown);
    context.exec(
        """
        import threading
        for _ in range(3):
            threading.Thread(target=called).start()
        def loop():
            while True: pass
        threading.Thread(target=loop).start()
        """);
    assertTrue(called.await(20, TimeUnit.SECONDS));
    context.close();
    awaitIdle();
    assertEquals(made(), idle());
  }

  @Test
  void threadLocalsLastBetweenCallsOfAThread() {
    PythonContext context = isolated();
    context.exec("import threading\nlocal = threading.local()\nlocal.x = 5");
    for (int i = 0; i < 3; i++) {
      assertEquals(5, context.evalLong("local.x"));
      assertEquals(1, contexts.open("other" + i).evalLong("1"));
    }
  }

  @Test
  void aBuiltInModuleThatRefusesSaysSo() {
    PythonContext context = isolated();
    PythonException e =
        assertThrows(PythonException.class, () -> context.exec("import faulthandler"));
    assertEquals("ImportError", e.type());
    assertTrue(e.getMessage().contains("faulthandler"), e.getMessage());
    assertTrue(e.getMessage().contains("Isolation.NAMESPACE"), e.getMessage());
  }
}
