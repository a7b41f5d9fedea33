package io.gilgamesh.internal;

/**
 * The natives on one object. Each takes the context's id, the object's ref and the address of an
 * exchange whose payload is the request, and returns the result that {@code want} asks for, or
 * {@code FAILED}. Implemented by {@code bridge-rs/jni}.
 */
public final class ObjectNatives {

  private ObjectNatives() {}

  /** Calls the object without arguments. No request. */
  static native long call0(long context, long ref, int want, long exchange);

  /** Calls the object. Request: Arguments. */
  static native long call(long context, long ref, int want, long exchange);

  /** Calls a method. {@code name} is an interned text's ref. Request: Arguments. */
  static native long callMethod(long context, long ref, long name, int want, long exchange);

  /** Reads an attribute. No request. */
  static native long attribute(long context, long ref, long name, int want, long exchange);

  /** Reads an attribute, 0 where it is absent. No request. */
  static native long findAttribute(long context, long ref, long name, int want, long exchange);

  /** Sets an attribute. Request: the value. */
  static native long setAttribute(long context, long ref, long name, long exchange);

  /** Deletes an attribute. No request. */
  static native long deleteAttribute(long context, long ref, long name, long exchange);

  /** Reads {@code object[key]}. Request: the key. */
  static native long item(long context, long ref, int want, long exchange);

  /** Sets {@code object[key]}. Request: key, value. */
  static native long setItem(long context, long ref, long exchange);

  /** Deletes {@code object[key]}. Request: the key. */
  static native long deleteItem(long context, long ref, long exchange);

  /** Applies an {@code Operator}. Request: the other operand of a binary one. */
  static native long operate(long context, long ref, int operator, int want, long exchange);

  /** Asks what {@code Inspect} names. No request. */
  static native long inspect(long context, long ref, int what, int want, long exchange);

  /**
   * Iterates over the object, or over the pairs of its {@code items()} where there is a second
   * form, and takes the first batch. Reply: as that of {@code nextBatch}, and the iterator's ref
   * where there may be more.
   */
  static native long iterate(long context, long ref, int max, int want, int second, long exchange);

  /**
   * Takes up to {@code max} elements of an iterator, or pairs where there is a second form. Reply:
   * u32 n, the values of n elements, u8 more, and an error record if it raised.
   */
  static native long nextBatch(
      long context, long ref, int max, int want, int second, long exchange);

  /**
   * Does what {@code Access} names with the element at an index from 0. Request: the new value for
   * REPLACE. Returns the former element, 0 where there is none.
   */
  static native long element(
      long context, long ref, long index, int access, int want, long exchange);

  /**
   * Does what {@code Access} names with a key or an element. Request: it, and the new value for
   * REPLACE.
   */
  static native long entry(long context, long ref, int access, int want, long exchange);

  /**
   * Calls the object, whose result is a tuple. Request: u32 n, n parts, each what to return (i32)
   * and the step that errors name it by (u32 length, UTF-8); then Arguments. Returns the length of
   * a reply that holds the parts.
   */
  static native long callParts(long context, long ref, long exchange);

  /**
   * Calls the object with each row, until one fails. Request: a list of rows. Reply: u32 n, n
   * results, u8 end, and an error record if row n failed.
   */
  static native long mapRows(long context, long ref, int want, long exchange);

  /** Tells whether two refs name one object: 0 or 1. */
  static native long same(long context, long ref, long other, long exchange);

  /** Tells whether the object is an instance. Request: a class or a tuple of classes. */
  static native long isInstance(long context, long ref, long exchange);

  /** Calls {@code __exit__}. Request: the exception, or NULL. 1 when it swallowed. */
  static native long exit(long context, long ref, long exchange);

  /** Makes a Python object of a value. Request: the value. */
  public static native long make(long context, int want, long exchange);

  /** Interns a text. Request: Text. Returns a managed ref. */
  static native long intern(long context, long exchange);
}
