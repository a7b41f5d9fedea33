package io.gilgamesh.internal.host;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A member that cannot block, takes no lock that is held for long and calls nothing of the user's:
 * Python calls it without letting go of the GIL, and its argument and result go by register. One of
 * the JDK's is in the list of {@link JdkLeaves}, a user's says so itself, {@link LeafMethods}.
 *
 * <p>What a leaf throws is told by the same call made again in the usual way.
 */
public final class Leaf {

  /** What the long of an argument stands for, in the order of a description. */
  enum Argument {
    NONE,
    INTEGER,
    REAL,
    TEXT
  }

  /** What the long of a result stands for; the numbers are the core's. */
  enum Result {
    INTEGER(1),
    REAL(2),
    BOOLEAN(3),
    NOTHING(4),
    /** A new object of the class that is described, whose number stands in the place of this. */
    OBJECT(0);

    final long code;

    Result(long code) {
      this.code = code;
    }
  }

  /** What a leaf does, on a receiver or null, with an argument that may go unused. */
  @FunctionalInterface
  interface Body {
    long call(@Nullable Object receiver, long argument) throws Throwable;
  }

  /** What a constructor does. */
  @FunctionalInterface
  interface Maker {
    Object make();
  }

  private static final Numbering<Leaf> NUMBERING = new Numbering<>("leaf");

  private final int number;
  private final Argument argument;
  private final Result result;
  private final @Nullable Class<?> receiver;
  private final Body body;
  private final @Nullable Maker maker;

  private Leaf(
      Argument argument,
      Result result,
      @Nullable Class<?> receiver,
      Body body,
      @Nullable Maker maker) {
    this.argument = argument;
    this.result = result;
    this.receiver = receiver;
    this.body = body;
    this.maker = maker;
    number = NUMBERING.add(this);
  }

  /**
   * Makes a leaf, which lasts as long as somebody keeps it.
   *
   * @param receiver the very class that its object must be of, for others may override it; null
   *     where none can
   */
  static Leaf of(Argument argument, Result result, @Nullable Class<?> receiver, Body body) {
    return new Leaf(argument, result, receiver, body, null);
  }

  /** Makes a leaf that constructs an object. */
  static Leaf making(Maker maker) {
    return new Leaf(Argument.NONE, Result.OBJECT, null, (object, number) -> 0, maker);
  }

  /**
   * Gives the leaf of a number.
   *
   * @param number its number
   * @return the leaf
   * @throws HostCallException if there is none, or its class was unloaded
   */
  public static Leaf numbered(int number) {
    return NUMBERING.get(number);
  }

  /**
   * Tells whether it constructs an object.
   *
   * @return whether {@link #make} is for it, and not {@link #call}
   */
  public boolean isMaking() {
    return maker != null;
  }

  /**
   * Constructs an object.
   *
   * @return a new one
   */
  public Object make() {
    return Objects.requireNonNull(maker).make();
  }

  /**
   * Calls it.
   *
   * @param object the object, null for a static member
   * @param value its argument, if it has one
   * @return the result, or the bits of it
   * @throws ClassCastException if the object is of another class, whose method might do anything
   * @throws Throwable what the member throws
   */
  public long call(@Nullable Object object, long value) throws Throwable {
    if (receiver != null && (object == null || object.getClass() != receiver)) {
      throw new ClassCastException();
    }
    return body.call(object, value);
  }

  Argument argument() {
    return argument;
  }

  /** The text that the core has put into a register: its length stands in the last byte. */
  static String text(long packed) {
    byte[] bytes = new byte[(int) (packed >>> 56)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (packed >>> (8 * i));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * Describes the leaves of a member.
   *
   * @param leaves at most one for each argument
   * @param type the number of the class that is described
   * @return number and kind of the leaf for each argument, zeros for none; null where there are no
   *     leaves
   */
  static @Nullable List<Long> describe(List<Leaf> leaves, int type) {
    if (leaves.isEmpty()) {
      return null;
    }
    Map<Argument, Leaf> byArgument = new EnumMap<>(Argument.class);
    leaves.forEach(leaf -> byArgument.put(leaf.argument, leaf));
    return Stream.of(Argument.values())
        .map(byArgument::get)
        .flatMap(leaf -> leaf == null ? Stream.of(0L, 0L) : leaf.described(type))
        .toList();
  }

  private Stream<Long> described(int type) {
    return Stream.of((long) number, result == Result.OBJECT ? -type : result.code);
  }
}
