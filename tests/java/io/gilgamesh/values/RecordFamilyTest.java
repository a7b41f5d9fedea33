package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonDiscriminator;
import io.gilgamesh.PythonName;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sealed interfaces of records: which record a value becomes is said by the value. */
class RecordFamilyTest extends InContext {

  sealed interface Shape permits Circle, Polygon {}

  record Circle(double radius) implements Shape {}

  sealed interface Polygon extends Shape permits Square, Triangle {}

  record Square(double side) implements Polygon {}

  @PythonName("tri")
  record Triangle(double a, double b, double c) implements Polygon {}

  @PythonDiscriminator("kind")
  sealed interface Event permits Started, Stopped {}

  record Started(long at) implements Event {}

  record Stopped(long at, Shape on) implements Event {}

  sealed interface Odd permits OddRecord, OddClass {}

  record OddRecord() implements Odd {}

  static final class OddClass implements Odd {}

  sealed interface Clash permits Clashing {}

  record Clashing(String type) implements Clash {}

  sealed interface Twins permits TwinOne, TwinTwo {}

  @PythonName("same")
  record TwinOne() implements Twins {}

  @PythonName("same")
  record TwinTwo() implements Twins {}

  @Test
  void theDiscriminatorSaysWhichRecordADictBecomes() {
    List<Shape> expected = List.of(new Circle(1), new Square(2), new Triangle(3, 4, 5));
    assertEquals(
        expected,
        context
            .eval(
                "[{'type': 'Circle', 'radius': 1}, {'side': 2, 'type': 'Square'},"
                    + " {'type': 'tri', 'a': 3, 'b': 4, 'c': 5}]")
            .to(new TypeRef<List<Shape>>() {}));
    assertEquals(new Square(2), context.eval("{'type': 'Square', 'side': 2}").to(Polygon.class));
    assertEquals(new Square(2), context.eval("{'type': 'Square', 'side': 2}").to(Square.class));
  }

  @Test
  void theNameOfItsClassSaysWhichRecordAnObjectBecomes() {
    context.exec(
        """
        import collections, dataclasses
        @dataclasses.dataclass
        class Circle:
          radius: float
        tri = collections.namedtuple('tri', 'c b a')
        """);
    assertEquals(new Circle(1.5), context.eval("Circle(1.5)").to(Shape.class));
    assertEquals(new Triangle(3, 4, 5), context.eval("tri(5, 4, 3)").to(Shape.class));
  }

  @Test
  void aRecordOfAFamilyCrossesWithItsDiscriminatorAndComesBackEqual() {
    List<Object> all = List.of(new Circle(1), new Triangle(3, 4, 5), new Stopped(7, new Square(2)));
    context.set("all", all);
    assertEquals(
        "[{'type': 'Circle', 'radius': 1.0}, {'type': 'tri', 'a': 3.0, 'b': 4.0, 'c': 5.0},"
            + " {'kind': 'Stopped', 'at': 7, 'on': {'type': 'Square', 'side': 2.0}}]",
        context.evalText("str(all)"));
    assertEquals(all.get(0), context.eval("all[0]").to(Shape.class));
    assertEquals(all.get(1), context.eval("all[1]").to(Triangle.class));
    assertEquals(all.get(2), context.eval("all[2]").to(Event.class));
  }

  @Test
  void aMissingAnUnknownAndAWrongDiscriminatorAreToldWithTheirPlace() {
    PythonConversionException e =
        assertThrows(
            PythonConversionException.class,
            () ->
                context
                    .eval("[{'radius': 1}, {'type': 'Cube'}, {'type': 3}, 5, object]")
                    .to(new TypeRef<List<Shape>>() {}));
    String message = e.getMessage();
    assertTrue(
        message.contains(
            "[0]: has no 'type' that says which Shape it is: one of [Circle, Square, tri]"),
        message);
    assertTrue(
        message.contains("[1]['type']: str 'Cube' is not one of [Circle, Square, tri]"), message);
    assertTrue(message.contains("[2]['type']: int 3 is not one of [Circle, Square, tri]"), message);
    assertTrue(message.contains("[3]: int 5 cannot become "), message);
    assertTrue(message.contains("[4]: an object of type type cannot become "), message);
    e =
        assertThrows(
            PythonConversionException.class,
            () -> context.eval("{'type': 'Circle', 'side': 2}").to(Square.class));
    assertEquals("['type']: Square has no such component", e.getMessage());
  }

  @Test
  void aFamilyThatCannotBeToldApartSaysWhy() {
    assertTrue(refused(Twins.class).contains("are called same"), refused(Twins.class));
    assertTrue(refused(Clash.class).contains("the name of its family's discriminator"));
    assertTrue(
        assertThrows(PythonConversionException.class, () -> context.set("x", new Clashing("a")))
            .getMessage()
            .contains("discriminator"));
    String odd = refused(Odd.class);
    assertTrue(odd.contains("Odd"), odd);
  }

  private String refused(Class<?> type) {
    return ""
        + assertThrows(
                PythonConversionException.class, () -> context.eval("{'type': 'same'}").to(type))
            .getMessage();
  }
}
