package io.gilgamesh.internal.host;

import io.gilgamesh.PythonTuple;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Arrays of any type by index and by slice. */
final class ArrayProtocol {

  private ArrayProtocol() {}

  /** The elements, at any depth; what {@code toString} says of an array tells nobody anything. */
  @Protocol("__str__")
  static String text(Object array) {
    String text = Arrays.deepToString(new Object[] {array});
    return text.substring(1, text.length() - 1);
  }

  @Protocol("__len__")
  static int length(Object array) {
    return Array.getLength(array);
  }

  @Protocol("__contains__")
  static boolean contains(Object array, @Nullable Object value) {
    Set<@Nullable Object> forms = new HashSet<>(EqualForms.of(value));
    return IntStream.range(0, length(array)).anyMatch(i -> forms.contains(Array.get(array, i)));
  }

  @Protocol("array_get")
  static @Nullable Object get(Object array, long index) {
    return Array.get(array, Indices.checked(index, length(array), "array"));
  }

  @Protocol("array_set")
  static void set(Object array, long index, @Nullable Object value) {
    int position = Indices.checked(index, length(array), "array");
    Array.set(array, position, ArrayElements.of(array).convert(value));
  }

  @Protocol("array_slice")
  static PythonTuple slice(Object array, int start, int step, int count) {
    @Nullable Object[] slice = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      slice[i] = Array.get(array, start + i * step);
    }
    return PythonTuple.of(slice);
  }

  /** Sets as many elements as there are values; none of them where one does not fit. */
  @Protocol("array_set_slice")
  static void setSlice(
      Object array, int start, int step, Collection<? extends @Nullable Object> values) {
    ArrayElements elements = ArrayElements.of(array);
    Object[] converted = values.stream().map(elements::convert).toArray();
    for (int i = 0; i < converted.length; i++) {
      Array.set(array, start + i * step, converted[i]);
    }
  }

  @Protocol("open_cursor")
  static Cursor open(Object array) {
    return IterationProtocol.counted(length(array), index -> Array.get(array, index));
  }

  @Protocol("open_reversed_cursor")
  static Cursor reversed(Object array) {
    int last = length(array) - 1;
    return IterationProtocol.counted(last + 1, index -> Array.get(array, last - index));
  }
}
