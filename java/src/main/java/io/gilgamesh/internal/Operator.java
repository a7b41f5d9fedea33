package io.gilgamesh.internal;

/** The operators of {@code ObjectNatives.operate}: binary up to 31, unary from 32 on. */
public final class Operator {

  public static final int ADD = 0;
  public static final int SUBTRACT = 1;
  public static final int MULTIPLY = 2;
  public static final int TRUE_DIVIDE = 3;
  public static final int FLOOR_DIVIDE = 4;
  public static final int REMAINDER = 5;
  public static final int POWER = 6;
  public static final int MATRIX_MULTIPLY = 7;
  public static final int AND = 8;
  public static final int OR = 9;
  public static final int XOR = 10;
  public static final int SHIFT_LEFT = 11;
  public static final int SHIFT_RIGHT = 12;
  public static final int LESS = 16;
  public static final int LESS_OR_EQUAL = 17;
  public static final int EQUAL = 18;
  public static final int NOT_EQUAL = 19;
  public static final int GREATER = 20;
  public static final int GREATER_OR_EQUAL = 21;
  public static final int CONTAINS = 24;
  public static final int NEGATE = 32;
  public static final int POSITIVE = 33;
  public static final int INVERT = 34;
  public static final int ABSOLUTE = 35;

  private Operator() {}
}
