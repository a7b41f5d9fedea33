package io.gilgamesh.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonKeyword;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonName;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Python objects as Java interfaces with several methods. */
@SuppressWarnings("unchecked") // as(Function.class) says nothing of parameters
class ObjectProxiesTest extends InContext {

  record Point(double x, double y) {}

  interface Shape {
    String name();

    double area();

    Point center();

    List<Point> corners();

    Optional<String> colour();

    Shape scaled(double factor);

    Stream<Point> stream();

    Iterator<Long> numbers();

    Map<String, Integer> counts();

    void move(double dx, double dy);

    @PythonName("class")
    String keyword();

    default String title() {
      return "a " + name();
    }

    default String described() {
      return "Java's " + name();
    }

    @PythonName("__len__")
    default int size() {
      return -1;
    }

    @PythonName("__eq__")
    default boolean sameAs(Object other) {
      return other == null;
    }
  }

  interface Named {
    String getName();

    boolean isLarge();

    Boolean isKnown();

    void setName(String name);

    void setFresh(int value);

    int getURL();

    String get();

    String island();
  }

  interface Narrowed extends Supplier<String> {
    @Override
    String get();
  }

  interface Base<T> {
    T value();

    List<T> values();
  }

  interface OfPoints extends Base<Point> {}

  interface Keywords {
    String show(int a, @PythonKeyword("b") int b);

    String show(int a, PythonKwargs more);

    String show(PythonKwargs more, int a, @PythonKeyword("b") Object b, Object... rest);
  }

  interface Nested {
    List<Supplier<Integer>> makers();

    Map<String, Runnable> actions();
  }

  @BeforeEach
  void define() {
    context.exec(
        """
        class Square:
            def __init__(self, side=2.0, x=1.0, y=1.0):
                self.side, self.x, self.y = side, x, y
                self._name = 'square'
            def name(self): return self._name
            def area(self): return self.side ** 2
            def center(self): return {'x': self.x, 'y': self.y}
            def corners(self): return [(0.0, 0.0), (self.side, self.side)]
            def colour(self): return None
            def scaled(self, factor): return Square(self.side * factor)
            def stream(self): return iter(self.corners())
            def numbers(self): yield from range(3)
            def counts(self): return {'corners': 4}
            def move(self, dx, dy):
                self.x += dx
                self.y += dy
            def described(self): return "Python's " + self._name
            def __str__(self): return 'Square ' + str(self.side)
        setattr(Square, 'class', lambda self: 'keyword')
        square = Square()
        """);
  }

  private Shape shape() {
    return context.get("square").as(Shape.class);
  }

  // ---- methods

  @Test
  void eachMethodCallsTheAttributeOfItsNameAndConvertsItsResult() {
    Shape shape = shape();
    assertEquals("square", shape.name());
    assertEquals(4.0, shape.area());
    assertEquals(new Point(1, 1), shape.center());
    assertEquals(List.of(new Point(0, 0), new Point(2, 2)), shape.corners());
    assertEquals(Optional.empty(), shape.colour());
    assertEquals(Map.of("corners", 4), shape.counts());
    assertEquals("keyword", shape.keyword());
    shape.move(0.5, 1);
    assertEquals(new Point(1.5, 2), shape.center());
  }

  @Test
  void anInterfaceAsResultIsAnotherProxy() {
    Shape larger = shape().scaled(3).scaled(2);
    assertEquals(144.0, larger.area());
    assertInstanceOf(Shape.class, larger);
    context.exec("Square.scaled = lambda self, factor: None");
    assertNull(shape().scaled(1));
  }

  @Test
  void streamsAndIteratorsAreReadAsTheyAreTaken() {
    assertEquals(List.of(new Point(0, 0), new Point(2, 2)), shape().stream().toList());
    List<Long> taken = new ArrayList<>();
    shape().numbers().forEachRemaining(taken::add);
    assertEquals(List.of(0L, 1L, 2L), taken);
    try (PythonTransaction tx = context.begin()) {
      assertEquals(2, tx.get("square").as(Shape.class).stream().count());
    }
  }

  @Test
  void interfacesInsideOfResultsAreProxies() {
    Nested nested =
        made(
                """
                class Nested:
                    def makers(self): return [lambda: 1, lambda: 2]
                    def actions(self): return {'fail': lambda: 1 / 0}
                nested = Nested()
                """,
                "nested")
            .as(Nested.class);
    assertEquals(List.of(1, 2), nested.makers().stream().map(Supplier::get).toList());
    Runnable fail = nested.actions().get("fail");
    assertEquals("ZeroDivisionError", assertThrows(PythonException.class, fail::run).type());
  }

  @Test
  void aDefaultMethodIsPythonsWhereTheObjectHasOneAndElseJavas() {
    Shape shape = shape();
    assertEquals("a square", shape.title());
    assertEquals("Python's square", shape.described());
    assertEquals(-1, shape.size());
    assertTrue(shape.sameAs(null), "the one of object is not the class's own");
    context.exec("Square.__len__ = lambda self: 4");
    context.exec("Square.__eq__ = lambda self, other: other == 5");
    assertEquals(4, shape().size());
    assertTrue(shape().sameAs(5));
  }

