package io.gilgamesh;

import io.gilgamesh.internal.Access;
import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.ElementType;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.Inspect;
import io.gilgamesh.internal.ObjectCalls;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.ViewForm;
import io.gilgamesh.internal.Want;
import org.jspecify.annotations.Nullable;

/**
 * The object behind a view, what its class can do, and the crossings that views are made of.
 *
 * <p>What cannot cross, or cannot be hashed, is in no Python collection: looking for it finds
 * nothing, as Java's collections do. Only adding it is an error.
 */
final class Viewed {

  private static final int NOWHERE = -1;

  final PythonObject object;
  private final int form;

  /** How often the view has changed the size: what its iterators look at, as Java's do. */
  int changes;

  private Viewed(PythonObject object, int form) {
    this.object = object;
    this.form = form;
  }

  static Viewed sequence(PythonObject object) {
    return of(object, ViewForm.SEQUENCE, "sequence");
  }

  static Viewed mapping(PythonObject object) {
    return of(object, ViewForm.MAPPING, "mapping");
  }

  static Viewed set(PythonObject object) {
    return of(object, ViewForm.SET, "set");
  }

  static Viewed iterable(PythonObject object) {
    return of(object, ViewForm.ITERABLE, "iterable");
  }

  private static Viewed of(PythonObject object, int kind, String name) {
    int form = (int) object.inspectLong(Inspect.VIEW);
    if ((form & kind) == 0) {
      String message = "a " + object.typeName() + " is no " + name + "; use " + instead(form);
      throw StackTraces.trimmed(new PythonConversionException("", message));
    }
    return new Viewed(object, form);
  }

  private static String instead(int form) {
    if ((form & ViewForm.SEQUENCE) != 0) {
      return "asList() instead";
    } else if ((form & ViewForm.MAPPING) != 0) {
      return "asMap() instead";
    } else if ((form & ViewForm.SET) != 0) {
      return "asSet() instead";
    }
    return (form & ViewForm.ITERABLE) != 0
        ? "asIterable(), or toList() for a copy"
        : "toJava() or to(Class) for its value";
  }

  // ---- what it can do

  boolean can(int bit) {
    return (form & bit) != 0;
  }

  void mustSet() {
    must(ViewForm.SETS, "nothing in a %s can be replaced");
  }

  void mustInsert() {
    must(ViewForm.INSERTS, "nothing can be added to a %s");
  }

  void mustDelete() {
    must(ViewForm.DELETES, "nothing can be removed from a %s");
  }

  private void must(int bit, String message) {
    if (!can(bit)) {
      String copy = can(ViewForm.MAPPING) ? "toMap()" : can(ViewForm.SET) ? "toSet()" : "toList()";
      String text = String.format(message, object.typeName()) + "; change a copy of it, " + copy;
      throw StackTraces.trimmed(new UnsupportedOperationException(text));
    }
  }

  // ---- crossings

  /** The length, as {@code Collection.size} has it. */
  int size() {
    return (int) Math.min(object.length(), Integer.MAX_VALUE);
  }

  void call(String method, @Nullable Object... arguments) {
    try (Exchange exchange = object.lease()) {
      Calls.number(
          exchange, ObjectCalls.call(exchange, object.ref(), Want.NOTHING, method, arguments));
    }
  }

  boolean contains(@Nullable Object element) {
    return ask(Access.CONTAINS, element, Access.ABSENT) != 0;
  }

  boolean discard(@Nullable Object element) {
    return ask(Access.DISCARD, element, Access.ABSENT) != 0;
  }

  boolean add(@Nullable Object element) {
    try (Exchange exchange = object.lease()) {
      return Calls.truth(
          exchange, Access.entry(exchange, object.ref(), Access.ADD, element, Want.NOTHING));
    }
  }

  int place(@Nullable Object element, int access) {
    return (int) ask(access, element, NOWHERE);
  }

  private long ask(int access, @Nullable Object given, long otherwise) {
    try (Exchange exchange = object.lease()) {
      long ref = object.ref();
      long result;
      try {
        result = Access.entry(exchange, ref, access, given, Want.NOTHING);
      } catch (PythonConversionException e) {
        return otherwise;
      }
      return Calls.number(exchange, result);
    }
  }

  /** Reads or removes the value under a key; null where there is none. */
  <V> @Nullable V value(int access, @Nullable Object key, ElementType<V> type) {
    try (Exchange exchange = object.lease()) {
      long ref = object.ref();
      long result;
      try {
        result = Access.entry(exchange, ref, access, key, type.want());
      } catch (PythonConversionException e) {
        return null;
      }
      if (result == Access.ABSENT) {
        return null;
      }
      changes += access == Access.REMOVE ? 1 : 0;
      return type.read(exchange, result, key);
    }
  }

  /** Puts an entry; the former value, null where there was none. */
  <V> @Nullable V put(@Nullable Object key, @Nullable Object value, ElementType<V> type) {
    try (Exchange exchange = object.lease()) {
      long result = Access.put(exchange, object.ref(), key, value, type.want());
      if (result == Access.ABSENT) {
        changes++;
        return null;
      }
      return type.read(exchange, result, key);
    }
  }
}
