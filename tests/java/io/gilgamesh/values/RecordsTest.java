package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records, and types with parameters. */
class RecordsTest extends InContext {

  record Point(double x, double y) {}

  record Line(Point from, Point to, Optional<String> name) {}

  record Order(long id, LocalDate day, BigDecimal price, List<Point> path, DayOfWeek weekday) {}

  record Box<T>(T content, Map<String, List<T>> more) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException(value + " is not positive");
      }
    }
  }

  record Broken(Object part) {
    @Override
    public Object part() {
      throw new IllegalStateException("no part");
    }
  }

  private PythonConversionException refused(String expression, TypeRef<?> type) {
    return assertThrows(PythonConversionException.class, () -> context.eval(expression).to(type));
  }

  // ---- to Python

  @Test
  void aRecordBecomesADictOfItsComponentsInTheirOrder() {
    context.set("line", new Line(new Point(0, 1), new Point(2, 3), Optional.of("a")));
    assertEquals(
        "{'from': {'x': 0.0, 'y': 1.0}, 'to': {'x': 2.0, 'y': 3.0}, 'name': 'a'}",
        context.evalText("str(line)"));
  }

  @Test
  void whatInARecordHasNoPythonFormIsNamedWithItsPlace() {
    PythonConversionException e =
        assertThrows(
            PythonConversionException.class,
            () -> context.set("x", List.of(new Box<>(new Object(), Map.of()))));
    assertEquals("[0].content", e.path());
    e =
        assertThrows(
            PythonConversionException.class, () -> context.set("x", List.of(new Broken(1))));
    assertTrue(e.getMessage().contains("IllegalStateException: no part"), e.getMessage());
  }

  // ---- from Python

  @Test
  void aRecordIsMadeOfADictATupleOrAnObject() {
    context.exec(
        """
        import collections, dataclasses
        Tuple = collections.namedtuple('Tuple', 'x y')
        @dataclasses.dataclass
        class Data:
          x: float
          y: float
        class Plain:
          x = 1
          y = 2.5
        """);
    Point expected = new Point(1, 2.5);
    for (String made :
        List.of("{'y': 2.5, 'x': 1}", "(1, 2.5)", "Tuple(1, 2.5)", "Data(1.0, 2.5)", "Plain()")) {
      assertEquals(expected, context.eval(made).to(Point.class), made);
      assertEquals(
          List.of(expected), context.eval("[" + made + "]").to(new TypeRef<List<Point>>() {}));
    }
    assertNull(context.eval("None").to(Point.class));
  }

  @Test
  void nestedRecordsListsDatesAndEnumsAreExact() {
    context.exec(
        """
        import datetime, decimal
        order = {'id': 7, 'day': datetime.date(2024, 2, 29), 'price': decimal.Decimal('1.50'),
                 'path': [(0, 1), {'x': 2, 'y': 3}], 'weekday': 'MONDAY'}
        """);
    Order order = context.get("order").to(Order.class);
    assertEquals(
        new Order(
            7,
            LocalDate.of(2024, 2, 29),
            new BigDecimal("1.50"),
            List.of(new Point(0, 1), new Point(2, 3)),
            DayOfWeek.MONDAY),
        order);
    assertEquals(order, context.toPython(order).to(Order.class), "there and back");
  }

  @Test
  void typesWithParametersAreFilled() {
    assertEquals(
        Map.of("a", Set.of(1, 2)),
        context.eval("{'a': {1, 2}}").to(new TypeRef<Map<String, Set<Integer>>>() {}));
    assertEquals(
        Optional.of(List.of((short) 5)),
        context.eval("[5]").to(new TypeRef<Optional<List<Short>>>() {}));
    assertEquals(
        Optional.empty(), context.eval("None").to(new TypeRef<Optional<List<Short>>>() {}));
    assertEquals(
        new Box<>(new Point(1, 2), Map.of("k", List.of(new Point(3, 4)))),
        context
            .eval("{'content': (1, 2), 'more': {'k': [(3, 4)]}}")
            .to(new TypeRef<Box<Point>>() {}));
    assertArrayEquals(
        new Point[] {new Point(1, 2), new Point(3, 4)},
        context.eval("[(1, 2), (3, 4)]").to(Point[].class));
    assertEquals(
        List.of(1L, 2L), context.eval("(1, 2)").to(new TypeRef<List<? extends Number>>() {}));
  }

  @Test
  void anAbsentPartIsAnEmptyOptionalOrAnError() {
    String points = "{'from': (0, 0), 'to': (1, 1)}";
    assertEquals(Optional.empty(), context.eval(points).to(Line.class).name());
    PythonConversionException e = refused("[{'x': 1}]", new TypeRef<List<Point>>() {});
    assertEquals("[0]: has no 'y' for Point", e.getMessage());
  }

  @Test
  void aKeyThatNoComponentTakesIsNotLost() {
    PythonConversionException e =
        refused("[{'x': 1, 'y': 2, 'z': 3}]", new TypeRef<List<Point>>() {});
    assertEquals("[0]['z']: Point has no such component", e.getMessage());
  }

  @Test
  void allThatDoesNotFitIsToldWithItsPlace() {
    PythonConversionException e =
        refused("[(1, 2), ('n/a', None), {'x': True, 'y': 3}, 5]", new TypeRef<List<Point>>() {});
    assertEquals(
        """
        4 values do not fit:
          [1].x: str 'n/a' cannot become double
          [1].y: None cannot become double
          [2].x: bool True cannot become double
          [3]: int 5 cannot become %s\
        """
            .formatted(Point.class.getTypeName()),
        e.getMessage());
    PythonConversionException one = refused("[('n/a', 1)]", new TypeRef<List<Point>>() {});
    assertEquals("[0].x", one.path());
    PythonConversionException many = refused("['x'] * 1000", new TypeRef<List<Integer>>() {});
    assertTrue(
        many.getMessage().startsWith("1000 values do not fit:")
            && many.getMessage().endsWith("and 980 more"),
        many.getMessage());
  }

  @Test
  void whatARecordsConstructorRefusesIsAConversionError() {
    PythonConversionException e = refused("[[5], [-1]]", new TypeRef<List<List<Positive>>>() {});
    assertTrue(e.getMessage().contains("cannot become"), e.getMessage());
    e = refused("[{'value': 5}, {'value': -1}]", new TypeRef<List<Positive>>() {});
    assertEquals("[1]", e.path());
    assertTrue(e.getMessage().contains("-1 is not positive"), e.getMessage());
  }

  @Test
  void aTypeRefWithoutATypeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          @SuppressWarnings({"rawtypes", "unused"})
          TypeRef<?> raw = new TypeRef() {};
        });
    PythonObject list = context.eval("[1]");
    assertThrows(
        PythonConversionException.class, () -> list.to(new TypeRef<Comparable<Long>>() {}));
  }
}
