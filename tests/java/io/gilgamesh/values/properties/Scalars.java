package io.gilgamesh.values.properties;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Integers, floats, texts and bytes. */
final class Scalars {

  private static final HexFormat HEX = HexFormat.of();
  private static final BigInteger LARGE = BigInteger.TWO.pow(600);

  private Scalars() {}

  static Arbitrary<Sample> integers() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(n -> Sample.of(n, n.toString())),
        Arbitraries.bigIntegers().between(LARGE.negate(), LARGE).map(Scalars::integer),
        nearPowersOfTwo().map(Scalars::integer),
        Arbitraries.integers().map(n -> new Sample(n, n.longValue(), n.toString())),
        Arbitraries.shorts().map(n -> new Sample(n, n.longValue(), n.toString())),
        Arbitraries.bytes().map(n -> new Sample(n, n.longValue(), n.toString())));
  }

  /** Where the count of bytes changes. */
  private static Arbitrary<BigInteger> nearPowersOfTwo() {
    return Arbitraries.integers()
        .between(0, 600)
        .flatMap(
            power ->
                Arbitraries.integers()
                    .between(-2, 2)
                    .map(n -> BigInteger.TWO.pow(power).add(BigInteger.valueOf(n))))
        .flatMap(n -> Arbitraries.of(n, n.negate()));
  }

  private static Sample integer(BigInteger n) {
    Object back = n.bitLength() < Long.SIZE ? (Object) n.longValue() : n;
    return new Sample(n, back, n.toString());
  }

  /** Of all bits, so that NaNs of all kinds are among them. */
  static Arbitrary<Sample> floats() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Double::longBitsToDouble).map(Scalars::real),
        Arbitraries.doubles().map(Scalars::real),
        Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, -Double.MIN_NORMAL, Double.MAX_VALUE)
            .map(Scalars::real),
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
            .map(Scalars::real),
        Arbitraries.integers()
            .map(Float::intBitsToFloat)
            .filter(f -> !f.isNaN())
            .map(f -> new Sample(f, f.doubleValue(), real(f.doubleValue()).python())));
  }

  static Sample real(double d) {
    return Sample.of(d, "real(0x" + Long.toHexString(Double.doubleToRawLongBits(d)) + ")");
  }

  /** With lone surrogates, NUL and all planes. */
  static Arbitrary<Sample> texts(int most) {
    Arbitrary<String> units = Arbitraries.strings().all().ofMaxLength(most);
    Arbitrary<String> points =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .map(Character::toString)
            .list()
            .ofMaxSize(most)
            .map(parts -> String.join("", parts));
    Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMaxLength(most);
    // About the size of the pieces in which long texts are encoded.
    Arbitrary<String> repeated =
        units.flatMap(text -> Arbitraries.integers().between(1, 3 * most).map(text::repeat));
    return Arbitraries.frequencyOf(
        Tuple.of(30, units.map(Scalars::text)),
        Tuple.of(20, points.map(Scalars::text)),
        Tuple.of(20, ascii.map(Scalars::text)),
        Tuple.of(2, repeated.map(Scalars::text)),
        Tuple.of(5, units.map(text -> new Sample(text.toCharArray(), text, literal(text)))),
        Tuple.of(5, Arbitraries.chars().all().map(c -> new Sample(c, c + "", literal(c + "")))));
  }

  private static Sample text(String text) {
    return Sample.of(text, literal(text));
  }

  /** Of code points, in Python's own escapes. */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("'");
    text.codePoints().forEach(point -> literal.append("\\U").append(HEX.toHexDigits(point)));
    return literal.append("'").toString();
  }

  static Arbitrary<Sample> bytes(int most) {
    Arbitrary<byte[]> some = Arbitraries.bytes().array(byte[].class).ofMaxSize(most);
    return Arbitraries.oneOf(
        some.map(bytes -> Sample.of(bytes, hex(bytes))),
        some.map(bytes -> new Sample(ByteBuffer.wrap(bytes), bytes, hex(bytes))),
        some.map(bytes -> new Sample(inTheMiddle(bytes), bytes, hex(bytes))));
  }

  private static ByteBuffer inTheMiddle(byte[] bytes) {
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 9);
    return direct.put(3, bytes).position(3).limit(bytes.length + 3).asReadOnlyBuffer();
  }

  static String hex(byte[] bytes) {
    return "bytes.fromhex('" + HEX.formatHex(bytes) + "')";
  }
}
