package io.gilgamesh;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The contract of {@code Collection.toArray(T[])}, over elements that have crossed at once. */
final class ViewArrays {

  private ViewArrays() {}

  @SuppressWarnings({"unchecked", "NullAway"}) // the element after the last is null by contract
  static <A> A[] into(A[] given, @Nullable Object[] elements) {
    if (given.length < elements.length) {
      return (A[]) Arrays.copyOf(elements, elements.length, given.getClass());
    }
    System.arraycopy(elements, 0, given, 0, elements.length);
    if (given.length > elements.length) {
      given[elements.length] = null;
    }
    return given;
  }
}
