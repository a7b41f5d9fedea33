package io.gilgamesh.internal.host;

import io.gilgamesh.internal.Targets;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of two candidates says more of its arguments. */
final class Specificity {

  private static final List<Class<?>> WIDENING =
      List.of(
          byte.class, short.class, char.class, int.class, long.class, float.class, double.class);

  private Specificity() {}

  /** Whether a candidate is better than another in one argument at least, and worse in none. */
  static boolean isBetter(Candidate one, Candidate other, @Nullable Object[] values) {
    boolean better = false;
    for (int i = 0; i < values.length; i++) {
      Class<?> type = one.parameters().get(i).type();
      Class<?> otherType = other.parameters().get(i).type();
      if (type != otherType) {
        if (!isBetter(type, otherType, ValueKind.of(values[i]))) {
          return false;
        }
        better = true;
      }
    }
    return better || isBetterUnused(one.overload(), other.overload(), values);
  }

  /** Where all arguments are alike: more single parameters, then the type of those not given. */
  private static boolean isBetterUnused(Overload one, Overload other, @Nullable Object[] values) {
    int count = one.parameters().size();
    int otherCount = other.parameters().size();
    for (int i = 0; i < values.length && i < Math.min(count, otherCount); i++) {
      if (one.parameters().get(i).type() != other.parameters().get(i).type()) {
        return count > otherCount;
      }
    }
    if (count != otherCount || count == 0 || !one.shape().varargs()) {
      return count > otherCount;
    }
    Class<?> type = one.parameters().get(count - 1).element().type();
    Class<?> otherType = other.parameters().get(count - 1).element().type();
    return type != otherType && isBetter(type, otherType, ValueKind.NONE);
  }

  /** Whether a value of a kind would rather be the one than the other, which differs. */
  static boolean isBetter(Class<?> one, Class<?> other, ValueKind kind) {
    int rank = Preference.rank(kind, one);
    int otherRank = Preference.rank(kind, other);
    if (rank >= 0 && otherRank >= 0) {
      return rank < otherRank;
    }
    Class<?> boxed = Targets.boxed(one);
    Class<?> otherBoxed = Targets.boxed(other);
    if (boxed == otherBoxed) {
      return one.isPrimitive();
    }
    return otherBoxed.isAssignableFrom(boxed)
        || isNarrower(one, other)
        || (kind == ValueKind.PYTHON && givesMore(one, other));
  }

  private static boolean isNarrower(Class<?> one, Class<?> other) {
    int place = WIDENING.indexOf(one);
    return place >= 0 && place < WIDENING.indexOf(other);
  }

  /** A function that gives something is rather a Callable than a Runnable, as in Java. */
  private static boolean givesMore(Class<?> one, Class<?> other) {
    Method method = Functions.single(one);
    Method otherMethod = Functions.single(other);
    return method != null
        && otherMethod != null
        && !one.isAssignableFrom(other)
        && method.getParameterCount() == otherMethod.getParameterCount()
        && method.getReturnType() != void.class
        && otherMethod.getReturnType() == void.class;
  }
}
