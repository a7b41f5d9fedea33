package io.gilgamesh.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * date, time, datetime and timedelta: a time as nanoseconds of its day, then its zone. What has no
 * zone stays without one, so local and zoned times are never mixed.
 */
final class TimeForms {

  private static final byte NO_ZONE = 0;
  private static final byte OFFSET = 1;
  private static final byte REGION = 2;

  private static final int LAST_YEAR = 9999;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final int NANOS_A_MICRO = 1000;
  private static final long MOST_DAYS = 999_999_999;
  private static final long SECONDS_A_DAY = 86_400;

  private TimeForms() {}

  // ---- to Python

  /** Writes a date, a time or a duration; false where the value is none. */
  static boolean writeOther(Exchange to, Object value) {
    if (value instanceof LocalDate date) {
      writeDate(to, Tag.DATE, date, value);
    } else if (value instanceof LocalDateTime time) {
      writeDateTime(to, time, false, null, null, value);
    } else if (value instanceof OffsetDateTime time) {
      writeDateTime(to, time.toLocalDateTime(), false, time.getOffset(), null, value);
    } else if (value instanceof ZonedDateTime time) {
      writeZoned(to, time);
    } else if (value instanceof Instant instant) {
      writeInstant(to, instant);
    } else {
      return writeClock(to, value);
    }
    return true;
  }

  private static boolean writeClock(Exchange to, Object value) {
    if (value instanceof LocalTime time) {
      writeTime(to, time, null, value);
    } else if (value instanceof OffsetTime time) {
      writeTime(to, time.toLocalTime(), time.getOffset(), value);
    } else if (value instanceof Duration duration) {
      writeDuration(to, duration);
    } else {
      return false;
    }
    return true;
  }

  private static void writeInstant(Exchange to, Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) { // far ones have no offset form at all
      throw beyondYears(instant);
    }
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    writeDateTime(to, time, false, ZoneOffset.UTC, null, instant);
  }

  private static void writeZoned(Exchange to, ZonedDateTime time) {
    if (time.getZone() instanceof ZoneOffset offset) {
      writeDateTime(to, time.toLocalDateTime(), false, offset, null, time);
      return;
    }
    boolean later = !time.withEarlierOffsetAtOverlap().getOffset().equals(time.getOffset());
    writeDateTime(to, time.toLocalDateTime(), later, time.getOffset(), time.getZone(), time);
  }

  private static void writeDateTime(
      Exchange to,
      LocalDateTime time,
      boolean later,
      @Nullable ZoneOffset offset,
      @Nullable ZoneId region,
      Object value) {
    writeDate(to, Tag.DATE_TIME, time.toLocalDate(), value);
    writeNanos(to, time.toLocalTime(), value);
    int at = to.reserve(1);
    to.buffer.put(at, later ? (byte) 1 : 0);
    writeZone(to, offset, region);
  }

  private static void writeDate(Exchange to, byte tag, LocalDate date, Object value) {
    if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
      throw beyondYears(value);
    }
    int at = to.reserve(7);
    to.buffer
        .put(at, tag)
        .putInt(at + 1, date.getYear())
        .put(at + 5, (byte) date.getMonthValue())
        .put(at + 6, (byte) date.getDayOfMonth());
  }

  private static PathFailure beyondYears(Object value) {
    return new PathFailure(named(value) + " is outside of Python's years, 1 to 9999");
  }

  private static void writeTime(
      Exchange to, LocalTime time, @Nullable ZoneOffset offset, Object value) {
    int at = to.reserve(1);
    to.buffer.put(at, Tag.TIME);
    writeNanos(to, time, value);
    writeZone(to, offset, null);
  }

  private static void writeNanos(Exchange to, LocalTime time, Object value) {
    long nanos = time.toNanoOfDay();
    checkNanos(nanos, value);
    int at = to.reserve(8);
    to.buffer.putLong(at, nanos);
  }

  private static void checkNanos(long nanos, Object value) {
    if (nanos % NANOS_A_MICRO != 0) {
      throw new PathFailure(
          named(value)
              + " has nanoseconds, and Python's time has microseconds; truncate it to"
              + " ChronoUnit.MICROS");
    }
  }

  private static void writeZone(Exchange to, @Nullable ZoneOffset offset, @Nullable ZoneId region) {
    if (offset == null) {
      int at = to.reserve(1);
      to.buffer.put(at, NO_ZONE);
      return;
    }
    int at = to.reserve(5);
    to.buffer.put(at, region == null ? OFFSET : REGION).putInt(at + 1, offset.getTotalSeconds());
    if (region != null) {
      TextForms.write(to, region.getId());
    }
  }

  private static void writeDuration(Exchange to, Duration duration) {
    checkNanos(duration.getNano(), duration);
    if (Math.abs(Math.floorDiv(duration.getSeconds(), SECONDS_A_DAY)) > MOST_DAYS) {
      throw new PathFailure(named(duration) + " is longer than Python's timedelta, 999999999 days");
    }
    int at = to.reserve(13);
    to.buffer
        .put(at, Tag.DURATION)
        .putLong(at + 1, duration.getSeconds())
        .putInt(at + 9, duration.getNano());
  }

  private static String named(Object value) {
    return value.getClass().getSimpleName() + " " + value;
  }

  // ---- from Python

  static Object read(Reader from, byte tag) {
    return switch (tag) {
      case Tag.DATE -> readDate(from);
      case Tag.TIME -> readTime(from);
      case Tag.DATE_TIME -> readDateTime(from);
      case Tag.DURATION -> Duration.ofSeconds(from.readLong(), from.readInt());
      default -> throw ValueDecoder.unknown(tag);
    };
  }

  private static LocalDate readDate(Reader from) {
    return LocalDate.of(from.readInt(), from.readByte(), from.readByte());
  }

  private static Object readTime(Reader from) {
    LocalTime time = LocalTime.ofNanoOfDay(from.readLong());
    return from.readByte() == NO_ZONE ? time : time.atOffset(readOffset(from));
  }

  private static Object readDateTime(Reader from) {
    LocalDate date = readDate(from);
    LocalDateTime time = date.atTime(LocalTime.ofNanoOfDay(from.readLong()));
    from.readByte(); // which of two equal times it is: the offset says so
    byte zone = from.readByte();
    if (zone == NO_ZONE) {
      return time;
    }
    ZoneOffset offset = readOffset(from);
    return zone == OFFSET ? time.atOffset(offset) : readZoned(from, time, offset);
  }

  private static ZoneOffset readOffset(Reader from) {
    return ZoneOffset.ofTotalSeconds(from.readInt());
  }

  private static ZonedDateTime readZoned(Reader from, LocalDateTime time, ZoneOffset offset) {
    String region = (String) ValueDecoder.read(from);
    try {
      return ZonedDateTime.ofStrict(time, offset, ZoneId.of(String.valueOf(region)));
    } catch (DateTimeException e) {
      throw ApiBridge.get()
          .conversion(
              "",
              "datetime "
                  + time
                  + offset
                  + " in "
                  + region
                  + " is none in Java: "
                  + e.getMessage());
    }
  }
}
