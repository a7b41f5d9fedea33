package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exceptions that crossed and were dropped: nothing is held of them on either side. */
class ExceptionReferencesTest extends InContext {

  private static final int TIMES = 10_000;

  private long objects;
  private long handles;

  @BeforeEach
  void setFunctions() throws InterruptedException {
    context.set(
        "fail",
        (Callable<Object>)
            () -> {
              throw new IOException("outer", new IllegalStateException("inner"));
            });
    context.set("through", (Function<PythonObject, Object>) PythonObject::apply);
    context.set(
        "wrapping",
        (Function<PythonObject, Object>)
            callable -> {
              try {
                return callable.apply();
              } catch (PythonException e) {
                throw new IllegalStateException(e);
              }
            });
    context.exec(
        """
        import java.io
        class Mine(java.io.IOException): pass
        def python():
          raise ValueError('x') from KeyError('k')
        def caught(call, *args):
          try:
            call(*args)
          except Exception:
            return
        def given():
          raise java.io.IOException('x') from ValueError('y')
        def mine():
          raise Mine('x')
        """);
    for (String call : new String[] {"fail", "python", "given", "mine"}) {
      context.exec("caught(wrapping, " + call + ")");
    }
    settle();
    objects = python.stats().javaObjects();
    handles = python.stats().liveHandles();
  }

  /** Handles are given back once Java's collector has seen that nobody has them. */
  private void settle() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(20);
      context.exec("import gc; gc.collect()");
    }
  }

  private void expectNothingMore() throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    do {
      settle();
    } while (System.nanoTime() < end
        && (python.stats().javaObjects() != objects || python.stats().liveHandles() != handles));
    assertEquals(objects, python.stats().javaObjects(), "Java objects");
    assertEquals(handles, python.stats().liveHandles(), "handles");
  }

  @Test
  void thoseOfJavaThatPythonCatches() throws InterruptedException {
    context.exec("for _ in range(%d): caught(fail)".formatted(TIMES));
    expectNothingMore();
  }

  @Test
  void thoseOfJavaThatJavaCatches() throws InterruptedException {
    for (int i = 0; i < TIMES; i++) {
      assertThrows(PythonException.class, () -> context.eval("fail()"));
    }
    expectNothingMore();
  }

  @Test
  void thoseThatPythonRaisesAndJavaPassesOnOrWraps() throws InterruptedException {
    context.exec(
        """
        for _ in range(%d):
          caught(through, python), caught(wrapping, python)
          caught(through, mine), caught(wrapping, given)
        """
            .formatted(TIMES / 4));
    expectNothingMore();
  }

  @Test
  void thoseThatFacadesThrow() throws InterruptedException {
    context.exec("import java.lang\ndef state():\n  raise java.lang.IllegalStateException('x')");
    Supplier<?> state = context.eval("state").as(Supplier.class);
    handles = python.stats().liveHandles();
    for (int i = 0; i < TIMES; i++) {
      assertThrows(IllegalStateException.class, state::get);
    }
    assertThrows(IllegalStateException.class, state::get);
    settle();
    context.exec("pass");
    expectAtMost(handles);
  }

  private void expectAtMost(long most) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (python.stats().liveHandles() > most && System.nanoTime() < end) {
      settle();
    }
    assertEquals(objects, python.stats().javaObjects(), "Java objects");
    assertEquals(true, python.stats().liveHandles() <= most, "handles");
  }

  @Test
  void thoseWithACauseFromPython() throws InterruptedException {
    for (int i = 0; i < TIMES; i++) {
      assertThrows(PythonException.class, () -> context.eval("given()"));
    }
    expectNothingMore();
  }
}
