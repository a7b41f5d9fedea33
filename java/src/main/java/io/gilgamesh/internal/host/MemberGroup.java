package io.gilgamesh.internal.host;

import io.gilgamesh.internal.Converters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All overloads of one name of a class, or its constructors, or the getter or setter of a field:
 * what scripts call by a number.
 *
 * <p>A group lives as long as its class; see {@link HostClass}. Usable by any thread.
 */
public final class MemberGroup {

  private static final Numbering<MemberGroup> NUMBERING = new Numbering<>("member");

  private final String title;
  private final Class<?> receiver;
  private final List<Overload> overloads;
  private final Choices plain;
  private volatile @Nullable ConvertedChoices converted;
  private final boolean onlyStatic;
  private final boolean extension;
  private final int number;

  /** Found when the class is described; kept, since their numbers lead to them weakly. */
  private volatile @Nullable List<Leaf> leaves;

  /** Numbers a group. */
  MemberGroup(String title, Class<?> receiver, List<Overload> overloads) {
    this(title, receiver, overloads, false);
  }

  private MemberGroup(
      String title, Class<?> receiver, List<Overload> overloads, boolean extension) {
    this.extension = extension;
    this.title = title;
    this.receiver = receiver;
    this.overloads = List.copyOf(overloads);
    plain = Choices.of(title, overloads);
    onlyStatic = overloads.stream().allMatch(Overload::isStatic);
    number = NUMBERING.add(this);
  }

  /** A group of static methods whose first parameter is the object, if one is the target. */
  static MemberGroup extension(String title, Overload overload) {
    return new MemberGroup(title, Object.class, List.of(overload), true);
  }

  /**
   * Finds a group.
   *
   * @param number its number, from a description
   * @return the group
   * @throws HostCallException if there is none, or no longer
   */
  public static MemberGroup numbered(int number) {
    return NUMBERING.get(number);
  }

  /**
   * Tells the number of this group.
   *
   * @return 1 or more
   */
  public int number() {
    return number;
  }

  List<Overload> overloads() {
    return overloads;
  }

  boolean isStatic() {
    return onlyStatic;
  }

  /** The leaves among the overloads of a user's method. */
  List<Leaf> leaves() {
    List<Leaf> known = leaves;
    return known == null ? findLeaves() : known;
  }

  private synchronized List<Leaf> findLeaves() {
    List<Leaf> known = leaves;
    if (known == null) {
      known = List.copyOf(LeafMethods.of(overloads));
      leaves = known;
    }
    return known;
  }

  /**
   * Calls the overload that the arguments mean.
   *
   * @param target the object; null, or anything, for static members. Where a name has both static
   *     and other overloads and the target is no object of the class, it is the first argument
   * @param arguments in their natural form
   * @param named further arguments by the names of their parameters
   * @param converters the user's for the arguments, null for none
   * @return what the member gives, null for nothing
   * @throws HostCallException if no overload fits, several do, or the policy refuses the member
   * @throws Throwable what the member throws
   */
  public @Nullable Object call(
      @Nullable Object target,
      @Nullable Object[] arguments,
      Map<String, @Nullable Object> named,
      @Nullable Converters converters)
      throws Throwable {
    Choices choices = converters == null ? plain : converted().with(converters);
    OverloadSet all = choices.all();
    OverloadSet statics = choices.statics();
    if (onlyStatic) {
      boolean first = extension && target != null;
      return call(statics, null, first ? prepended(target, arguments) : arguments, named);
    } else if (receiver.isInstance(target)) {
      return statics.isEmpty()
          ? call(all, target, arguments, named)
          : callEither(choices, target, arguments, named);
    } else if (target == null && arguments.length > 0 && isReceiver(arguments[0])) {
      @Nullable Object[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
      return call(arguments[0], rest, named, converters);
    } else if (statics.isEmpty()) {
      boolean on = target == null && arguments.length > 0;
      throw CallFailures.target(title, receiver, on ? arguments[0] : target);
    }
    return call(statics, null, target == null ? arguments : prepended(target, arguments), named);
  }

  /** Classes are values to scripts, and so are the receivers of methods that are called on them. */
  private boolean isReceiver(@Nullable Object argument) {
    return argument instanceof Class && receiver.isInstance(argument);
  }

  private ConvertedChoices converted() {
    ConvertedChoices known = converted;
    if (known == null) {
      known = new ConvertedChoices(title, overloads, plain);
      converted = known;
    }
    return known;
  }

  private static @Nullable Object call(
      OverloadSet among,
      @Nullable Object target,
      @Nullable Object[] arguments,
      Map<String, @Nullable Object> named)
      throws Throwable {
    return named.isEmpty() ? among.call(target, arguments) : among.call(target, arguments, named);
  }

  /** {@code Integer.toString(x)} and {@code x.toString()} are one name. */
  private static @Nullable Object callEither(
      Choices choices,
      @Nullable Object target,
      @Nullable Object[] arguments,
      Map<String, @Nullable Object> named)
      throws Throwable {
    if (named.isEmpty() && choices.all().find(arguments) == null) {
      @Nullable Object[] whole = prepended(target, arguments);
      if (choices.statics().find(whole) != null) {
        return choices.statics().call(null, whole);
      }
    }
    return call(choices.all(), target, arguments, named);
  }

  private static @Nullable Object[] prepended(
      @Nullable Object first, @Nullable Object[] arguments) {
    @Nullable Object[] whole = new Object[arguments.length + 1];
    whole[0] = first;
    System.arraycopy(arguments, 0, whole, 1, arguments.length);
    return whole;
  }

  @Override
  public String toString() {
    return title;
  }
}
