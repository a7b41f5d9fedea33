package io.gilgamesh.values.properties;

import io.gilgamesh.Python;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Values of each family are in Python what they are in Java, and come back as they went. The same
 * ones in each run; {@code ./dev soak} tries others.
 */
class ValuePropertiesTest {

  /** Ten thousand values. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @Property(tries = 10_000, seed = "2024", edgeCases = EdgeCasesMode.NONE)
  @interface TenThousand {}

  private static Python python;
  private static RoundTrip trip;

  @BeforeContainer
  static void start() {
    python = Python.start();
    trip = new RoundTrip(python);
  }

  @AfterContainer
  static void close() {
    python.close();
  }

  @TenThousand
  void integersGoThereAndBack(@ForAll("integers") Sample sample) {
    trip.verify(sample);
  }

  @TenThousand
  void floatsGoThereAndBack(@ForAll("floats") Sample sample) {
    trip.verify(sample);
  }

  @TenThousand
  void textsGoThereAndBack(@ForAll("texts") Sample sample) {
    trip.verify(sample);
  }

  @TenThousand
  void bytesGoThereAndBack(@ForAll("bytes") Sample sample) {
    trip.verify(sample);
  }

  @TenThousand
  void arraysGoThereAndBack(@ForAll("arrays") Sample sample) {
    trip.verify(sample);
  }

  @TenThousand
  void timesGoThereAndBack(@ForAll("times") Sample sample) {
    trip.verify(sample);
  }

  @TenThousand
  void decimalsIdentifiersAndPathsGoThereAndBack(@ForAll("exact") Sample sample) {
    trip.verify(sample);
  }

  @TenThousand
  void collectionsGoThereAndBack(@ForAll("collections") Sample sample) {
    trip.verify(sample);
  }

  @Provide
  Arbitrary<Sample> integers() {
    return Family.INTEGERS.samples;
  }

  @Provide
  Arbitrary<Sample> floats() {
    return Family.FLOATS.samples;
  }

  @Provide
  Arbitrary<Sample> texts() {
    return Family.TEXTS.samples;
  }

  @Provide
  Arbitrary<Sample> bytes() {
    return Family.BYTES.samples;
  }

  @Provide
  Arbitrary<Sample> arrays() {
    return Family.ARRAYS.samples;
  }

  @Provide
  Arbitrary<Sample> times() {
    return Family.TIMES.samples;
  }

  @Provide
  Arbitrary<Sample> exact() {
    return Family.EXACT.samples;
  }

  @Provide
  Arbitrary<Sample> collections() {
    return Family.COLLECTIONS.samples;
  }
}