  @Test
  void gettersAndSettersAreAttributesWhereThereIsNoSuchMethod() {
    PythonObject object =
        made(
            """
            class Thing:
                def __init__(self): self.name, self.large, self.known, self.URL = 'a', True, False, 7
                def get(self): return 'get'
                def island(self): return 'island'
            thing = Thing()
            """,
            "thing");
    Named named = object.as(Named.class);
    assertEquals("a", named.getName());
    named.setName("b");
    assertEquals("b", named.getName());
    assertEquals("b", object.attrText("name"));
    assertTrue(named.isLarge());
    assertFalse(named.isKnown());
    assertEquals(7, named.getURL());
    named.setFresh(3);
    assertEquals(3, object.attrLong("fresh"));
    assertEquals("get", named.get());
    assertEquals("island", named.island());
    context.exec("Thing.getName = lambda self: 'method'");
    assertEquals("method", object.as(Named.class).getName());
  }

  @Test
  void anAttributeThatCannotBeCalledIsReadByAMethodWithoutParameters() {
    Shape plain = made("class C: name, area = 'plain', 1\nc = C()", "c").as(Shape.class);
    assertEquals("plain", plain.name());
    assertEquals(1.0, plain.area());
    PythonException raised =
        assertThrows(
            PythonException.class,
            () -> made("class D: move = 3\nd = D()", "d").as(Shape.class).move(1, 1));
    assertEquals("TypeError", raised.type());
  }

  @Test
  void aMissingAttributeIsNamedWithTheMethodThatNeedsIt() {
    Shape empty = context.eval("object()").as(Shape.class);
    assertEquals(
        "Python's object has no attribute 'class', which Shape.keyword() needs",
        assertThrows(UnsupportedOperationException.class, empty::keyword).getMessage());
  }

  @Test
  void anAttributeThatComesLaterIsFound() {
    PythonObject object = made("class Late: pass\nlate = Late()", "late");
    Shape late = object.as(Shape.class);
    assertThrows(UnsupportedOperationException.class, late::name);
    context.exec("Late.name = lambda self: 'late'");
    assertEquals("late", late.name());
    context.exec("del Late.name");
    assertEquals("AttributeError", assertThrows(PythonException.class, late::name).type());
  }

  @Test
  void keywordsAndVarargsArePassedAsSuch() {
    Keywords shown =
        made(
                """
                class Shown:
                    def show(self, *args, **kwargs): return f'{args} {kwargs}'
                shown = Shown()
                """,
                "shown")
            .as(Keywords.class);
    assertEquals("(1,) {'b': 2}", shown.show(1, 2));
    assertEquals("(1,) {'z': 3}", shown.show(1, PythonKwargs.kwargs("z", 3)));
    assertEquals("(1,) {}", shown.show(1, (PythonKwargs) null));
    assertEquals(
        "(1, 'x', 'y') {'b': None, 'z': 3}",
        shown.show(PythonKwargs.kwargs("z", 3), 1, null, "x", "y"));
    assertThrows(
        IllegalArgumentException.class,
        () -> shown.show(PythonKwargs.kwargs("b", 3), 1, null, "x"));
  }

  @Test
  void resultsOfInheritedMethodsHaveTheTypesOfTheInterface() {
    OfPoints points =
        made(
                """
                class Points:
                    def value(self): return {'x': 1, 'y': 2}
                    def values(self): return [self.value()]
                points = Points()
                """,
                "points")
            .as(OfPoints.class);
    assertEquals(new Point(1, 2), points.value());
    assertEquals(List.of(new Point(1, 2)), points.values());
    Base<Integer> numbers =
        made("class N:\n  value, values = 1, [2]\nn = N()", "n")
            .as(new TypeRef<Base<Integer>>() {});
    assertEquals(1, numbers.value());
    assertEquals(List.of(2), numbers.values());
    Narrowed narrowed = context.eval("lambda: 'text'").as(Narrowed.class);
    Supplier<String> wider = narrowed;
    assertEquals("text", wider.get());
    assertEquals("text", narrowed.get());
  }

  // ---- what every object has

  @Test
  void proxiesOfOneObjectAreEqual() {
    Shape one = shape();
    Runnable other = context.get("square").as(Runnable.class);
    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    assertNotEquals(one, context.eval("Square()").as(Shape.class));
    assertNotEquals(one, null);
    assertNotEquals(one, "square");
    assertFalse(one.equals(context.get("square")), "a handle is no proxy");
    Set<Object> set = new HashSet<>(List.of(one));
    assertTrue(set.contains(other));
    assertEquals(context.eval("None").as(Runnable.class), context.eval("None").as(Shape.class));
  }

  @Test
  void toStringIsThatOfPythonObject() {
    Shape shape = shape();
    assertEquals(context.get("square").toString(), shape.toString());
    try (PythonTransaction tx = context.begin()) {
      assertEquals("Square 2.0", shape.toString());
      assertSame(context, tx.context());
    }
  }

  @Test
  void aProxyByOtherInterfacesIsNotEqualToTheObjectOfItsOwn() {
    context.exec(
        """
        from java.lang import Runnable
        class Task(Runnable):
          def run(self): pass
          def __eq__(self, other): return True
          def __hash__(self): return 1
        task = Task()
        """);
    Object natural = Objects.requireNonNull(context.get("task").toJava());
    Object proxy = context.get("task").as(Supplier.class);
    assertFalse(natural.equals(proxy), "they hash in different ways");
    assertFalse(proxy.equals(natural));
    assertEquals(natural, context.get("task").toJava());
    assertEquals(proxy, context.get("task").as(Supplier.class));
  }
}
