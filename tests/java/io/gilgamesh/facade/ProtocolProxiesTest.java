package io.gilgamesh.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonProxy;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Java's own interfaces for which Python has protocols: iteration, order, the end of with. */
@SuppressWarnings("unchecked") // as(Comparable.class) says nothing of parameters
class ProtocolProxiesTest extends InContext {

  record Point(int x, int y) {}

  @Test
  void comparableIsPythonsOrder() {
    PythonObject numbers = context.eval("[3, 1, 2]");
    List<Comparable<Object>> sorted = new ArrayList<>();
    numbers.forEach(number -> sorted.add(number.as(Comparable.class)));
    sorted.sort(null);
    assertEquals("[1, 2, 3]", context.eval("x", Map.of("x", sorted)).str());
    assertEquals(0, context.eval("2.0").as(Comparable.class).compareTo(2));
    Comparable<Object> text = context.eval("'a'").as(Comparable.class);
    assertThrows(PythonException.class, () -> text.compareTo(1));
  }

  @Test
  void iterableIteratesAsPythonDoes() {
    Iterable<?> list = context.eval("[1, 'a', [2]]").as(Iterable.class);
    for (int pass = 0; pass < 2; pass++) {
      List<Object> seen = new ArrayList<>();
      list.forEach(seen::add);
      assertEquals(List.of(1L, "a", List.of(2L)), seen);
    }
    Iterable<Point> points =
        context.eval("(dict(x=i, y=0) for i in range(2))").as(new TypeRef<Iterable<Point>>() {});
    List<Point> seen = new ArrayList<>();
    points.forEach(seen::add);
    assertEquals(List.of(new Point(0, 0), new Point(1, 0)), seen);
    assertThrows(
        UnsupportedOperationException.class, () -> context.eval("3").as(Iterable.class).iterator());
  }

  @Test
  void iteratorGoesOnWhereItStands() {
    Iterator<Integer> numbers =
        context.eval("iter(range(3))").as(new TypeRef<Iterator<Integer>>() {});
    assertTrue(numbers.hasNext());
    assertEquals(0, numbers.next());
    assertEquals(1, numbers.next());
    assertEquals(2, numbers.next());
    assertFalse(numbers.hasNext());
    assertThrows(NoSuchElementException.class, numbers::next);
    assertThrows(UnsupportedOperationException.class, numbers::remove);
  }

  @Test
  void closeIsPythonsCloseOrTheEndOfWith() throws Exception {
    context.exec(
        """
        closed = []
        class File:
            def close(self): closed.append('close')
        class Guard:
            def __enter__(self): return self
            def __exit__(self, *args): closed.append(args)
        """);
    try (AutoCloseable file = context.eval("File()").as(AutoCloseable.class);
        AutoCloseable guard = context.eval("Guard()").as(AutoCloseable.class)) {
      assertEquals(0, context.evalLong("len(closed)"));
      assertNotEquals(file, guard);
    }
    assertEquals("[(None, None, None), 'close']", context.eval("closed").str());
    AutoCloseable plain = context.eval("object()").as(AutoCloseable.class);
    plain.close();
    plain.close();
    assertTrue(PythonProxy.objectOf(plain).orElseThrow().isClosed());
  }
}
