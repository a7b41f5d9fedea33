package io.gilgamesh.values.properties;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Decimals, UUIDs and paths. */
final class Exact {

  private static final BigInteger MOST = BigInteger.TEN.pow(60);

  private Exact() {}

  static Arbitrary<Sample> all() {
    return Arbitraries.oneOf(decimals(), uuids(), paths());
  }

  private static Arbitrary<Sample> decimals() {
    Arbitrary<Integer> scales =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-40, 40),
            Arbitraries.integers().between(-1_900_000_000, 1_900_000_000));
    return Combinators.combine(Arbitraries.bigIntegers().between(MOST.negate(), MOST), scales)
        .as(Exact::decimal);
  }

  /** By sign, digits and exponent, since a text of Java's would share its mistakes. */
  private static Sample decimal(BigInteger digits, int scale) {
    int sign = digits.signum() < 0 ? 1 : 0;
    return Sample.of(
        new BigDecimal(digits, scale),
        "number(" + sign + ",'" + digits.abs() + "'," + -(long) scale + ")");
  }

  static Arbitrary<Sample> uuids() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
        .as(UUID::new)
        .map(uuid -> Sample.of(uuid, "uuid.UUID('" + uuid + "')"));
  }

  /** Without "." among the parts, which Python leaves out. */
  private static Arbitrary<Sample> paths() {
    Arbitrary<String> part =
        Arbitraries.strings()
            .withCharRange('!', '~')
            .withChars(" \u00e9\u4e2d\n")
            .excludeChars('/')
            .ofMinLength(1)
            .ofMaxLength(8)
            .filter(name -> !name.equals("."));
    return Combinators.combine(Arbitraries.of("", "/"), part.list().ofMinSize(1).ofMaxSize(4))
        .as(Exact::path);
  }

  private static Sample path(String root, List<String> parts) {
    String text = root + String.join("/", parts);
    return Sample.of(Path.of(text), "pathlib.Path(" + Scalars.literal(text) + ")");
  }
}
