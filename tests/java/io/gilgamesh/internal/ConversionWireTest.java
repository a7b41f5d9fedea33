package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gilgamesh.testing.ConversionCases;
import io.gilgamesh.testing.ConversionCases.Case;
import io.gilgamesh.testing.SameValues;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The bytes of the conversion table, without a Python: what Java writes and what it reads. */
class ConversionWireTest {

  @BeforeAll
  static void littleEndian() {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
  }

  @TestFactory
  Stream<DynamicTest> javaWritesTheBytesOfTheTable() {
    return cases("to-python", ConversionWireTest::writes);
  }

  @TestFactory
  Stream<DynamicTest> javaReadsTheBytesOfTheTable() {
    return cases("to-java", ConversionWireTest::reads);
  }

  private interface Check {
    void run(Case row);
  }

  private static Stream<DynamicTest> cases(String direction, Check check) {
    return ConversionCases.section("values").stream()
        .filter(row -> row.goes(direction) && row.hasPlainWire())
        .map(row -> dynamicTest(row.name(), () -> check.run(row)));
  }

  private static void writes(Case row) {
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.value(row.java(ConversionWireTest::noObject));
      byte[] written = new byte[exchange.position - Exchange.PAYLOAD];
      exchange.buffer.get(Exchange.PAYLOAD, written);
      assertArrayEquals(row.wire(), written);
    }
  }

  private static void reads(Case row) {
    byte[] wire = row.wire();
    try (Exchange exchange = Exchange.lease(null)) {
      int at = exchange.reserve(wire.length);
      exchange.buffer.put(at, wire);
      Reader reader = Wire.reader(exchange);
      SameValues.assertSameValue(row.java(ConversionWireTest::noObject), ValueDecoder.read(reader));
      assertEquals(exchange.position, reader.position);
    }
  }

  private static Object noObject(String expression) {
    throw new AssertionError("no Python here for " + expression);
  }
}
