package io.gilgamesh.internal.host;

import org.jspecify.annotations.Nullable;

/** Texts that stay objects in Python, such as {@code StringBuilder}: by UTF-16 unit, as in Java. */
final class TextProtocol {

  private TextProtocol() {}

  @Protocol("__len__")
  static int length(CharSequence text) {
    return text.length();
  }

  @Protocol("__contains__")
  static boolean contains(CharSequence text, @Nullable Object part) {
    return part instanceof CharSequence sequence && text.toString().contains(sequence);
  }

  @Protocol("text_get")
  static String get(CharSequence text, long index) {
    return unit(text, Indices.checked(index, text.length(), "text"));
  }

  @Protocol("text_slice")
  static String slice(CharSequence text, int start, int step, int count) {
    if (step == 1) {
      return text.subSequence(start, start + count).toString();
    }
    StringBuilder slice = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      slice.append(text.charAt(start + i * step));
    }
    return slice.toString();
  }

  @Protocol("open_cursor")
  static Cursor open(CharSequence text) {
    return IterationProtocol.counted(text.length(), index -> unit(text, index));
  }

  private static String unit(CharSequence text, int index) {
    return String.valueOf(text.charAt(index));
  }
}
