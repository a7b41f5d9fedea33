package io.gilgamesh.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that cannot be encoded, on its way out of the containers around it. Each adds its step,
 * so the path costs nothing while all goes well. A container met twice on the way contains itself.
 */
final class PathFailure extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final int MAX_SHOWN = 240;
  static final String NO_STACK =
      "nested deeper than this thread's stack has room for: use a thread with a larger one (-Xss)";
  private static final String CYCLE = "this container contains itself";

  private final transient List<Object> containers = new ArrayList<>();
  private final transient List<String> steps = new ArrayList<>();

  PathFailure(String message) {
    super(message, null, false, false);
  }

  /**
   * What comes of an overflow of the stack. Each container on the way out tries again, until there
   * is room enough to say so.
   */
  static PathFailure noStack() {
    return new PathFailure(NO_STACK);
  }

  PathFailure within(Object container, String step) {
    containers.add(container);
    steps.add(step);
    return this;
  }

  PathFailure within(Object container, int index) {
    return within(container, container instanceof Set ? "{" + index + "}" : "[" + index + "]");
  }

  PathFailure withinValue(Object container, @Nullable Object key) {
    return within(container, "[" + show(key) + "]");
  }

  PathFailure withinKey(Object container, @Nullable Object key) {
    return within(container, "[key " + show(key) + "]");
  }

  /** Gives the way so far. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (int i = steps.size() - 1; i >= 0; i--) {
      path.append(steps.get(i));
    }
    return path.toString();
  }

  /** Ends the way: the exception for the user. */
  RuntimeException toConversion() {
    int outermost = containers.size() - 1;
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    StringBuilder path = new StringBuilder();
    for (int i = outermost; i >= 0; i--) {
      if (!seen.add(containers.get(i))) {
        return ApiBridge.get().conversion(path.toString(), CYCLE);
      }
      path.append(steps.get(i));
    }
    return ApiBridge.get().conversion(shorten(path.toString()), String.valueOf(getMessage()));
  }

  private static String shorten(String path) {
    int half = MAX_SHOWN / 2;
    return path.length() <= MAX_SHOWN
        ? path
        : path.substring(0, half) + "..." + path.substring(path.length() - half);
  }

  /** Shows a key without running code of the user's. */
  static String show(@Nullable Object key) {
    if (key instanceof String text) {
      return "'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'";
    }
    if (key == null
        || key instanceof Long
        || key instanceof Integer
        || key instanceof Boolean
        || key instanceof Double) {
      return String.valueOf(key);
    }
    return key.getClass().getName();
  }
}
