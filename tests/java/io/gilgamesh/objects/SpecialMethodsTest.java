package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Objects whose special methods raise, or answer what they must not. */
class SpecialMethodsTest extends InContext {

  private PythonObject bad;

  @BeforeEach
  void define() {
    context.exec(
        """
        class Bad:
            def __str__(self): raise ValueError('str')
            def __repr__(self): raise ValueError('repr')
            def __eq__(self, other): raise ValueError('eq')
            def __hash__(self): raise ValueError('hash')
        class Leaving:
            def __str__(self): raise SystemExit(3)
            def __repr__(self): raise KeyboardInterrupt('now')
        class Lying:
            def __str__(self): return 5
            def __repr__(self): return None
            def __hash__(self): return 'x'
        """);
    bad = context.get("Bad").apply();
  }

  private static void raises(String type, String message, Executable use) {
    PythonException e = assertThrows(PythonException.class, use);
    assertEquals(type + ": " + message, e.getMessage());
  }

  @Test
  void whatStrReprEqAndHashRaiseIsThrown() {
    raises("ValueError", "str", bad::str);
    raises("ValueError", "repr", bad::repr);
    raises("ValueError", "eq", () -> bad.pyEquals(bad.attr("__class__")));
    raises("ValueError", "eq", () -> bad.pyNotEquals(1));
    raises("ValueError", "hash", bad::hash);
  }

  @Test
  void whatTheyRaiseInsideCollectionsIsThrownToo() {
    PythonObject list = context.eval("[object()]");
    raises("ValueError", "eq", () -> list.contains(bad));
    raises("ValueError", "eq", () -> list.call("index", bad));
    raises("ValueError", "hash", () -> context.eval("{}").item(bad));
    raises("ValueError", "hash", () -> context.eval("{}").setItem(bad, 1));
    raises("ValueError", "hash", () -> context.toPython(Set.of(bad)));
    raises("ValueError", "hash", () -> context.toPython(Map.of(bad, 1)));
    raises("ValueError", "repr", () -> context.toPython(List.of(bad)).str());
  }

  @Test
  void javasOwnMethodsNeverRaise() {
    PythonObject again = bad.keep();
    assertEquals(bad, bad);
    assertNotEquals(bad, again);
    assertTrue(Set.of(bad, again).contains(again));
    assertTrue(bad.isSame(again));
    assertEquals("<PythonObject of context 'SpecialMethodsTest'>", bad.toString());
    int hash = bad.hashCode();
    bad.close();
    assertEquals(hash, bad.hashCode());
  }

  @Test
  void toStringTellsWhatReprOrStrRaisedEvenWhereItWouldEndAProgram() {
    PythonObject leaving = context.get("Leaving").apply();
    raises("SystemExit", "3", leaving::str);
    raises("KeyboardInterrupt", "now", leaving::repr);
    try (PythonTransaction tx = context.begin()) {
      assertTrue(bad.toString().contains("ValueError: str"), bad.toString());
      assertTrue(leaving.toString().contains("SystemExit: 3"), leaving.toString());
      assertEquals(2, tx.evalLong("1 + 1"));
    }
  }

  @Test
  void anAnswerOfAWrongTypeIsPythonsTypeError() {
    PythonObject lying = context.get("Lying").apply();
    for (Executable use : List.<Executable>of(lying::str, lying::repr, lying::hash)) {
      assertEquals("TypeError", assertThrows(PythonException.class, use).type());
    }
    try (PythonTransaction tx = context.begin()) {
      assertTrue(lying.toString().contains("TypeError"), lying.toString());
      assertEquals(2, tx.evalLong("1 + 1"));
    }
  }

  @Test
  void anExceptionWithSuchAnObjectAsItsArgumentStillArrives() {
    PythonException e =
        assertThrows(PythonException.class, () -> context.exec("raise KeyError(Bad())"));
    assertEquals("KeyError", e.type());
    assertEquals("Bad", e.value().attr("args").item(0).typeName());
    assertTrue(e.tracebackText().contains("KeyError"), e.tracebackText());
  }

  @Test
  void toStringReturnsWhileAnotherThreadHoldsTheGil() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Future<Boolean> holder =
        pool.submit(
            () -> {
              try (PythonTransaction tx = context.begin()) {
                tx.exec("x = 1");
                held.countDown();
                return asked.await(60, TimeUnit.SECONDS);
              }
            });
    assertTrue(held.await(30, TimeUnit.SECONDS));
    assertEquals(
        "<PythonObject of context 'SpecialMethodsTest'>",
        pool.submit(bad::toString).get(30, TimeUnit.SECONDS));
    asked.countDown();
    assertTrue(holder.get(30, TimeUnit.SECONDS));
    pool.shutdown();
  }
}
