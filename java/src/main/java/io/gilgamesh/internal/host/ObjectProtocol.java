package io.gilgamesh.internal.host;

import org.jspecify.annotations.Nullable;

/** What every object can be asked for, and those that can be compared or closed. */
final class ObjectProtocol {

  private ObjectProtocol() {}

  @Protocol("__eq__")
  static boolean equal(Object object, @Nullable Object other) {
    return object.equals(other);
  }

  @Protocol("__hash__")
  static int hash(Object object) {
    return object.hashCode();
  }

  /** The text of an object whose {@code toString} gives null is empty, since Python wants one. */
  @Protocol("__str__")
  static String text(Object object) {
    @Nullable String text = object.toString();
    return text == null ? "" : text;
  }

  @Protocol("__repr__")
  static String shortText(Object object) {
    return ShortText.of(object);
  }

  /** Why a name that the object does not have for scripts is not seen, null where it has none. */
  @Protocol("missing")
  static @Nullable String missing(Object object, String name) {
    return Missing.reason(object.getClass(), name);
  }

  /**
   * The same of a name that a class does not have; its number stands where others have an object.
   */
  @Protocol("missing_static")
  static @Nullable String missingStatic(Object number, String name) {
    return Missing.reason(HostClass.numbered(((Number) number).intValue()).type(), name);
  }

  /**
   * Compares, or gives null where the two are not of kinds that compare.
   *
   * @return below, equal or above zero
   */
  @Protocol("compare")
  @SuppressWarnings("unchecked") // that the classes fit shows when compareTo casts
  static @Nullable Integer compare(Comparable<?> object, Object other) {
    try {
      return ((Comparable<Object>) object).compareTo(other);
    } catch (ClassCastException e) {
      if (object.getClass() == other.getClass()) {
        throw e;
      }
      return null;
    }
  }

  @Protocol("__exit__")
  static void close(AutoCloseable resource) throws Exception {
    resource.close();
  }
}
