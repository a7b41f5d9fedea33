package io.gilgamesh.internal;

/** The questions of {@code ObjectNatives.inspect}. */
public final class Inspect {

  /** The object itself, in the form that is wanted. */
  public static final int ITSELF = 0;

  /** Python's {@code str}. */
  public static final int STR = 1;

  /** Python's {@code repr}. */
  public static final int REPR = 2;

  /** Python's {@code len}. */
  public static final int LENGTH = 3;

  /** Python's {@code bool}. */
  public static final int TRUTH = 4;

  /** Python's {@code hash}. */
  public static final int HASH = 5;

  /** The object's class. */
  public static final int TYPE = 6;

  /** The name of the object's class, without its module. */
  public static final int TYPE_NAME = 7;

  /** Python's {@code dir}. */
  public static final int DIR = 8;

  /** Python's {@code iter}. */
  public static final int ITERATOR = 9;

  /** Python's {@code callable}. */
  public static final int CALLABLE = 10;

  /** The formatted traceback of an exception object. */
  public static final int TRACEBACK = 11;

  /** A list of what the object iterates; a list itself. */
  public static final int LIST = 12;

  /** A set of what the object iterates; a set or frozenset itself. */
  public static final int SET = 13;

  /** As what the object can be seen: the bits of {@link ViewForm}. */
  public static final int VIEW = 14;

  /** Fails with the exception that the object is, as if code had raised it. */
  public static final int RAISED = 15;

  private Inspect() {}
}
