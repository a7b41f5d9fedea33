package io.gilgamesh.testing;

import io.gilgamesh.PythonObject;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Whether two Java values are of the same classes and equal, maps in order, to any depth. */
public final class SameValues {

  private SameValues() {}

  /** Fails where they differ. */
  public static void assertSameValue(Object expected, Object actual) {
    if (!same(expected, actual)) {
      throw new AssertionError("expected " + show(expected) + ", got " + show(actual));
    }
  }

  private static boolean same(Object one, Object other) {
    if (one == null || other == null) {
      return one == other;
    }
    if (one.getClass() != other.getClass()) {
      return false;
    }
    if (one instanceof PythonObject object) {
      return object.isSame((PythonObject) other);
    } else if (one.getClass().isArray()) {
      // By equals of the elements: NaN is NaN, and 0.0 is not -0.0.
      return Arrays.deepEquals(new Object[] {one}, new Object[] {other});
    } else if (one instanceof Set<?> set) {
      // Python's sets have no order that could be kept.
      return set.size() == ((Set<?>) other).size()
          && set.stream().allMatch(e -> ((Set<?>) other).stream().anyMatch(o -> same(e, o)));
    } else if (one instanceof Collection<?> collection) {
      return sameElements(collection, (Collection<?>) other);
    } else if (one instanceof Map<?, ?> map) {
      Map<?, ?> others = (Map<?, ?>) other;
      return sameElements(map.keySet(), others.keySet())
          && sameElements(map.values(), others.values());
    }
    return one.equals(other);
  }

  private static boolean sameElements(Collection<?> one, Collection<?> other) {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<?> others = other.iterator();
    for (Object element : one) {
      if (!same(element, others.next())) {
        return false;
      }
    }
    return true;
  }

  private static String show(Object value) {
    String text = Arrays.deepToString(new Object[] {value});
    String type = value == null ? "" : value.getClass().getSimpleName() + " ";
    return type + (text.length() > 200 ? text.substring(0, 200) + "..." : text);
  }
}
