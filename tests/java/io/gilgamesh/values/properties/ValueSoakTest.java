package io.gilgamesh.values.properties;

import io.gilgamesh.Python;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The properties of values with other values in each run, for as long as asked; what was tried is
 * told.
 */
@Tag("soak")
class ValueSoakTest {

  private static final int SIZE_HINT = 1000;

  @Test
  void randomValuesOfAllFamiliesGoThereAndBack() {
    Duration time = Duration.ofMinutes(Integer.getInteger("gilgamesh.soak.minutes", 1));
    try (Python python = Python.start()) {
      RoundTrip trip = new RoundTrip(python);
      JqwikSession.run(() -> soak(trip, time.dividedBy(Family.values().length)));
    }
  }

  private static void soak(RoundTrip trip, Duration each) {
    for (Family family : Family.values()) {
      long seed = System.nanoTime();
      long tried = soak(trip, family, seed, System.nanoTime() + each.toNanos());
      System.out.println(family + ": " + tried + " values, seed " + seed);
    }
  }

  private static long soak(RoundTrip trip, Family family, long seed, long end) {
    RandomGenerator<Sample> generator = family.samples.generator(SIZE_HINT);
    Random random = new Random(seed);
    long tried = 0;
    for (; System.nanoTime() < end; tried++) {
      Shrinkable<Sample> sample = generator.next(random);
      if (failure(trip, sample) != null) {
        throw failed(trip, family, seed, sample);
      }
    }
    return tried;
  }

  private static Throwable failure(RoundTrip trip, Shrinkable<Sample> sample) {
    try {
      trip.verify(sample.value());
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }

  private static AssertionError failed(
      RoundTrip trip, Family family, long seed, Shrinkable<Sample> sample) {
    Shrinkable<Sample> least = shrunk(trip, sample);
    return new AssertionError(
        family + " with seed " + seed + ": " + least.value() + "\nat first: " + sample.value(),
        failure(trip, least));
  }

  /** Takes the first smaller sample that fails too, as long as there is one. */
  private static Shrinkable<Sample> shrunk(RoundTrip trip, Shrinkable<Sample> sample) {
    return sample
        .shrink()
        .limit(SIZE_HINT)
        .filter(smaller -> failure(trip, smaller) != null)
        .findFirst()
        .map(smaller -> shrunk(trip, smaller))
        .orElse(sample);
  }
}
