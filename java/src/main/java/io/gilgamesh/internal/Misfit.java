package io.gilgamesh.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a value does not fit a type, each with its place. Thrown by the part that does not fit;
 * the containers around it add their steps and go on, so that one try tells all; the outermost
 * makes it the exception for the user.
 */
final class Misfit extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** More are counted. */
  private static final int MOST_TOLD = 20;

  /** One thing that is wrong. */
  private record Wrong(String path, String message) {
    @Override
    public String toString() {
      return path.isEmpty() ? message : path + ": " + message;
    }
  }

  private final transient List<Wrong> told = new ArrayList<>();
  private final transient @Nullable Object value;
  private int count;

  private Misfit(String path, String message, @Nullable Object value) {
    super(message, null, false, false);
    this.value = value;
    told.add(new Wrong(path, message));
    count = 1;
  }

  Misfit(String message) {
    this("", message, null);
  }

  /** Says where in a natural value the trouble is. */
  static Misfit of(@Nullable Object value, PathFailure why) {
    return new Misfit(why.path(), String.valueOf(why.getMessage()), value);
  }

  /** The whole value, where it has a natural form. */
  @Nullable Object value() {
    return value;
  }

  /** Adds the step that leads here. */
  Misfit within(String step) {
    told.replaceAll(wrong -> new Wrong(step + wrong.path, wrong.message));
    return this;
  }

  /** Puts what was wrong before first; null where nothing was. */
  Misfit after(@Nullable Misfit before) {
    if (before == null) {
      return this;
    }
    before.count += count;
    int room = Math.max(0, MOST_TOLD - before.told.size());
    before.told.addAll(told.subList(0, Math.min(room, told.size())));
    return before;
  }

  /** Ends the way: the exception for the user. */
  RuntimeException toConversion() {
    if (count == 1) {
      return ApiBridge.get().conversion(told.get(0).path, told.get(0).message);
    }
    StringBuilder text = new StringBuilder().append(count).append(" values do not fit:");
    told.forEach(wrong -> text.append("\n  ").append(wrong));
    if (count > told.size()) {
      text.append("\n  and ").append(count - told.size()).append(" more");
    }
    return ApiBridge.get().conversion("", text.toString());
  }
}
