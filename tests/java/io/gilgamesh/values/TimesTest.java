package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.ChildJvm;
import io.gilgamesh.testing.InContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Times, decimals and what wraps values, beyond single cases of the table. */
class TimesTest extends InContext {

  private static final int RANDOM_VALUES = 2000;

  private String refused(Object value) {
    PythonConversionException e =
        assertThrows(
            PythonConversionException.class, () -> context.set("x", Map.of("k", List.of(value))));
    assertEquals("['k'][0]", e.path());
    return e.getMessage();
  }

  @Test
  void whatPythonsTimesCannotHoldIsRefusedWithThePlace() {
    assertTrue(refused(LocalDate.of(10_000, 1, 1)).contains("outside of Python's years"));
    assertTrue(refused(LocalDate.of(0, 12, 31)).contains("outside of Python's years"));
    assertTrue(refused(Instant.MAX).contains("outside of Python's years"));
    assertTrue(refused(LocalTime.of(1, 2, 3, 1)).contains("ChronoUnit.MICROS"));
    assertTrue(refused(LocalDateTime.of(2024, 1, 1, 1, 1, 1, 999)).contains("ChronoUnit.MICROS"));
    assertTrue(refused(Duration.ofNanos(1)).contains("ChronoUnit.MICROS"));
    assertTrue(refused(Duration.ofSeconds(Long.MAX_VALUE)).contains("timedelta"));
    assertTrue(refused(Duration.ofSeconds(Long.MIN_VALUE)).contains("timedelta"));
  }

  @Test
  void aRegionThatPythonDoesNotKnowIsNamed() {
    ZonedDateTime known = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("SystemV/EST5EDT"));
    PythonConversionException e =
        assertThrows(PythonConversionException.class, () -> context.set("x", List.of(known)));
    assertTrue(e.getMessage().contains("no time zone 'SystemV/EST5EDT'"), e.getMessage());
    assertEquals("[0]", e.path());
  }

  @Test
  void naiveAndAwareTimesAreNeverMixed() {
    context.exec("import datetime; utc = datetime.timezone.utc");
    context.set("naive", LocalDateTime.of(2024, 1, 1, 0, 0));
    context.set("aware", Instant.parse("2024-01-01T00:00:00Z"));
    assertTrue(context.evalBoolean("naive.tzinfo is None and aware.tzinfo == utc"));
    PythonObject naive = context.get("naive");
    assertThrows(PythonConversionException.class, () -> naive.to(Instant.class));
    assertThrows(PythonConversionException.class, () -> naive.to(OffsetDateTime.class));
    assertThrows(
        PythonConversionException.class, () -> context.get("aware").to(LocalDateTime.class));
  }

  @Test
  void aMomentComesInTheFormThatIsAskedFor() {
    PythonObject aware =
        context.toPython(ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneId.of("Europe/Berlin")));
    assertEquals(Instant.parse("2024-07-01T10:00:00Z"), aware.to(Instant.class));
    assertEquals(OffsetDateTime.parse("2024-07-01T12:00+02:00"), aware.to(OffsetDateTime.class));
    assertEquals(
        ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneOffset.UTC),
        context.toPython(OffsetDateTime.parse("2024-07-01T12:00Z")).to(ZonedDateTime.class));
  }

  @Test
  void decimalsEnumsAndUrisComeInTheFormThatIsAskedFor() {
    assertEquals(new BigDecimal("5"), context.eval("5").to(BigDecimal.class));
    assertEquals(
        new BigDecimal(BigInteger.TWO.pow(70)), context.eval("2**70").to(BigDecimal.class));
    assertEquals(new BigDecimal(0.1), context.eval("0.1").to(BigDecimal.class));
    assertEquals(DayOfWeek.MONDAY, context.eval("'MONDAY'").to(DayOfWeek.class));
    assertThrows(
        PythonConversionException.class, () -> context.eval("'NODAY'").to(DayOfWeek.class));
    assertEquals(URI.create("a:b"), context.eval("'a:b'").to(URI.class));
    assertThrows(PythonConversionException.class, () -> context.eval("'a b'").to(URI.class));
  }

  @Test
  void randomValuesComeBackAsTheyWere() {
    Random random = new Random(4711);
    for (int i = 0; i < RANDOM_VALUES; i++) {
      for (Object value : random(random)) {
        assertEquals(value, context.toPython(value).toJava());
      }
    }
  }

  private static List<Object> random(Random random) {
    long micros = random.nextLong(-62_135_596_800_000_000L, 253_402_300_800_000_000L);
    OffsetDateTime time =
        Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L)
            .atOffset(ZoneOffset.UTC);
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-64_800, 64_801));
    ZonedDateTime recent =
        Instant.ofEpochSecond(random.nextInt()).atZone(ZoneId.of("America/New_York"));
    return List.of(
        time.toLocalDate(),
        time.toLocalTime(),
        time.toLocalDateTime(),
        time.toLocalDateTime().atOffset(offset),
        time.toLocalTime().atOffset(offset),
        recent,
        Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000) * 1000L),
        new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(-50, 50)),
        new UUID(random.nextLong(), random.nextLong()));
  }

  @Test
  void aStreamIsClosedAndAnIteratorIsUsedUp() {
    AtomicBoolean closed = new AtomicBoolean();
    Stream<String> stream = Stream.of("a", "b").onClose(() -> closed.set(true));
    assertEquals(List.of("a", "b"), context.toPython(stream).toJava());
    assertTrue(closed.get());
    assertEquals(List.of(0L, 1L), context.toPython(LongStream.range(0, 2)).toJava());
    Iterator<Long> iterator = List.of(1L, 2L).iterator();
    assertEquals(List.of(1L, 2L), context.toPython(iterator).toJava());
    assertTrue(!iterator.hasNext());
  }

  @Test
  void timesCrossAsArgumentsAndResults() {
    context.exec("import datetime\ndef later(t, *, by): return t + by");
    assertEquals(
        LocalDateTime.of(2024, 1, 2, 0, 0),
        context
            .get("later")
            .apply(
                LocalDateTime.of(2024, 1, 1, 0, 0), PythonKwargs.kwargs("by", Duration.ofDays(1)))
            .toJava());
  }

  static final class Asking {
    public static void main(String[] args) {
      PythonContext context = Python.start().contexts().open("asking");
      System.out.println(context.eval("[type('Odd', (), {})()]").toJava());
      context.exec(
          "import sys; print({'decimal', 'pathlib', 'uuid', 'zoneinfo'} & {*sys.modules})");
    }
  }

  @Test
  void noModuleIsImportedToAskWhatAnObjectIs() {
    ChildJvm.of(Asking.class).run().expectExit(0).expectOutput("set()");
  }
}
