package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Scripts;
import io.gilgamesh.internal.TypeForm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verbs of {@link PythonScope} that evaluate an expression. */
sealed interface ExpressionVerbs permits PythonScope {

  /**
   * Evaluates an expression.
   *
   * @param expression one expression
   * @return its object
   */
  default PythonObject eval(String expression) {
    return eval(expression, Map.of());
  }

  /**
   * Evaluates an expression that sees more variables.
   *
   * @param expression one expression
   * @param variables seen by this expression alone
   * @return its object
   */
  default PythonObject eval(String expression, Map<String, ?> variables) {
    return Scripts.eval(state(), expression, variables);
  }

  /**
   * Evaluates an expression to an int, and crosses once.
   *
   * @param expression an expression whose value is an int of 64 bits; bool is none
   * @return the number
   */
  default long evalLong(String expression) {
    return evalLong(expression, Map.of());
  }

  /**
   * Evaluates an expression that sees more variables to an int, and crosses once.
   *
   * @param expression an expression whose value is an int of 64 bits; bool is none
   * @param variables seen by this expression alone
   * @return the number
   */
  default long evalLong(String expression, Map<String, ?> variables) {
    return Scripts.evalLong(state(), expression, variables);
  }

  /**
   * Evaluates an expression to a float, and crosses once.
   *
   * @param expression an expression whose value is a float, or an int that a double holds exactly
   * @return the number
   */
  default double evalDouble(String expression) {
    return evalDouble(expression, Map.of());
  }

  /**
   * Evaluates an expression that sees more variables to a float, and crosses once.
   *
   * @param expression an expression whose value is a float, or an int that a double holds exactly
   * @param variables seen by this expression alone
   * @return the number
   */
  default double evalDouble(String expression, Map<String, ?> variables) {
    return Scripts.evalDouble(state(), expression, variables);
  }

  /**
   * Evaluates an expression to a bool, and crosses once.
   *
   * @param expression an expression whose value is a bool, not merely true or false
   * @return the bool
   */
  default boolean evalBoolean(String expression) {
    return evalBoolean(expression, Map.of());
  }

  /**
   * Evaluates an expression that sees more variables to a bool, and crosses once.
   *
   * @param expression an expression whose value is a bool, not merely true or false
   * @param variables seen by this expression alone
   * @return the bool
   */
  default boolean evalBoolean(String expression, Map<String, ?> variables) {
    return Scripts.evalBoolean(state(), expression, variables);
  }

  /**
   * Evaluates an expression to a str, and crosses once.
   *
   * @param expression an expression whose value is a str
   * @return the text
   */
  default String evalText(String expression) {
    return evalText(expression, Map.of());
  }

  /**
   * Evaluates an expression that sees more variables to a str, and crosses once.
   *
   * @param expression an expression whose value is a str
   * @param variables seen by this expression alone
   * @return the text
   */
  default String evalText(String expression, Map<String, ?> variables) {
    return Scripts.evalText(state(), expression, variables);
  }

  /**
   * Evaluates an expression to a Java value, and crosses once.
   *
   * @param <T> the value's class
   * @param target the class, as for {@link PythonObject#to}
   * @param expression one expression
   * @return the value, null for None
   */
  default <T> @Nullable T evalTo(Class<T> target, String expression) {
    return evalTo(target, expression, Map.of());
  }

  /**
   * Evaluates an expression that sees more variables to a Java value, and crosses once.
   *
   * @param <T> the value's class
   * @param target the class, as for {@link PythonObject#to}
   * @param expression one expression
   * @param variables seen by this expression alone
   * @return the value, null for None
   */
  default <T> @Nullable T evalTo(Class<T> target, String expression, Map<String, ?> variables) {
    return Scripts.evalTo(state(), TypeForm.of(state(), target), expression, variables);
  }

  /**
   * Evaluates an expression to a Java value, and crosses once.
   *
   * @param <T> the value's type
   * @param target the type, as for {@link PythonObject#to(TypeRef)}
   * @param expression one expression
   * @return the value, null for None
   */
  default <T> @Nullable T evalTo(TypeRef<T> target, String expression) {
    return evalTo(target, expression, Map.of());
  }

  /**
   * Evaluates an expression that sees more variables to a Java value, and crosses once.
   *
   * @param <T> the value's type
   * @param target the type, as for {@link PythonObject#to(TypeRef)}
   * @param expression one expression
   * @param variables seen by this expression alone
   * @return the value, null for None
   */
  default <T> @Nullable T evalTo(TypeRef<T> target, String expression, Map<String, ?> variables) {
    return Scripts.evalTo(state(), TypeForm.of(state(), target), expression, variables);
  }

  private ContextState state() {
    return Scopes.state((PythonScope) this);
  }
}
