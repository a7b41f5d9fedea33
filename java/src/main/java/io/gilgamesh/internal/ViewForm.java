package io.gilgamesh.internal;

/** As what an object can be seen and how it can be changed: bits of {@link Inspect#VIEW}. */
public final class ViewForm {

  /** It is a sequence. */
  public static final int SEQUENCE = 1;

  /** It is a mapping. */
  public static final int MAPPING = 2;

  /** It is a set. */
  public static final int SET = 4;

  /** It can be iterated. */
  public static final int ITERABLE = 8;

  /** Items can be set. */
  public static final int SETS = 16;

  /** Elements can be inserted into a sequence, added to a set. */
  public static final int INSERTS = 32;

  /** Items and elements can be deleted. */
  public static final int DELETES = 64;

  /** It takes many elements at once. */
  public static final int EXTENDS = 128;

  /** It has {@code clear()}. */
  public static final int CLEARS = 256;

  /** Its slices can be deleted, and set to any elements. */
  public static final int SLICES = 512;

  /** It has {@code append()}. */
  public static final int APPENDS = 1024;

  private ViewForm() {}
}
