package io.gilgamesh.values;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonName;
import io.gilgamesh.PythonNamedTuple;
import io.gilgamesh.PythonObject;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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

  record Node(int value, List<Node> children, Optional<Node> parent) {}

  record Pair<A, B>(A first, B second) {}

  record Nest<T>(Pair<List<T>, Map<String, T>> content, T[] more) {}

  record Renamed(@PythonName("user id") long id, @PythonName("class") String group) {}

  @PythonNamedTuple
  record Vector(double x, List<Vector> more) {}

  record Empty() {}

  record Parts(PythonObject object, long[] longs, OptionalInt count, Set<Long> set) {}

  record Endless<T>(List<Endless<List<T>>> more) {}

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
            () -> context.set("x", List.of(new Box<>(kwargs("k", 1), Map.of()))));
    assertEquals("[0].content", e.path());
    e =
        assertThrows(
            PythonConversionException.class, () -> context.set("x", List.of(new Broken(1))));
    assertTrue(e.getMessage().contains("IllegalStateException: no part"), e.getMessage());
  }

  @Test
  void aRecordMarkedSoBecomesATupleWithNames() {
    Vector vector = new Vector(1, List.of(new Vector(2, List.of())));
    context.set("v", vector);
    assertEquals("gilgamesh.Vector(x=2.0, more=[])", context.evalText("repr(v.more[0])"));
    assertEquals(
        "(1.0, True, ('x', 'more'), 5.0, {'x': 2.0, 'more': []}, True)",
        context.evalText(
            "str((v.x, isinstance(v, tuple), v._fields, v._replace(x=5.0).x,"
                + " v.more[0]._asdict(), v == v._make(v)))"));
    assertEquals("(1.0, 1)", context.evalText("str((lambda x, more: (x, len(more)))(*v))"));
    assertEquals(vector, context.get("v").to(Vector.class));
    assertEquals(
        "(2.0, [])",
        context.evalText("str((lambda p: p.loads(p.dumps(v.more[0])))(__import__('pickle')))"));
  }

  @Test
  void componentsAreCalledInPythonAsTheyAreMarked() {
    context.set("r", new Renamed(7, "staff"));
    assertEquals("{'user id': 7, 'class': 'staff'}", context.evalText("str(r)"));
    assertEquals(new Renamed(7, "staff"), context.get("r").to(Renamed.class));
    PythonConversionException e = refused("[{'class': 1}]", new TypeRef<List<Renamed>>() {});
    assertTrue(e.getMessage().contains("[0]: has no 'user id' for Renamed"), e.getMessage());
    assertTrue(e.getMessage().contains("[0].class: int 1 cannot become java.lang.String"));
  }

  @Test
  void aRecordWithoutComponentsIsAnEmptyDict() {
    context.set("e", List.of(new Empty(), new Empty()));
    assertEquals("[{}, {}]", context.evalText("str(e)"));
    assertEquals(
        List.of(new Empty(), new Empty()), context.get("e").to(new TypeRef<List<Empty>>() {}));
  }

  @Test
  void aMillionRecordsCrossWhole() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      points.add(new Point(i, -i));
    }
    PythonObject there = context.toPython(points);
    assertEquals(1_000_000, there.length());
    assertEquals(points, there.to(new TypeRef<List<Point>>() {}));
    there.close();
  }

  // ---- from Python

  @Test
  void aRecordMayContainItself() {
    Node tree =
        context
            .eval(
                "{'value': 1, 'children': [{'value': 2, 'children': (), 'parent': None}],"
                    + " 'parent': {'value': 0, 'children': []}}")
            .to(Node.class);
    Node expected =
        new Node(
            1,
            List.of(new Node(2, List.of(), Optional.empty())),
            Optional.of(new Node(0, List.of(), Optional.empty())));
    assertEquals(expected, tree);
    assertEquals(expected, context.toPython(expected).to(Node.class));
    context.exec("loop = {'value': 1, 'children': []}; loop['children'].append(loop)");
    PythonConversionException e =
        assertThrows(PythonConversionException.class, () -> context.get("loop").to(Node.class));
    assertTrue(e.getMessage().contains("contains itself"), e.getMessage());
    assertTrue(e.path().startsWith(".children[0].children[0]"), e.path());
  }

  @Test
  void variablesOfNestedGenericRecordsAreFilled() {
    Nest<Short> nest =
        context
            .eval("{'content': ([1, 2], {'a': 3}), 'more': [4]}")
            .to(new TypeRef<Nest<Short>>() {});
    assertEquals(List.of((short) 1, (short) 2), nest.content().first());
    assertEquals(Map.of("a", (short) 3), nest.content().second());
    assertEquals((short) 4, nest.more()[0]);
    PythonConversionException e =
        refused("{'content': ([70000], {}), 'more': []}", new TypeRef<Nest<Short>>() {});
    assertEquals(".content.first[0]", e.path());
    e = refused("{'more': []}", new TypeRef<Endless<Long>>() {});
    assertTrue(e.getMessage().contains("without end"), e.getMessage());
  }

  @Test
  void componentsTakeHandlesArraysAndNumpysKindOfNumbers() {
    context.exec(
        """
        class Number:
          def __init__(self, value): self.value = value
          def __index__(self): return self.value
          def __float__(self): return self.value + 0.0
          def __eq__(self, other): return self.value == other
          def __hash__(self): return hash(self.value)
        """);
    Parts parts =
        context
            .eval("{'object': 5, 'longs': range(3), 'count': Number(7), 'set': [Number(1), 2]}")
            .to(Parts.class);
    assertEquals(5, parts.object().asLong());
    assertArrayEquals(new long[] {0, 1, 2}, parts.longs());
    assertEquals(OptionalInt.of(7), parts.count());
    assertEquals(Set.of(1L, 2L), parts.set());
    assertEquals(new Point(1, 2), context.eval("(Number(1), Number(2))").to(Point.class));
    assertEquals(7, context.eval("Number(7)").to(int.class));
  }

  @Test
  void whateverCanBeIteratedFillsACollection() {
    context.exec("import collections");
    List<Long> expected = List.of(1L, 2L);
    for (String made :
        List.of(
            "[1, 2]",
            "(1, 2)",
            "range(1, 3)",
            "collections.deque([1, 2])",
            "iter([1, 2])",
            "{1: 0, 2: 0}.keys()",
            "(x for x in (1, 2))",
            "__import__('array').array('i', [1, 2])")) {
      assertEquals(expected, context.eval(made).to(new TypeRef<List<Long>>() {}), made);
    }
    assertEquals(
        new TreeSet<>(expected), context.eval("{2, 1}").to(new TypeRef<SortedSet<Long>>() {}));
    assertEquals(
        expected, new ArrayList<>(context.eval("[1, 2]").to(new TypeRef<ArrayDeque<Long>>() {})));
    assertEquals(
        new TreeMap<>(Map.of("a", 1)),
        context.eval("{'a': 1}").to(new TypeRef<TreeMap<String, Integer>>() {}));
    for (String text : List.of("'ab'", "b'ab'", "{1: 2}", "5")) {
      assertThrows(
          PythonConversionException.class,
          () -> context.eval(text).to(new TypeRef<List<Long>>() {}),
          text);
    }
  }

  @Test
  void aKeyThatDoesNotFitIsTold() {
    PythonConversionException e =
        refused("{'a': 1, 'b': 'x', 3: 4}", new TypeRef<Map<String, Integer>>() {});
    assertEquals(
        "2 values do not fit:\n  ['b']: str 'x' cannot become java.lang.Integer\n  [key 3]:"
            + " int 3 cannot become java.lang.String",
        e.getMessage());
  }

  @Test
  void handlesOfAConversionThatFailedAreClosed() {
    context.exec("class Thing: pass");
    long before = python.stats().liveHandles();
    for (int i = 0; i < 100; i++) {
      refused(
          "[{'first': Thing(), 'second': 'x'}]", new TypeRef<List<Pair<PythonObject, Long>>>() {});
    }
    System.gc();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (python.stats().liveHandles() > before + 5) {
            System.gc();
            Thread.sleep(20);
          }
        });
  }

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
