package io.gilgamesh.values.properties;

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
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Dates, times and durations that Python has too: microseconds, years 1 to 9999. */
final class Times {

  private static final long LEAST = -999_999_999L * 86_400;
  private static final long LONGEST = 1_000_000_000L * 86_400 - 1;
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Asia/Kathmandu"));

  private Times() {}

  static Arbitrary<Sample> all() {
    return Arbitraries.oneOf(
        dates(),
        clock().map(time -> Sample.of(time, "datetime.time(" + clock(time) + ")")),
        Combinators.combine(clock(), offset()).as((time, zone) -> time(OffsetTime.of(time, zone))),
        local().map(time -> Sample.of(time, "datetime.datetime(" + parts(time) + ")")),
        Combinators.combine(local(), offset()).as((time, zone) -> at(time.atOffset(zone))),
        local().map(Times::instant),
        Combinators.combine(aboutTransitions(), Arbitraries.of(ZONES)).as(Times::zoned),
        Combinators.combine(transitions(), seconds(7200)).as(Times::near),
        durations());
  }

  static Arbitrary<Sample> dates() {
    return day()
        .map(
            date ->
                Sample.of(
                    date,
                    "datetime.date(%d,%d,%d)"
                        .formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth())));
  }

  private static Arbitrary<LocalDate> day() {
    long first = LocalDate.of(1, 1, 1).toEpochDay();
    long last = LocalDate.of(9999, 12, 31).toEpochDay();
    return Arbitraries.longs().between(first, last).map(LocalDate::ofEpochDay);
  }

  private static Arbitrary<LocalTime> clock() {
    return Arbitraries.longs()
        .between(0, 86_400_000_000L - 1)
        .map(micros -> LocalTime.ofNanoOfDay(micros * 1000));
  }

  private static Arbitrary<LocalDateTime> local() {
    return Combinators.combine(day(), clock()).as(LocalDate::atTime);
  }

  private static Arbitrary<ZoneOffset> offset() {
    return seconds(64_800).map(ZoneOffset::ofTotalSeconds);
  }

  private static Arbitrary<Integer> seconds(int most) {
    return Arbitraries.integers().between(-most, most);
  }

  private static Sample time(OffsetTime time) {
    String clock = clock(time.toLocalTime());
    return Sample.of(time, "datetime.time(" + clock + ",tzinfo=" + zone(time.getOffset()) + ")");
  }

  private static Sample at(OffsetDateTime time) {
    String zone = zone(time.getOffset());
    return Sample.of(
        time, "datetime.datetime(" + parts(time.toLocalDateTime()) + ",tzinfo=" + zone + ")");
  }

  private static Sample instant(LocalDateTime utc) {
    OffsetDateTime back = utc.atOffset(ZoneOffset.UTC);
    return new Sample(back.toInstant(), back, at(back).python());
  }

  /** Where the rules of Java and of Python are the same tables. */
  private static Arbitrary<Instant> aboutTransitions() {
    return Arbitraries.longs()
        .between(0, Instant.parse("2037-01-01T00:00:00Z").getEpochSecond() * 1_000_000)
        .map(
            micros ->
                Instant.EPOCH.plusNanos(micros % 1_000_000 * 1000).plusSeconds(micros / 1_000_000));
  }

  private static Arbitrary<ZonedDateTime> transitions() {
    return Combinators.combine(aboutTransitions(), Arbitraries.of(ZONES.subList(0, 3)))
        .as(
            (time, zone) -> {
              ZoneOffsetTransition next = zone.getRules().nextTransition(time);
              return (next == null ? time : next.getInstant()).atZone(zone);
            });
  }

  private static Sample near(ZonedDateTime time, int seconds) {
    return zoned(time.toInstant().plusSeconds(seconds), time.getZone());
  }

  private static Sample zoned(Instant instant, ZoneId zone) {
    ZonedDateTime time = instant.atZone(zone);
    boolean later = !time.withEarlierOffsetAtOverlap().equals(time);
    return Sample.of(
        time,
        "datetime.datetime(%s,tzinfo=zoneinfo.ZoneInfo('%s'),fold=%d)"
            .formatted(parts(time.toLocalDateTime()), zone.getId(), later ? 1 : 0));
  }

  private static Arbitrary<Sample> durations() {
    return Combinators.combine(
            Arbitraries.longs().between(LEAST, LONGEST), Arbitraries.integers().between(0, 999_999))
        .as(
            (seconds, micros) ->
                Sample.of(
                    Duration.ofSeconds(seconds, micros * 1000L),
                    "datetime.timedelta(seconds=" + seconds + ",microseconds=" + micros + ")"));
  }

  private static String zone(ZoneOffset offset) {
    return "datetime.timezone(datetime.timedelta(seconds=" + offset.getTotalSeconds() + "))";
  }

  private static String parts(LocalDateTime time) {
    return "%d,%d,%d,%s"
        .formatted(
            time.getYear(), time.getMonthValue(), time.getDayOfMonth(), clock(time.toLocalTime()));
  }

  private static String clock(LocalTime time) {
    return "%d,%d,%d,%d"
        .formatted(time.getHour(), time.getMinute(), time.getSecond(), time.getNano() / 1000);
  }
}
