package io.gilgamesh.internal;

/** What a verb shall return: a handle, a whole value, or one exact scalar. */
public final class Want {

  /** A ref. */
  public static final int OBJECT = 0;

  /** The length of a reply that holds the value. */
  public static final int VALUE = 1;

  /** An exact int of 64 bits. */
  public static final int LONG = 2;

  /** The bits of a double. */
  public static final int DOUBLE = 3;

  /** An exact bool, 0 or 1. */
  public static final int BOOLEAN = 4;

  /** Nothing, 0. */
  public static final int NOTHING = 5;

  /** The length of a reply that holds an array of longs. */
  public static final int LONG_ARRAY = 6;

  /** The length of a reply that holds an array of doubles. */
  public static final int DOUBLE_ARRAY = 7;

  /** The length of a reply that holds an exact str. */
  public static final int TEXT = 8;

  /** The length of a reply that holds a table. */
  public static final int TABLE = 9;

  /** The first shape: the length of a reply that holds the value in this shape. */
  static final int SHAPES = 16;

  private Want() {}
}
