package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/**
 * What a live view does with one element or entry, each in one crossing. What is absent is told by
 * a number, not by an exception.
 */
public final class Access {

  /** Gives the element or value. */
  public static final int FIND = 0;

  /** Puts another in its place and gives the former. */
  public static final int REPLACE = 1;

  /** Removes it and gives it. */
  public static final int REMOVE = 2;

  /** Whether an equal element is there, 0 or 1. */
  public static final int CONTAINS = 3;

  /** Adds to a set where it is not there, 0 or 1. */
  public static final int ADD = 4;

  /** Removes from a set where it is there, 0 or 1. */
  public static final int DISCARD = 5;

  /** The index of the first equal element, -1 where there is none. */
  public static final int FIRST = 6;

  /** The index of the last equal element, -1 where there is none. */
  public static final int LAST = 7;

  /** The result where there is no element or value. */
  public static final long ABSENT = 0;

  private Access() {}

  /**
   * Reads, replaces or removes the element of a sequence.
   *
   * @param exchange the call's exchange
   * @param ref the sequence
   * @param index from 0
   * @param access FIND, REPLACE or REMOVE
   * @param other what REPLACE puts there
   * @param want the form of the element that was there
   * @return what the native returned, {@link #ABSENT} where the sequence is not as long
   */
  public static long element(
      Exchange exchange, long ref, int index, int access, @Nullable Object other, int want) {
    if (access == REPLACE) {
      exchange.value(other);
    }
    return ObjectNatives.element(
        exchange.contextId(), ref, index, access, want, exchange.address());
  }

  /**
   * Does something with a key or an element.
   *
   * @param exchange the call's exchange
   * @param ref the object
   * @param access any but REPLACE
   * @param given the key or element
   * @param want the form of a value
   * @return what the native returned
   */
  public static long entry(
      Exchange exchange, long ref, int access, @Nullable Object given, int want) {
    exchange.value(given);
    return ObjectNatives.entry(exchange.contextId(), ref, access, want, exchange.address());
  }

  /**
   * Puts an entry into a mapping.
   *
   * @param exchange the call's exchange
   * @param ref the mapping
   * @param key its key
   * @param value its value
   * @param want the form of the former value
   * @return what the native returned, {@link #ABSENT} where there was none
   */
  public static long put(
      Exchange exchange, long ref, @Nullable Object key, @Nullable Object value, int want) {
    exchange.value(key).value(value);
    return ObjectNatives.entry(exchange.contextId(), ref, REPLACE, want, exchange.address());
  }
}
