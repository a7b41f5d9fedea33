package io.gilgamesh.internal.host;

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
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A member of the JDK's that cannot block, takes no lock and calls nothing of the user's, on an
 * object of the very class that is named: Python calls it without letting go of the GIL, and its
 * argument and result go by register.
 */
public final class Leaf {

  /** What it does: a receiver, null for a static member, and an argument that may go unused. */
  private interface Body {
    long call(@Nullable Object receiver, long argument);
  }

  /** What the long of a result stands for; the numbers are the core's. */
  private enum Kind {
    INTEGER(1),
    BOOLEAN(3);

    final long code;

    Kind(long code) {
      this.code = code;
    }
  }

  private record Key(Class<?> type, String name, boolean hasArgument) {}

  private static final List<Leaf> ALL = new ArrayList<>();
  private static final Map<Key, Leaf> BY_MEMBER = new LinkedHashMap<>();
  private static final Leaf[] NUMBERED = numberedOnes();

  private final long number = ALL.size();
  private final Class<?> type;
  private final Kind kind;
  private final Body body;

  private Leaf(Class<?> type, Kind kind, Body body) {
    this.type = type;
    this.kind = kind;
    this.body = body;
  }

  /**
   * Gives the leaf of a number.
   *
   * @param number its number
   * @return the leaf
   */
  public static Leaf numbered(int number) {
    return NUMBERED[number];
  }

  /**
   * Calls it.
   *
   * @param receiver the object, null for a static member
   * @param argument its argument, if it has one
   * @return the result, or the bits of it
   * @throws ClassCastException if the object is of another class, whose method might do anything
   */
  public long call(@Nullable Object receiver, long argument) {
    if (receiver != null && receiver.getClass() != type) {
      throw new ClassCastException();
    }
    return body.call(receiver, argument);
  }

  /**
   * Describes the leaves of a member.
   *
   * @param type the class
   * @param name the member's name
   * @return number and kind of the leaf without an argument, then of that with one, zeros for none;
   *     null where there is neither
   */
  static @Nullable List<Long> describe(Class<?> type, String name) {
    Leaf bare = find(type, name, false);
    Leaf withArgument = find(type, name, true);
    if (bare == null && withArgument == null) {
      return null;
    }
    return List.of(number(bare), kind(bare), number(withArgument), kind(withArgument));
  }

  /**
   * What a class inherits of one that is not public, as {@code StringBuilder} its {@code length()},
   * stands in the description of that one.
   */
  private static @Nullable Leaf find(Class<?> type, String name, boolean hasArgument) {
    Leaf own = BY_MEMBER.get(new Key(type, name, hasArgument));
    if (own != null || Modifier.isPublic(type.getModifiers())) {
      return own;
    }
    return ALL.stream()
        .filter(leaf -> type.isAssignableFrom(leaf.type))
        .filter(leaf -> leaf == BY_MEMBER.get(new Key(leaf.type, name, hasArgument)))
        .findFirst()
        .orElse(null);
  }

  private static long number(@Nullable Leaf leaf) {
    return leaf == null ? 0 : leaf.number;
  }

  private static long kind(@Nullable Leaf leaf) {
    return leaf == null ? 0 : leaf.kind.code;
  }

  // ---- the list

  private static Leaf[] numberedOnes() {
    texts();
    collections();
    math();
    return ALL.toArray(Leaf[]::new);
  }

  private static void texts() {
    size(StringBuilder.class, "length", StringBuilder::length);
    size(StringBuilder.class, "capacity", StringBuilder::capacity);
    add(StringBuilder.class, "isEmpty", false, Kind.BOOLEAN, (b, n) -> bit(of(b).length() == 0));
  }

  private static StringBuilder of(@Nullable Object builder) {
    return (StringBuilder) Objects.requireNonNull(builder);
  }

  private static void collections() {
    collection(ArrayList.class, all -> all.size());
    collection(HashMap.class, all -> all.size());
    collection(LinkedHashMap.class, all -> all.size());
    collection(HashSet.class, all -> all.size());
    collection(LinkedHashSet.class, all -> all.size());
    collection(ArrayDeque.class, all -> all.size());
    collection(LinkedList.class, all -> all.size());
    collection(TreeMap.class, all -> all.size());
  }

  private static void math() {
    number(Math.class, "abs", Math::abs);
    number(Long.class, "bitCount", Long::bitCount);
    number(Long.class, "signum", Long::signum);
    number(Long.class, "numberOfLeadingZeros", Long::numberOfLeadingZeros);
    number(Long.class, "numberOfTrailingZeros", Long::numberOfTrailingZeros);
  }

  private static <T> void size(Class<T> type, String name, ToIntFunction<T> size) {
    add(type, name, false, Kind.INTEGER, (b, n) -> size.applyAsInt(type.cast(b)));
  }

  private static <T> void collection(Class<T> type, ToIntFunction<T> size) {
    size(type, "size", size);
    add(type, "isEmpty", false, Kind.BOOLEAN, (b, n) -> bit(size.applyAsInt(type.cast(b)) == 0));
  }

  private static void number(Class<?> type, String name, LongUnaryOperator body) {
    add(type, name, true, Kind.INTEGER, (b, n) -> body.applyAsLong(n));
  }

  private static void add(Class<?> type, String name, boolean argument, Kind kind, Body body) {
    Leaf added = new Leaf(type, kind, body);
    ALL.add(added);
    BY_MEMBER.put(new Key(type, name, argument), added);
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }
}
