package io.gilgamesh;

import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.ObjectCalls;
import io.gilgamesh.internal.Operator;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.Want;
import org.jspecify.annotations.Nullable;

/** The operators of {@link PythonObject} that give objects. */
abstract class OperatorVerbs extends ItemVerbs {

  OperatorVerbs(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  /**
   * Computes {@code object + operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject add(@Nullable Object operand) {
    return binary(Operator.ADD, operand);
  }

  /**
   * Computes {@code object - operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject subtract(@Nullable Object operand) {
    return binary(Operator.SUBTRACT, operand);
  }

  /**
   * Computes {@code object * operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject multiply(@Nullable Object operand) {
    return binary(Operator.MULTIPLY, operand);
  }

  /**
   * Computes {@code object / operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject divide(@Nullable Object operand) {
    return binary(Operator.TRUE_DIVIDE, operand);
  }

  /**
   * Computes {@code object // operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject floorDivide(@Nullable Object operand) {
    return binary(Operator.FLOOR_DIVIDE, operand);
  }

  /**
   * Computes {@code object % operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject remainder(@Nullable Object operand) {
    return binary(Operator.REMAINDER, operand);
  }

  /**
   * Computes {@code object ** operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject power(@Nullable Object operand) {
    return binary(Operator.POWER, operand);
  }

  /**
   * Computes {@code object} {@literal @} {@code operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject matrixMultiply(@Nullable Object operand) {
    return binary(Operator.MATRIX_MULTIPLY, operand);
  }

  /**
   * Computes {@code object} {@literal &} {@code operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject and(@Nullable Object operand) {
    return binary(Operator.AND, operand);
  }

  /**
   * Computes {@code object | operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject or(@Nullable Object operand) {
    return binary(Operator.OR, operand);
  }

  /**
   * Computes {@code object ^ operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject xor(@Nullable Object operand) {
    return binary(Operator.XOR, operand);
  }

  /**
   * Computes {@code object << operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject shiftLeft(@Nullable Object operand) {
    return binary(Operator.SHIFT_LEFT, operand);
  }

  /**
   * Computes {@code object >> operand}.
   *
   * @param operand any value or object
   * @return the result
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the operand cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public PythonObject shiftRight(@Nullable Object operand) {
    return binary(Operator.SHIFT_RIGHT, operand);
  }

  /**
   * Computes {@code -object}.
   *
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public PythonObject negate() {
    return unary(Operator.NEGATE);
  }

  /**
   * Computes {@code +object}.
   *
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public PythonObject positive() {
    return unary(Operator.POSITIVE);
  }

  /**
   * Computes {@code ~object}.
   *
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public PythonObject invert() {
    return unary(Operator.INVERT);
  }

  /**
   * Computes {@code abs(object)}.
   *
   * @return the result
   * @throws PythonException if Python raises
   * @throws IllegalStateException if this handle or the context is closed
   */
  public PythonObject absolute() {
    return unary(Operator.ABSOLUTE);
  }

  private PythonObject binary(int operator, @Nullable Object operand) {
    try (Exchange exchange = lease()) {
      long result = ObjectCalls.binary(exchange, ref(), Want.OBJECT, operator, operand);
      return Calls.object(exchange, result, Origin.OPERATOR, null);
    }
  }

  private PythonObject unary(int operator) {
    try (Exchange exchange = lease()) {
      return Calls.object(
          exchange, ObjectCalls.unary(exchange, ref(), operator), Origin.OPERATOR, null);
    }
  }
}
