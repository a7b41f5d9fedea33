package io.gilgamesh.internal;

import io.gilgamesh.PythonTuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * list, tuple, set, frozenset and dict. Collections are read by one {@code toArray}: one consistent
 * count and a plain loop, whatever their class. Lists of int or float only go without a tag an
 * element.
 */
final class CollectionForms {

  private CollectionForms() {}

  // ---- to Python

  static void writeList(Exchange to, Collection<?> list, int depth) {
    writeList(to, list, list.toArray(), depth);
  }

  static void writeList(Exchange to, Object container, @Nullable Object[] elements, int depth) {
    checkDepth(depth);
    Object first = elements.length == 0 ? null : elements[0];
    boolean done = false;
    if (first instanceof Long || first instanceof Integer) {
      done = writeLongs(to, elements);
    } else if (first instanceof Double) {
      done = writeDoubles(to, elements);
    }
    if (!done) {
      writeElements(to, Tag.LIST, container, elements, depth);
    }
  }

  static void writeTuple(Exchange to, PythonTuple tuple, int depth) {
    checkDepth(depth);
    writeElements(to, Tag.TUPLE, tuple, tuple.toArray(), depth);
  }

  static void writeSet(Exchange to, Set<?> set, int depth) {
    checkDepth(depth);
    writeElements(to, Tag.SET, set, set.toArray(), depth);
  }

  static void checkDepth(int depth) {
    if (depth >= ValueEncoder.MAX_DEPTH) {
      throw new PathFailure(
          "the value is nested deeper than " + ValueEncoder.MAX_DEPTH + " levels");
    }
  }

  static void writeHead(Exchange to, byte tag, int count) {
    int at = to.reserve(5);
    to.buffer.put(at, tag).putInt(at + 1, count);
  }

  static void writeElements(
      Exchange to, byte tag, Object container, @Nullable Object[] elements, int depth) {
    writeHead(to, tag, elements.length);
    int i = 0;
    try {
      for (; i < elements.length; i++) {
        ValueEncoder.write(to, elements[i], depth + 1);
      }
    } catch (PathFailure e) {
      throw e.within(container, i);
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().within(container, i);
    }
  }

  /** Writes a list of ints; false, with nothing written, where one element is something else. */
  private static boolean writeLongs(Exchange to, @Nullable Object[] elements) {
    int start = to.position;
    int at = to.reserve(5 + 8L * elements.length);
    to.buffer.put(at, Tag.LONG_LIST).putInt(at + 1, elements.length);
    at += 5;
    for (Object element : elements) {
      if (element instanceof Long value) {
        to.buffer.putLong(at, value);
      } else if (element instanceof Integer value) {
        to.buffer.putLong(at, value);
      } else {
        to.position = start;
        return false;
      }
      at += 8;
    }
    return true;
  }

  /** Writes a list of floats; false, with nothing written, where one element is something else. */
  private static boolean writeDoubles(Exchange to, @Nullable Object[] elements) {
    int start = to.position;
    int at = to.reserve(5 + 8L * elements.length);
    to.buffer.put(at, Tag.DOUBLE_LIST).putInt(at + 1, elements.length);
    at += 5;
    for (Object element : elements) {
      if (!(element instanceof Double value)) {
        to.position = start;
        return false;
      }
      to.buffer.putDouble(at, value);
      at += 8;
    }
    return true;
  }

  /**
   * Writes a map. The count is written last, so that a map that changes meanwhile cannot break the
   * request.
   */
  static void writeDict(Exchange to, Map<?, ?> map, int depth) {
    checkDepth(depth);
    int at = to.reserve(5);
    to.buffer.put(at, Tag.DICT);
    int count = 0;
    for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        entries.hasNext();
        count++) {
      Map.Entry<?, ?> entry = entries.next();
      Object key = entry.getKey();
      writeKey(to, map, key, depth);
      writeMapped(to, map, key, entry.getValue(), depth);
    }
    to.buffer.putInt(at + 1, count);
  }

  private static void writeKey(Exchange to, Map<?, ?> map, @Nullable Object key, int depth) {
    try {
      ValueEncoder.write(to, key, depth + 1);
    } catch (PathFailure e) {
      throw e.withinKey(map, key);
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().withinKey(map, key);
    }
  }

  private static void writeMapped(
      Exchange to, Map<?, ?> map, @Nullable Object key, @Nullable Object value, int depth) {
    try {
      ValueEncoder.write(to, value, depth + 1);
    } catch (PathFailure e) {
      throw e.withinValue(map, key);
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().withinValue(map, key);
    }
  }

  // ---- from Python

  static Object read(Reader from, byte tag) {
    return switch (tag) {
      case Tag.LIST -> readList(from);
      case Tag.LONG_LIST -> readLongs(from);
      case Tag.DOUBLE_LIST -> readDoubles(from);
      case Tag.TUPLE -> readTuple(from);
      case Tag.SET, Tag.FROZENSET -> readSet(from);
      case Tag.DICT -> readDict(from);
      default -> throw ValueDecoder.unknown(tag);
    };
  }

  private static List<@Nullable Object> readList(Reader from) {
    int count = from.readCount(1);
    List<@Nullable Object> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(ValueDecoder.read(from));
    }
    return list;
  }

  private static List<Long> readLongs(Reader from) {
    int count = from.readCount(8);
    List<Long> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(from.readLong());
    }
    return list;
  }

  private static List<Double> readDoubles(Reader from) {
    int count = from.readCount(8);
    List<Double> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(from.readDouble());
    }
    return list;
  }

  private static PythonTuple readTuple(Reader from) {
    @Nullable Object[] elements = new Object[from.readCount(1)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = ValueDecoder.read(from);
    }
    return ApiBridge.get().tuple(elements);
  }

  private static Set<@Nullable Object> readSet(Reader from) {
    int count = from.readCount(1);
    Set<@Nullable Object> set = new LinkedHashSet<>(tableSize(count));
    for (int i = 0; i < count; i++) {
      set.add(ValueDecoder.read(from));
    }
    checkKept(count, set.size(), "elements");
    return set;
  }

  private static Map<@Nullable Object, @Nullable Object> readDict(Reader from) {
    int count = from.readCount(2);
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>(tableSize(count));
    for (int i = 0; i < count; i++) {
      Object key = ValueDecoder.read(from);
      map.put(key, ValueDecoder.read(from));
    }
    checkKept(count, map.size(), "keys");
    return map;
  }

  /** Python tells apart what is equal in Java: such elements would be lost without a word. */
  static void checkKept(int sent, int kept, String what) {
    if (kept != sent) {
      throw ApiBridge.get()
          .conversion(
              "",
              "of its "
                  + sent
                  + (" " + what + " only " + kept)
                  + " differ in Java, where all NaNs are one");
    }
  }

  /** The capacity with which a hash table takes the elements without growing. */
  private static int tableSize(int count) {
    return count + count / 3 + 1;
  }
}
