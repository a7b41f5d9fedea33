package io.gilgamesh.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times in the class that was asked for. One with a zone and one without never become each other.
 */
final class TimeTargets {

  private static final Set<Class<?>> MOMENTS =
      Set.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class);
  private static final Set<Class<?>> LOCAL =
      Set.of(LocalDateTime.class, LocalDate.class, LocalTime.class);

  private TimeTargets() {}

  /** The same time in that class, null where it has none. */
  static @Nullable Object of(Temporal value, Class<?> target) {
    checkZone(value, target);
    if (value instanceof OffsetDateTime offset) {
      return moment(offset.toZonedDateTime(), target);
    }
    return value instanceof ZonedDateTime zoned ? moment(zoned, target) : null;
  }

  private static @Nullable Object moment(ZonedDateTime time, Class<?> target) {
    if (target == Instant.class) {
      return time.toInstant();
    } else if (target == OffsetDateTime.class) {
      return time.toOffsetDateTime();
    }
    return target == ZonedDateTime.class ? time : null;
  }

  private static void checkZone(Temporal value, Class<?> target) {
    boolean hasZone = MOMENTS.contains(value.getClass()) || value instanceof OffsetTime;
    boolean needsZone =
        value instanceof LocalDateTime
            ? MOMENTS.contains(target)
            : value instanceof LocalTime && target == OffsetTime.class;
    if (needsZone) {
      throw new PathFailure(
          Targets.describe(value)
              + " has no zone, and "
              + target.getSimpleName()
              + " needs one: give it one in Python, by replace(tzinfo=...), or take it as a "
              + value.getClass().getSimpleName());
    } else if (hasZone && LOCAL.contains(target)) {
      throw new PathFailure(
          Targets.describe(value)
              + " has a zone, which "
              + target.getSimpleName()
              + " would lose: take it as a "
              + value.getClass().getSimpleName()
              + ", or drop the zone in Python, by replace(tzinfo=None)");
    }
  }
}
