package io.gilgamesh;

import io.gilgamesh.internal.Calls;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Exchange;
import io.gilgamesh.internal.ObjectCalls;
import io.gilgamesh.internal.Operator;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.Want;
import org.jspecify.annotations.Nullable;

/** The verbs of {@link PythonObject} that compare and tell yes or no. */
abstract class CompareVerbs extends OperatorVerbs {

  CompareVerbs(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  /**
   * Tells whether {@code object < other} is true in Python.
   *
   * @param other any value or object
   * @return the truth of Python's answer
   * @throws PythonException if Python raises, also where the answer has no truth
   * @throws PythonConversionException if the other value cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public boolean lessThan(@Nullable Object other) {
    return compare(Operator.LESS, other);
  }

  /**
   * Tells whether {@code object <= other} is true in Python.
   *
   * @param other any value or object
   * @return the truth of Python's answer
   * @throws PythonException if Python raises, also where the answer has no truth
   * @throws PythonConversionException if the other value cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public boolean lessOrEqual(@Nullable Object other) {
    return compare(Operator.LESS_OR_EQUAL, other);
  }

  /**
   * Tells whether {@code object > other} is true in Python.
   *
   * @param other any value or object
   * @return the truth of Python's answer
   * @throws PythonException if Python raises, also where the answer has no truth
   * @throws PythonConversionException if the other value cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public boolean greaterThan(@Nullable Object other) {
    return compare(Operator.GREATER, other);
  }

  /**
   * Tells whether {@code object >= other} is true in Python.
   *
   * @param other any value or object
   * @return the truth of Python's answer
   * @throws PythonException if Python raises, also where the answer has no truth
   * @throws PythonConversionException if the other value cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public boolean greaterOrEqual(@Nullable Object other) {
    return compare(Operator.GREATER_OR_EQUAL, other);
  }

  /**
   * Tells whether {@code object == other} is true in Python.
   *
   * @param other any value or object
   * @return the truth of Python's answer
   * @throws PythonException if Python raises, also where the answer has no truth
   * @throws PythonConversionException if the other value cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public boolean pyEquals(@Nullable Object other) {
    return compare(Operator.EQUAL, other);
  }

  /**
   * Tells whether {@code object != other} is true in Python.
   *
   * @param other any value or object
   * @return the truth of Python's answer
   * @throws PythonException if Python raises, also where the answer has no truth
   * @throws PythonConversionException if the other value cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public boolean pyNotEquals(@Nullable Object other) {
    return compare(Operator.NOT_EQUAL, other);
  }

  /**
   * Tells whether {@code element in object} is true in Python.
   *
   * @param element any value or object
   * @return Python's answer
   * @throws PythonException if Python raises
   * @throws PythonConversionException if the element cannot cross
   * @throws IllegalStateException if a handle or the context is closed
   */
  public boolean contains(@Nullable Object element) {
    return compare(Operator.CONTAINS, element);
  }

  /**
   * Tells whether both are handles on one Python object: Python's {@code is}.
   *
   * @param other another handle
   * @return whether they name the same object
   * @throws IllegalStateException if a handle or the context is closed
   */
  public boolean isSame(PythonObject other) {
    long otherRef = Parameters.required(other, "other").ref();
    if (!belongsTo(other)) {
      return false;
    }
    try (Exchange exchange = lease()) {
      exchange.hold(other);
      return Calls.truth(exchange, ObjectCalls.same(exchange, ref(), otherRef));
    }
  }

  /**
   * Tells whether this is an instance of a class: Python's {@code isinstance}.
   *
   * @param type a class, or a {@link PythonTuple} of classes
   * @return Python's answer
   * @throws PythonException if Python raises, as for something that is no class
   * @throws IllegalStateException if a handle or the context is closed
   */
  public boolean isInstance(Object type) {
    try (Exchange exchange = lease()) {
      return Calls.truth(exchange, ObjectCalls.isInstance(exchange, ref(), type));
    }
  }

  private boolean compare(int operator, @Nullable Object other) {
    try (Exchange exchange = lease()) {
      return Calls.truth(
          exchange, ObjectCalls.binary(exchange, ref(), Want.BOOLEAN, operator, other));
    }
  }
}
