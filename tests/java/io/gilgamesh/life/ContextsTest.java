package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextManager;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContextsTest {

  private Python python;
  private PythonContextManager contexts;

  @BeforeEach
  void start() {
    python = Python.start();
    contexts = python.contexts();
  }

  @AfterEach
  void close() {
    python.close();
  }

  @Test
  void aNameIsInUseUntilItsContextIsClosed() {
    PythonContext first = contexts.open("scores");
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> contexts.open("scores"));
    assertTrue(e.getMessage().contains("'scores'"), e.getMessage());
    assertSame(first, contexts.get("scores").orElseThrow());
    contexts.close("scores");
    contexts.close("scores");
    assertTrue(contexts.get("scores").isEmpty());
    assertNotSame(first, contexts.open("scores"));
  }

  @Test
  void aNameThatIsNullOrBlankIsRefused() {
    assertThrows(NullPointerException.class, () -> contexts.open(null));
    assertThrows(IllegalArgumentException.class, () -> contexts.open(""));
    assertThrows(IllegalArgumentException.class, () -> contexts.open(" \t\n"));
    assertEquals(Set.of(), contexts.names());
  }

  @Test
  void namesMayHoldAnyCharacterAndBePrefixesOfEachOther() {
    for (String name :
        new String[] {"a", "a__b", "\u5e74\u5ea6", "\ud83d\udc0d", "a b/../c\0d", "\ud800"}) {
      contexts.open(name).set("x", name);
    }
    assertEquals("a", contexts.get("a").orElseThrow().evalText("x"));
    assertEquals("a__b", contexts.get("a__b").orElseThrow().evalText("x"));
    assertEquals("\ud83d\udc0d", contexts.get("\ud83d\udc0d").orElseThrow().evalText("x"));
    assertEquals(6, contexts.names().size());
  }

  @Test
  void eachContextHasVariablesOfItsOwnAndFunctionsKeepSeeingTheirs() {
    PythonContext one = contexts.open("one");
    PythonContext two = contexts.open("two");
    one.exec("x = 1\ndef f():\n  return x");
    two.exec("x = 2\ndef f():\n  return x");
    assertEquals(1, one.evalLong("f()"));
    assertEquals(2, two.evalLong("f()"));
    assertEquals(1, one.evalLong("f()"));
  }

  @Test
  void aClosedContextIsRefusedAndSoAreItsObjects() {
    PythonContext context = contexts.open("gone");
    PythonObject list = context.eval("[1]");
    context.close();
    context.close();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> context.exec("1"));
    assertTrue(e.getMessage().contains("'gone'"), e.getMessage());
    assertThrows(IllegalStateException.class, context::begin);
    assertThrows(IllegalStateException.class, () -> context.transact(tx -> 1));
    assertThrows(IllegalStateException.class, () -> list.call("append", 2));
    assertTrue(context.toString().contains("closed"));
  }

  @Test
  void ownersHaveContextsOfTheirOwnAndCloseThoseOnly() {
    Python other = Python.start();
    PythonContext mine = contexts.open("scores");
    PythonContext theirs = other.contexts().open("scores");
    theirs.set("x", 5);
    assertTrue(mine.find("x").isEmpty());
    other.close();
    other.close();
    assertThrows(IllegalStateException.class, () -> theirs.evalLong("x"));
    assertThrows(IllegalStateException.class, () -> other.contexts().open("late"));
    assertEquals(2, mine.evalLong("1 + 1"));
  }

  @Test
  void theSharedOwnerStaysOpen() {
    Python shared = Python.shared();
    shared.close();
    assertSame(shared, Python.shared());
    try (PythonContext context = shared.contexts().open("shared")) {
      assertEquals(3, context.evalLong("1 + 2"));
    }
  }

  @Test
  void anOwnerClosedWhileATransactionIsOpenNamesWhoBeganIt() {
    Python other = Python.start();
    PythonTransaction left = other.contexts().open("guarded").begin();
    IllegalStateException e = assertThrows(IllegalStateException.class, other::close);
    assertTrue(e.getMessage().contains("'guarded'"), e.getMessage());
    assertTrue(e.getMessage().contains(Thread.currentThread().getName()), e.getMessage());
    left.close();
  }

  @Test
  void aContextClosedInsideItsOwnTransactionEndsInOrder() {
    PythonContext context = contexts.open("inner");
    try (PythonTransaction tx = context.begin()) {
      PythonObject list = tx.eval("[1]");
      context.close();
      assertThrows(IllegalStateException.class, () -> tx.exec("1"));
      assertThrows(IllegalStateException.class, () -> list.call("append", 2));
    }
    assertEquals(2, contexts.open("inner").evalLong("1 + 1"));
  }

  @Test
  void openAndCloseLeavesNoHandlesBehind() {
    long before = python.stats().contexts();
    for (int i = 0; i < 200; i++) {
      try (PythonContext context = contexts.open("round")) {
        context.exec("import json; x = json.dumps([1, 2])");
      }
    }
    assertEquals(before, python.stats().contexts());
    assertFalse(contexts.names().contains("round"));
  }

  @Test
  void infoTellsOfTheRunningInterpreter() {
    PythonContext context = contexts.open("info");
    assertEquals(
        context.evalText("'.'.join(map(str, __import__('sys').version_info[:3]))"),
        python.info().version());
    assertEquals(context.evalLong("__import__('sys').hexversion"), python.info().hexVersion());
    assertEquals(context.evalText("__import__('sys').prefix"), python.info().prefix().toString());
  }
}
