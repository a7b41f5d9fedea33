package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectionCopiesTest extends InContext {

  @Test
  void toListTakesWhateverPythonIterates() {
    assertEquals(List.of("a", "b"), context.eval("{'a': 1, 'b': 2}").toList());
    assertEquals(List.of("x", "y"), context.eval("'xy'").toList());
    assertEquals(List.of(1L, "t"), context.eval("(1, 't')").toList());
    assertEquals(List.of(7L), context.eval("frozenset([7])").toList());
    assertEquals(List.of(1L, 2L), context.eval("__import__('array').array('i', [1, 2])").toList());
    assertEquals(List.of(104L, 105L), context.eval("b'hi'").toList());
    assertEquals(List.of(0L, 1L, 4L), context.eval("(i * i for i in range(3))").toList());
    assertEquals(List.of(0L, 1L), context.eval("range(2)").toList());
    assertEquals(List.of(), context.eval("''").toList());
    assertEquals(ArrayList.class, context.eval("[1]").toList().getClass());
  }

  @Test
  void toSetTakesWhateverPythonIterates() {
    assertEquals(Set.of("a", "b"), context.eval("{'a': 1, 'b': 2}").toSet());
    assertEquals(Set.of("x", "y"), context.eval("'xyx'").toSet());
    assertEquals(Set.of(1L, 2L), context.eval("(1, 2, 1)").toSet());
    assertEquals(Set.of(7L), context.eval("frozenset([7])").toSet());
    assertEquals(Set.of(1.5), context.eval("__import__('array').array('d', [1.5])").toSet());
  }

  @Test
  void nestedElementsKeepTheirForms() {
    List<Object> rows = context.eval("{(1, 2): [3]}.items()").toList();
    assertEquals(List.of(List.of(List.of(1L, 2L), List.of(3L))), rows);
    PythonObject object = (PythonObject) context.eval("(object(),)").toList().get(0);
    assertEquals("object", object.typeName());
    assertArrayEquals(new long[] {1, 2}, context.eval("{1: 0, 2: 0}").toLongArray());
  }

  @Test
  void whatCannotBeIteratedIsPythonsTypeError() {
    for (String one : List.of("1", "None", "object()", "len")) {
      PythonException e = assertThrows(PythonException.class, () -> context.eval(one).toList());
      assertEquals("TypeError", e.type());
      assertTrue(e.getMessage().endsWith("object is not iterable"), e.getMessage());
      assertThrows(PythonException.class, () -> context.eval(one).toSet());
    }
    PythonException e = assertThrows(PythonException.class, () -> context.eval("[[1]]").toSet());
    assertTrue(e.getMessage().contains("unhashable"), e.getMessage());
  }
}
