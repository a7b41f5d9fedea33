package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopiesTest extends IsolatedContexts {

  private PythonContext from;
  private PythonContext to;

  @BeforeEach
  void open() {
    from = isolated();
    to = contexts.open("target");
  }

  @Test
  void aHandleOfAnotherInterpreterIsRefusedWithTheWayOut() {
    PythonObject list = from.eval("[1]");
    to.exec("size = len");
    List<Runnable> uses =
        List.of(
            () -> to.set("x", list),
            () -> to.call("size", list),
            () -> to.eval("x", Map.of("x", List.of(1, list))),
            () -> to.eval("[]").callLong("count", list));
    for (Runnable use : uses) {
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, use::run);
      assertTrue(e.getMessage().contains("copyTo(context)"), e.getMessage());
      assertTrue(e.getMessage().contains("the result of eval(\"[1]\")"), e.getMessage());
      assertTrue(e.getMessage().contains("'target'"), e.getMessage());
    }
    assertEquals(1, list.length());
  }

  @Test
  void namespacesPassObjectsAsTheyAre() {
    PythonContext other = contexts.open("other");
    PythonObject list = other.eval("[1]");
    to.set("x", list);
    to.exec("x.append(2)");
    assertEquals(List.of(1L, 2L), list.toJava());
  }

  @Test
  void aCopyIsEqualInDepthAndOfTheSameTypes() {
    String value =
        "{'a': (1, 2.5, {3}), 'b': [b'x', None, 10**30, 'y\\ud800'], 'c': frozenset({1})}";
    PythonObject original = from.eval(value);
    PythonObject copy = original.copyTo(to);
    assertTrue(
        to.evalBoolean(
            "copy == %s and type(copy['a']) is tuple".formatted(value), Map.of("copy", copy)));
    copy.setItem("a", 0);
    assertTrue(from.evalBoolean("original['a'] == (1, 2.5, {3})", Map.of("original", original)));
    PythonObject back = copy.copyTo(from);
    assertEquals(0, back.itemLong("a"));
  }

  @Test
  void sharedPartsAndCyclesStaySo() {
    from.exec(
        "import datetime\npart = [1]\ncycle = {'one': part, 'two': part}\ncycle['self'] = cycle");
    PythonObject copy = from.get("cycle").copyTo(to);
    assertTrue(to.evalBoolean("c['one'] is c['two'] and c['self'] is c", Map.of("c", copy)));
    PythonObject date = from.eval("datetime.date(2026, 2, 28)").copyTo(to);
    assertEquals(java.time.LocalDate.of(2026, 2, 28), date.toJava());
  }

  @Test
  void javaObjectsInItAreTheSameOnes() {
    List<String> list = new ArrayList<>(List.of("a"));
    LongUnaryOperator doubled = x -> 2 * x;
    from.set("list", JavaObject.of(list));
    from.set("doubled", doubled);
    from.exec("from java.util import ArrayList");
    PythonObject copy = from.eval("[list, doubled, ArrayList, 5]").copyTo(to);
    assertSame(list, copy.item(0).toJava());
    assertEquals(42, to.evalLong("c[1](21)", Map.of("c", copy)));
    assertEquals(0, to.evalLong("len(c[2]())", Map.of("c", copy)));
  }

  @Test
  void whatPickleCannotCopySaysWhyAndWhatToDo() {
    from.exec("class Own: pass\nimport sys");
    for (String value : List.of("Own()", "Own", "lambda: 1", "(i for i in [])", "sys")) {
      PythonObject object = from.eval(value);
      PythonException e = assertThrows(PythonException.class, () -> object.copyTo(to));
      assertTrue(
          e.notes().stream().anyMatch(note -> note.contains("importable in both contexts")),
          () -> value + ": " + e + e.notes());
    }
  }

  @Test
  void aModuleThatTheTargetCannotImportIsNamed() {
    from.exec(
        """
        import sys, types
        module = types.ModuleType("gilgamesh_only_here")
        exec("class Thing: pass\\ndef make(): return Thing()", module.__dict__)
        sys.modules["gilgamesh_only_here"] = module
        """);
    PythonObject thing = from.eval("module.make()");
    PythonException e = assertThrows(PythonException.class, () -> thing.copyTo(to));
    assertTrue(e.getMessage().contains("gilgamesh_only_here"), e.getMessage());
  }

  @Test
  void inATransactionOfTheTargetTheCopyBelongsToIt() {
    PythonObject original = from.eval("[1]");
    PythonObject copy;
    try (PythonTransaction transaction = to.begin()) {
      copy = original.copyTo(to);
      assertEquals(1, copy.length());
    }
    assertTrue(copy.isClosed());
    assertFalse(original.isClosed());
  }

  @Test
  void closedOnesAreRefused() {
    PythonObject closed = from.eval("[1]");
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.copyTo(to));
    PythonObject open = from.eval("[1]");
    to.close();
    assertThrows(IllegalStateException.class, () -> open.copyTo(to));
    assertThrows(NullPointerException.class, () -> open.copyTo(null));
  }
}
