package io.gilgamesh.internal.host;

import io.gilgamesh.PythonTuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists by index and by slice. A slice comes as start, step and count, as Python's {@code
 * slice.indices} makes them from the list's length; the step of those that change something is
 * positive.
 */
final class ListProtocol {

  private ListProtocol() {}

  @Protocol("list_get")
  static @Nullable Object get(List<?> list, long index) {
    return list.get(Indices.checked(index, list.size(), "list"));
  }

  @Protocol("list_set")
  static void set(List<@Nullable Object> list, long index, @Nullable Object value) {
    list.set(Indices.checked(index, list.size(), "list"), value);
  }

  /** Removes the element and gives it. */
  @Protocol("list_pop")
  static @Nullable Object pop(List<?> list, long index) {
    if (list.isEmpty()) {
      throw new HostCallException(HostCallException.Kind.INDEX, "pop from an empty list");
    }
    return list.remove(Indices.checked(index, list.size(), "list"));
  }

  /** Inserts before an index, which may lie beyond the ends. */
  @Protocol("list_insert")
  static void insert(List<@Nullable Object> list, long index, @Nullable Object value) {
    int length = list.size();
    long position = index < 0 ? Math.max(0, index + length) : Math.min(index, length);
    list.add((int) position, value);
  }

  @Protocol("list_reverse")
  static void reverse(List<?> list) {
    Collections.reverse(list);
  }

  @Protocol("list_slice")
  static PythonTuple slice(List<?> list, int start, int step, int count) {
    if (step == 1) {
      return PythonTuple.copyOf(list.subList(start, start + count));
    }
    List<@Nullable Object> slice = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      slice.add(list.get(start + i * step));
    }
    return PythonTuple.copyOf(slice);
  }

  /** Puts values in the place of {@code count} elements that stand side by side. */
  @Protocol("list_replace")
  static void replace(
      List<@Nullable Object> list, int start, int count, List<? extends @Nullable Object> values) {
    // Copied first: the values may be of this list.
    List<@Nullable Object> copy = new ArrayList<>(values);
    List<@Nullable Object> range = list.subList(start, start + count);
    int common = Math.min(count, copy.size());
    for (int i = 0; i < common; i++) {
      range.set(i, copy.get(i));
    }
    if (count > common) {
      range.subList(common, count).clear();
    } else if (copy.size() > common) {
      range.addAll(copy.subList(common, copy.size()));
    }
  }

  @Protocol("list_set_slice")
  static void setSlice(
      List<@Nullable Object> list, int start, int step, List<? extends @Nullable Object> values) {
    List<@Nullable Object> copy = new ArrayList<>(values);
    for (int i = 0; i < copy.size(); i++) {
      list.set(start + i * step, copy.get(i));
    }
  }

  @Protocol("list_delete_slice")
  static void deleteSlice(List<?> list, int start, int step, int count) {
    if (step == 1) {
      list.subList(start, start + count).clear();
      return;
    }
    for (int i = count - 1; i >= 0; i--) {
      list.remove(start + i * step);
    }
  }
}
