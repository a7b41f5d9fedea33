package io.gilgamesh.values.properties;

import io.gilgamesh.PythonTuple;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arrays, and collections in collections of everything else. */
final class Containers {

  private Containers() {}

  static Arbitrary<Sample> arrays(int most) {
    return Arbitraries.oneOf(
        Arbitraries.shorts().array(short[].class).ofMaxSize(most).map(Containers::shorts),
        Arbitraries.integers().array(int[].class).ofMaxSize(most).map(Containers::ints),
        Arbitraries.longs().array(long[].class).ofMaxSize(most).map(Containers::longs),
        Arbitraries.floats().array(float[].class).ofMaxSize(most).map(Containers::floats),
        Arbitraries.longs().array(long[].class).ofMaxSize(most).map(Containers::doubles),
        Arbitraries.of(true, false).array(boolean[].class).ofMaxSize(most).map(Containers::flags));
  }

  private static Sample shorts(short[] shorts) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * shorts.length).order(ByteOrder.nativeOrder());
    bytes.asShortBuffer().put(shorts);
    return array(shorts, 'h', bytes);
  }

  private static Sample ints(int[] ints) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * ints.length).order(ByteOrder.nativeOrder());
    bytes.asIntBuffer().put(ints);
    return array(ints, 'i', bytes);
  }

  private static Sample longs(long[] longs) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * longs.length).order(ByteOrder.nativeOrder());
    bytes.asLongBuffer().put(longs);
    return array(longs, 'q', bytes);
  }

  private static Sample floats(float[] floats) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * floats.length).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(floats);
    return array(floats, 'f', bytes);
  }

  /** Of all bits, as single ones. */
  private static Sample doubles(long[] bits) {
    double[] doubles = LongStream.of(bits).mapToDouble(Double::longBitsToDouble).toArray();
    ByteBuffer bytes = ByteBuffer.allocate(8 * bits.length).order(ByteOrder.nativeOrder());
    bytes.asLongBuffer().put(bits);
    return array(doubles, 'd', bytes);
  }

  private static Sample array(Object array, char code, ByteBuffer bytes) {
    return Sample.of(array, "array.array('" + code + "', " + Scalars.hex(bytes.array()) + ")");
  }

  private static Sample flags(boolean[] flags) {
    List<Boolean> list = new ArrayList<>();
    for (boolean flag : flags) {
      list.add(flag);
    }
    String literals = list.stream().map(b -> b ? "True" : "False").collect(Collectors.joining(","));
    return new Sample(flags, list, "[" + literals + "]");
  }

  static Arbitrary<Sample> collections() {
    Arbitrary<Sample> leaf =
        Arbitraries.oneOf(
            Arbitraries.of(
                Sample.of(null, "None"), Sample.of(true, "True"), Sample.of(false, "False")),
            Scalars.integers(),
            Scalars.floats(),
            Scalars.texts(8),
            Scalars.bytes(8),
            arrays(4),
            Times.all(),
            Exact.all());
    return Arbitraries.recursive(() -> leaf, Containers::container, 1, 3);
  }

  private static Arbitrary<Sample> container(Arbitrary<Sample> element) {
    Arbitrary<List<Sample>> several = element.list().ofMaxSize(3);
    return Arbitraries.oneOf(
        several.map(Containers::list),
        several.map(Containers::array),
        several.map(Containers::tuple),
        Combinators.combine(keys(), element.list().ofSize(3)).as(Containers::map),
        keys().map(Containers::set),
        Combinators.combine(element, element).as(Containers::entry),
        element.map(s -> new Sample(Optional.ofNullable(s.java()), s.back(), s.python())),
        numbers());
  }

  /** Lists of one kind of number cross as blocks, unless another stands among them. */
  private static Arbitrary<Sample> numbers() {
    Arbitrary<Sample> odd = Arbitraries.oneOf(Scalars.integers(), Scalars.floats());
    Arbitrary<Sample> longs = Arbitraries.longs().map(n -> Sample.of(n, n.toString()));
    Arbitrary<Sample> reals = Arbitraries.doubles().map(Scalars::real);
    return Arbitraries.oneOf(
        longs.list().ofMaxSize(20).map(Containers::list),
        reals.list().ofMaxSize(20).map(Containers::list),
        Combinators.combine(longs.list().ofMaxSize(9), odd).as(Containers::ending),
        Combinators.combine(reals.list().ofMaxSize(9), odd).as(Containers::ending));
  }

  private static Sample ending(List<Sample> list, Sample last) {
    List<Sample> all = new ArrayList<>(list);
    all.add(last);
    return list(all);
  }

  /** What can be hashed, and differs in Python as in Java. */
  private static Arbitrary<List<Sample>> keys() {
    Arbitrary<Sample> plain =
        Arbitraries.oneOf(
            Arbitraries.longs().map(n -> Sample.of(n, n.toString())),
            Scalars.texts(8).filter(s -> s.java() instanceof String),
            Times.dates(),
            Exact.uuids(),
            Arbitraries.just(Sample.of(null, "None")));
    Arbitrary<Sample> tuples = plain.list().ofMaxSize(3).map(Containers::tuple);
    return Arbitraries.oneOf(plain, tuples).list().ofMaxSize(3).uniqueElements(Sample::python);
  }

  private static <T> List<Object> all(List<Sample> samples, Function<Sample, T> part) {
    List<Object> all = new ArrayList<>();
    samples.forEach(sample -> all.add(part.apply(sample)));
    return all;
  }

  private static String sources(List<Sample> samples) {
    return samples.stream().map(s -> s.python() + ",").collect(Collectors.joining());
  }

  private static Sample list(List<Sample> s) {
    return new Sample(all(s, Sample::java), all(s, Sample::back), "[" + sources(s) + "]");
  }

  private static Sample array(List<Sample> s) {
    return new Sample(all(s, Sample::java).toArray(), list(s).back(), list(s).python());
  }

  private static Sample tuple(List<Sample> s) {
    return new Sample(
        PythonTuple.copyOf(all(s, Sample::java)),
        PythonTuple.copyOf(all(s, Sample::back)),
        "(" + sources(s) + ")");
  }

  private static Sample set(List<Sample> s) {
    return new Sample(
        new LinkedHashSet<>(all(s, Sample::java)),
        new LinkedHashSet<>(all(s, Sample::back)),
        "set([" + sources(s) + "])");
  }

  private static Sample map(List<Sample> keys, List<Sample> values) {
    Map<Object, Object> java = new LinkedHashMap<>();
    Map<Object, Object> back = new LinkedHashMap<>();
    StringBuilder source = new StringBuilder("{");
    for (int i = 0; i < keys.size(); i++) {
      java.put(keys.get(i).java(), values.get(i).java());
      back.put(keys.get(i).back(), values.get(i).back());
      source.append(keys.get(i).python() + ":" + values.get(i).python() + ",");
    }
    return new Sample(java, back, source + "}");
  }

  private static Sample entry(Sample key, Sample value) {
    Map<Object, Object> one = new LinkedHashMap<>();
    one.put(key.java(), value.java());
    Sample pair = tuple(List.of(key, value));
    return new Sample(one.entrySet().iterator().next(), pair.back(), pair.python());
  }
}
