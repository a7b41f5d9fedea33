package io.gilgamesh.internal.host;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text of an object for {@code repr}: short, whatever the object holds, and never an error. */
final class ShortText {

  private static final int MOST_ELEMENTS = 20;
  private static final int MOST_CHARACTERS = 200;

  private ShortText() {}

  static String of(Object object) {
    try {
      return shortened(textOf(object));
    } catch (RuntimeException | StackOverflowError e) {
      return "(its toString() throws " + e.getClass().getName() + ")";
    }
  }

  private static String textOf(Object object) {
    if (object instanceof Map<?, ?> map && isOfJdk(object)) {
      return joined(map.entrySet().iterator(), "{", "}");
    }
    if (object instanceof Collection<?> collection && isOfJdk(object)) {
      return joined(collection.iterator(), "[", "]");
    }
    if (object.getClass().isArray()) {
      return joined(firstOf(object).iterator(), "[", "]");
    }
    return String.valueOf(object.toString());
  }

  /** Only there it is known that the elements' text is what {@code toString} begins with. */
  private static boolean isOfJdk(Object object) {
    return object.getClass().getName().startsWith("java.util.");
  }

  private static List<@Nullable Object> firstOf(Object array) {
    List<@Nullable Object> first = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_ELEMENTS + 1, Array.getLength(array)); i++) {
      first.add(Array.get(array, i));
    }
    return first;
  }

  private static String joined(Iterator<?> elements, String open, String close) {
    StringBuilder text = new StringBuilder(open);
    for (int i = 0; i < MOST_ELEMENTS && text.length() <= MOST_CHARACTERS; i++) {
      if (!elements.hasNext()) {
        return text.append(close).toString();
      }
      text.append(i == 0 ? "" : ", ").append(elements.next());
    }
    return text.append(elements.hasNext() ? ", ..." : "").append(close).toString();
  }

  private static String shortened(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
    return text.substring(0, MOST_CHARACTERS - (splits ? 1 : 0)) + "...";
  }
}
