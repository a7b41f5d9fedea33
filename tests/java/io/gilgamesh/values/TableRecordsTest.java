package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonTable;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records as the rows of a table, both ways. */
class TableRecordsTest {

  record Trip(
      long id,
      int stops,
      short zone,
      byte level,
      double km,
      float price,
      boolean late,
      String name,
      LocalDate day,
      Integer seats) {}

  record Point(double x, double y) {}

  record Wide(double x, BigDecimal y, Optional<String> note) {}

  record Tagged(long id, List<Integer> tags, DayOfWeek day) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException(value + " is not positive");
      }
    }
  }

  private static PythonConversionException misfit(PythonTable table, Class<? extends Record> type) {
    return assertThrows(PythonConversionException.class, () -> table.toRecords(type));
  }

  private static PythonTable points(double... xs) {
    return PythonTable.builder().doubles("x", xs).doubles("y", xs.clone()).build();
  }

  @Test
  void recordsBecomeColumnsAndRecordsAgain() {
    List<Trip> trips =
        List.of(
            new Trip(1, 2, (short) 3, (byte) 4, 5.5, 6.5f, true, "a", LocalDate.MIN, 7),
            new Trip(-1, -2, (short) -3, (byte) -4, Double.NaN, -0f, false, null, null, null));
    PythonTable table = PythonTable.of(trips);
    assertEquals(
        List.of("id", "stops", "zone", "level", "km", "price", "late", "name", "day", "seats"),
        table.columns());
    assertEquals(
        List.of(
            long.class,
            int.class,
            short.class,
            short.class,
            double.class,
            float.class,
            boolean.class,
            String.class,
            Object.class,
            Object.class),
        table.columns().stream().map(table::type).toList());
    assertEquals(trips, table.toRecords(Trip.class));
  }

  @Test
  void noRecordsHaveColumnsWhereTheirClassIsGiven() {
    PythonTable table = PythonTable.of(Point.class, List.of());
    assertEquals(points(), table);
    assertEquals(List.of(), table.toRecords(Point.class));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> PythonTable.of(List.<Point>of()));
    assertTrue(e.getMessage().contains("of(Class, Collection)"), e.getMessage());
  }

  @Test
  void aRecordThatIsNullOrOfAnotherClassIsRefused() {
    assertThrows(
        NullPointerException.class,
        () -> PythonTable.of(Point.class, Arrays.asList(new Point(1, 2), null)));
    assertThrows(
        IllegalArgumentException.class,
        () -> PythonTable.of(Point.class, List.of(new Positive(1))));
  }

  @Test
  void columnsAreConvertedWhereThatIsExact() {
    PythonTable table =
        PythonTable.builder()
            .ints("x", new int[] {1, 2})
            .values("y", List.of(3L, new BigDecimal("0.5")))
            .build();
    assertEquals(
        List.of(
            new Wide(1, BigDecimal.valueOf(3), Optional.empty()),
            new Wide(2, new BigDecimal("0.5"), Optional.empty())),
        table.toRecords(Wide.class));
    PythonTable tagged =
        PythonTable.builder()
            .longs("id", new long[] {1})
            .values("tags", List.of(List.of(1L, 2L)))
            .texts("day", new String[] {"MONDAY"})
            .build();
    assertEquals(
        List.of(new Tagged(1, List.of(1, 2), DayOfWeek.MONDAY)), tagged.toRecords(Tagged.class));
  }

  @Test
  void missingColumnsAndThoseThatNoComponentTakesAreToldAtOnce() {
    PythonTable table =
        PythonTable.builder().longs("x", new long[1]).longs("z", new long[1]).build();
    assertEquals(
        """
        2 values do not fit:
          has no column 'y' for Point
          ['z']: Point has no such component; leave the column out by select()\
        """,
        misfit(table, Point.class).getMessage());
    PythonConversionException e = misfit(points(1).select("x"), Point.class);
    assertEquals("has no column 'y' for Point", e.getMessage());
  }

  @Test
  void aValueThatDoesNotFitIsNamedByItsColumnAndRow() {
    PythonTable table =
        PythonTable.builder()
            .values("x", Arrays.asList(1.5, null))
            .texts("y", new String[] {"n/a", "2"})
            .build();
    assertEquals(
        """
        3 values do not fit:
          ['y'][0]: str 'n/a' cannot become double
          ['x'][1]: None cannot become double
          ['y'][1]: str '2' cannot become double\
        """,
        misfit(table, Point.class).getMessage());
    PythonConversionException e =
        misfit(
            PythonTable.builder().longs("value", new long[] {1, 1L << 40}).build(), Positive.class);
    assertEquals("['value'][1]", e.path());
    assertEquals("['value'][1]: int 1099511627776 does not fit exactly in int", e.getMessage());
  }

  @Test
  void whatTheRecordRefusesIsNamedByItsRow() {
    PythonTable table = PythonTable.builder().ints("value", new int[] {1, 0}).build();
    PythonConversionException e = misfit(table, Positive.class);
    assertEquals("[1]", e.path());
    assertTrue(e.getMessage().contains("0 is not positive"), e.getMessage());
  }

  @Test
  void onlyTheFirstOfManyMisfitsAreTold() {
    String[] names = new String[100_000];
    Arrays.fill(names, "x");
    PythonTable table = PythonTable.builder().texts("value", names).build();
    String message = misfit(table, Positive.class).getMessage();
    assertEquals(22, message.lines().count(), message);
    assertTrue(message.startsWith("100000 values do not fit"), message);
    assertFalse(message.contains("[20]"), message);
  }
}
