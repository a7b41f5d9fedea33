package io.gilgamesh.internal.host;

import io.gilgamesh.internal.host.Leaf.Argument;
import io.gilgamesh.internal.host.Leaf.Body;
import io.gilgamesh.internal.host.Leaf.Maker;
import io.gilgamesh.internal.host.Leaf.Result;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * The checked list of the JDK's leaves. Instance methods are called on objects of the very class
 * that is named. Its classes are in use here, so that none is initialised by a leaf.
 */
final class JdkLeaves {

  /** The name of a constructor, which no method can have. */
  static final String CONSTRUCTOR = "new";

  private record Key(Class<?> type, String name) {}

  private static final Map<Key, List<Leaf>> BY_MEMBER = new LinkedHashMap<>();

  static {
    texts();
    collections();
    wholeNumbers();
    realNumbers();
  }

  private JdkLeaves() {}

  /**
   * Finds the leaves of a member. What a class inherits of one that is not public, as {@code
   * StringBuilder} its {@code length()}, stands in the description of that one.
   */
  static List<Leaf> of(Class<?> type, String name) {
    List<Leaf> own = BY_MEMBER.getOrDefault(new Key(type, name), List.of());
    if (!own.isEmpty() || Modifier.isPublic(type.getModifiers())) {
      return own;
    }
    return BY_MEMBER.entrySet().stream()
        .filter(entry -> entry.getKey().name.equals(name))
        .filter(entry -> type.isAssignableFrom(entry.getKey().type))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  // ---- the list

  private static void texts() {
    constructor(StringBuilder.class, StringBuilder::new);
    size(StringBuilder.class, "length", StringBuilder::length);
    size(StringBuilder.class, "capacity", StringBuilder::capacity);
    isEmpty(StringBuilder.class, StringBuilder::length);
    parser(Integer.class, "parseInt", Result.INTEGER, Integer::parseInt);
    parser(Long.class, "parseLong", Result.INTEGER, Long::parseLong);
    parser(
        Double.class,
        "parseDouble",
        Result.REAL,
        text -> Double.doubleToRawLongBits(Double.parseDouble(text)));
    parser(Boolean.class, "parseBoolean", Result.BOOLEAN, text -> bit(Boolean.parseBoolean(text)));
  }

  @SuppressWarnings("JdkObsolete") // it is the scripts' choice
  private static void collections() {
    collection(ArrayList.class, ArrayList::new, all -> all.size());
    collection(HashMap.class, HashMap::new, all -> all.size());
    collection(LinkedHashMap.class, LinkedHashMap::new, all -> all.size());
    collection(HashSet.class, HashSet::new, all -> all.size());
    collection(LinkedHashSet.class, LinkedHashSet::new, all -> all.size());
    collection(ArrayDeque.class, ArrayDeque::new, all -> all.size());
    collection(LinkedList.class, LinkedList::new, all -> all.size());
    collection(TreeMap.class, TreeMap::new, all -> all.size());
  }

  private static void wholeNumbers() {
    whole(Math.class, "abs", Math::abs);
    whole(Long.class, "bitCount", Long::bitCount);
    whole(Long.class, "signum", Long::signum);
    whole(Long.class, "numberOfLeadingZeros", Long::numberOfLeadingZeros);
    whole(Long.class, "numberOfTrailingZeros", Long::numberOfTrailingZeros);
  }

  private static void realNumbers() {
    real("abs", Math::abs);
    real("sqrt", Math::sqrt);
    real("cbrt", Math::cbrt);
    real("floor", Math::floor);
    real("ceil", Math::ceil);
    real("rint", Math::rint);
    real("exp", Math::exp);
    real("log", Math::log);
    real("sin", Math::sin);
    real("cos", Math::cos);
    real("tan", Math::tan);
  }

  // ---- what its lines are made of

  private static <T> void collection(Class<T> type, Maker maker, ToIntFunction<T> size) {
    constructor(type, maker);
    size(type, "size", size);
    isEmpty(type, size);
  }

  private static void constructor(Class<?> type, Maker maker) {
    maker.make(); // and so is initialised
    put(type, CONSTRUCTOR, Leaf.making(maker));
  }

  private static <T> void size(Class<T> type, String name, ToIntFunction<T> size) {
    add(type, name, Argument.NONE, Result.INTEGER, (b, n) -> size.applyAsInt(type.cast(b)));
  }

  private static <T> void isEmpty(Class<T> type, ToIntFunction<T> size) {
    Body body = (b, n) -> bit(size.applyAsInt(type.cast(b)) == 0);
    add(type, "isEmpty", Argument.NONE, Result.BOOLEAN, body);
  }

  private static void parser(
      Class<?> type, String name, Result result, ToLongFunction<String> parse) {
    Body body = (b, packed) -> parse.applyAsLong(Leaf.text(packed));
    put(type, name, Leaf.of(Argument.TEXT, result, null, body));
  }

  private static void whole(Class<?> type, String name, LongUnaryOperator operator) {
    Body body = (b, n) -> operator.applyAsLong(n);
    put(type, name, Leaf.of(Argument.INTEGER, Result.INTEGER, null, body));
  }

  private static void real(String name, DoubleUnaryOperator operator) {
    Body body =
        (b, bits) ->
            Double.doubleToRawLongBits(operator.applyAsDouble(Double.longBitsToDouble(bits)));
    put(Math.class, name, Leaf.of(Argument.REAL, Result.REAL, null, body));
  }

  private static void add(Class<?> type, String name, Argument argument, Result result, Body body) {
    put(type, name, Leaf.of(argument, result, type, body));
  }

  private static void put(Class<?> type, String name, Leaf leaf) {
    BY_MEMBER.computeIfAbsent(new Key(type, name), key -> new ArrayList<>()).add(leaf);
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }
}
