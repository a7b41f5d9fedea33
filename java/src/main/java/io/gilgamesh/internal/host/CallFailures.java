package io.gilgamesh.internal.host;

import io.gilgamesh.internal.Targets;
import io.gilgamesh.internal.host.HostCallException.Kind;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What scripts are told of a call that means no overload, or more than one. */
final class CallFailures {

  /** A class with hundreds of overloads is not listed whole. */
  private static final int MOST_TOLD = 20;

  private CallFailures() {}

  /** Names an argument in Python's words. */
  static String describe(@Nullable Object value) {
    if (value instanceof Class<?> type) {
      return "the class " + type.getTypeName();
    }
    ValueKind kind = ValueKind.of(value);
    if (kind != ValueKind.OBJECT || value == null || value instanceof UUID) {
      return Targets.describe(value);
    }
    return "a " + value.getClass().getTypeName();
  }

  static String describeAll(@Nullable Object[] values) {
    StringJoiner all = new StringJoiner(", ", "(", ")");
    for (Object value : values) {
      all.add(describe(value));
    }
    return all.toString();
  }

  /** Nothing fits: each candidate is told with the reason. */
  static HostCallException noneFits(
      String title, List<Overload> overloads, @Nullable Object[] values) {
    if (overloads.size() == 1) {
      Overload only = overloads.get(0);
      return new HostCallException(
          Kind.TYPE, title + ": " + only.misfit(values) + "; it is declared as " + only);
    }
    StringBuilder text = new StringBuilder(title);
    text.append(" has no overload for ").append(describeAll(values)).append(':');
    list(text, overloads, values);
    return new HostCallException(Kind.TYPE, text.toString());
  }

  /** Several fit, none better than all others. */
  static HostCallException ambiguous(
      String title, List<Overload> overloads, @Nullable Object[] values) {
    StringBuilder text = new StringBuilder(title);
    text.append(" is ambiguous for ").append(describeAll(values)).append("; these fit alike:");
    list(text, overloads, null);
    text.append("\n  pass an argument of the very class that one of them takes");
    return new HostCallException(Kind.TYPE, text.toString());
  }

  private static void list(
      StringBuilder text, List<Overload> overloads, @Nullable Object @Nullable [] values) {
    for (Overload overload : overloads.subList(0, Math.min(MOST_TOLD, overloads.size()))) {
      text.append("\n  ").append(overload);
      if (values != null) {
        text.append(": ").append(overload.misfit(values));
      }
    }
    if (overloads.size() > MOST_TOLD) {
      text.append("\n  and ").append(overloads.size() - MOST_TOLD).append(" more");
    }
  }

  /** Names that no candidate has, or too few or too many arguments with them. */
  static HostCallException noneTakes(
      String title,
      List<Overload> overloads,
      @Nullable Object[] values,
      Map<String, @Nullable Object> named) {
    if (overloads.stream().noneMatch(overload -> overload.shape().named())) {
      return new HostCallException(
          Kind.TYPE,
          title
              + " takes no keyword arguments: the names of its parameters are not in the class"
              + " file, where javac writes them with -parameters; pass "
              + String.join(", ", named.keySet())
              + " by position");
    }
    StringJoiner keywords = new StringJoiner(", ");
    named.forEach((name, value) -> keywords.add(name + "=" + describe(value)));
    StringBuilder text = new StringBuilder(title);
    text.append(" has no overload for ").append(describeAll(values)).append(" with ");
    list(text.append(keywords).append(':'), overloads, null);
    return new HostCallException(Kind.TYPE, text.toString());
  }

  /** One argument was of the right kind, and its value does not fit. */
  static HostCallException argument(
      String title, int index, Parameter parameter, RuntimeException why) {
    String message = "argument " + (index + 1) + " for " + parameter.type().getTypeName();
    return new HostCallException(Kind.TYPE, title + ": " + message + ": " + why.getMessage());
  }

  /** A method was called on an object that has not got it. */
  static HostCallException target(String title, Class<?> wanted, @Nullable Object target) {
    return new HostCallException(
        Kind.TYPE,
        title + " is called on a " + wanted.getTypeName() + ", and not on " + describe(target));
  }
}
