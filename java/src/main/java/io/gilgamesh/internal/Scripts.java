package io.gilgamesh.internal;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verbs that run Python code in a context, one native call each once the code is compiled. */
public final class Scripts {

  private Scripts() {}

  // ---- statements

  /**
   * Runs statements.
   *
   * @param context where
   * @param code the statements
   * @param sourceName the source's name in tracebacks
   */
  public static void exec(ContextState context, String code, String sourceName) {
    Parameters.required(code, "code");
    Parameters.required(sourceName, "sourceName");
    try (Exchange exchange = Exchange.lease(context)) {
      long ref = CodeCache.hold(exchange, CodeCache.EXEC, sourceName, code, List.of());
      Calls.number(exchange, CodeNatives.run(context.id(), ref, Want.NOTHING, exchange.address()));
    }
  }

  /**
   * Runs compiled code.
   *
   * @param context where
   * @param code a Python code object
   */
  public static void exec(ContextState context, PythonObject code) {
    try (Exchange exchange = Exchange.lease(context, code)) {
      long ref = ApiBridge.get().ref(code);
      Calls.number(exchange, CodeNatives.run(context.id(), ref, Want.NOTHING, exchange.address()));
    }
  }

  // ---- expressions

  /**
   * Evaluates an expression to an object.
   *
   * @param context where
   * @param expression the expression
   * @param variables what it sees besides the context's variables
   * @return the object
   */
  public static PythonObject eval(
      ContextState context, String expression, Map<String, ?> variables) {
    try (Exchange exchange = Exchange.lease(context)) {
      long result = run(exchange, context, expression, variables, Want.OBJECT);
      return Calls.object(exchange, result, Origin.EVAL, expression);
    }
  }

  /**
   * Evaluates an expression to an exact int.
   *
   * @param context where
   * @param expression the expression
   * @param variables what it sees besides the context's variables
   * @return the number
   */
  public static long evalLong(ContextState context, String expression, Map<String, ?> variables) {
    try (Exchange exchange = Exchange.lease(context)) {
      return Calls.number(exchange, run(exchange, context, expression, variables, Want.LONG));
    }
  }

  /**
   * Evaluates an expression to a float.
   *
   * @param context where
   * @param expression the expression
   * @param variables what it sees besides the context's variables
   * @return the number
   */
  public static double evalDouble(
      ContextState context, String expression, Map<String, ?> variables) {
    try (Exchange exchange = Exchange.lease(context)) {
      return Calls.real(exchange, run(exchange, context, expression, variables, Want.DOUBLE));
    }
  }

  /**
   * Evaluates an expression to an exact bool.
   *
   * @param context where
   * @param expression the expression
   * @param variables what it sees besides the context's variables
   * @return the bool
   */
  public static boolean evalBoolean(
      ContextState context, String expression, Map<String, ?> variables) {
    try (Exchange exchange = Exchange.lease(context)) {
      return Calls.truth(exchange, run(exchange, context, expression, variables, Want.BOOLEAN));
    }
  }

  /**
   * Evaluates an expression to a str.
   *
   * @param context where
   * @param expression the expression
   * @param variables what it sees besides the context's variables
   * @return the text
   */
  public static String evalText(ContextState context, String expression, Map<String, ?> variables) {
    try (Exchange exchange = Exchange.lease(context)) {
      return Calls.text(exchange, run(exchange, context, expression, variables, Want.TEXT));
    }
  }

  /**
   * Evaluates an expression to a value in the form of a type.
   *
   * @param <T> the type
   * @param context where
   * @param form the form
   * @param expression the expression
   * @param variables what it sees besides the context's variables
   * @return the value
   */
  public static <T> @Nullable T evalTo(
      ContextState context, TypeForm<T> form, String expression, Map<String, ?> variables) {
    try (Exchange exchange = Exchange.lease(context)) {
      long result = run(exchange, context, expression, variables, form.want());
      return Calls.to(exchange, result, form, Origin.EVAL, expression);
    }
  }

  private static long run(
      Exchange exchange,
      ContextState context,
      String expression,
      Map<String, ?> variables,
      int want) {
    Parameters.required(expression, "expression");
    if (Parameters.required(variables, "variables").isEmpty()) {
      long code = CodeCache.hold(exchange, CodeCache.EVAL, expression);
      return CodeNatives.run(context.id(), code, want, exchange.address());
    }
    List<String> names = new ArrayList<>(variables.size());
    List<@Nullable Object> values = new ArrayList<>(variables.size());
    variables.forEach(
        (name, value) -> {
          names.add(Parameters.identifier(name));
          values.add(value);
        });
    long code = CodeCache.hold(exchange, CodeCache.EVAL, CodeCache.DEFAULT_NAME, expression, names);
    exchange.arguments(values.toArray());
    return CodeNatives.runWith(context.id(), code, want, exchange.address());
  }

  // ---- variables, modules, values

  /**
   * Gives the dict of a context's variables.
   *
   * @param context the context
   * @return the dict, a managed handle
   */
  public static PythonObject globals(ContextState context) {
    try (Exchange exchange = Exchange.lease(context)) {
      long ref = ContextNatives.globals(context.id(), exchange.address());
      return Calls.object(exchange, ref, Origin.GLOBALS, null);
    }
  }

  /**
   * Sets a variable.
   *
   * @param context the context
   * @param globals its variables
   * @param name the variable
   * @param value any value or object
   */
  public static void set(
      ContextState context, PythonObject globals, String name, @Nullable Object value) {
    Parameters.identifier(name);
    try (Exchange exchange = Exchange.lease(context, globals)) {
      exchange.text(name).value(value);
      long ref = ApiBridge.get().ref(globals);
      Calls.number(exchange, ObjectNatives.setItem(context.id(), ref, exchange.address()));
    }
  }

  /**
   * Deletes a variable that is there.
   *
   * @param context the context
   * @param globals its variables
   * @param name the variable
   */
  public static void delete(ContextState context, PythonObject globals, String name) {
    try (Exchange exchange = Exchange.lease(context, globals)) {
      exchange.text(name);
      long ref = ApiBridge.get().ref(globals);
      Calls.number(exchange, ObjectNatives.deleteItem(context.id(), ref, exchange.address()));
    }
  }

  /**
   * Gets a variable.
   *
   * @param context the context
   * @param globals its variables
   * @param name the variable
   * @return its object, null where there is no such variable
   */
  public static @Nullable PythonObject find(
      ContextState context, PythonObject globals, String name) {
    Parameters.required(name, "name");
    try (Exchange exchange = Exchange.lease(context, globals)) {
      exchange.text(name);
      long ref = ApiBridge.get().ref(globals);
      long result = ObjectNatives.item(context.id(), ref, Want.OBJECT, exchange.address());
      return Calls.object(exchange, result, Origin.VARIABLE, name);
    } catch (PythonException e) {
      if (e.type().equals("KeyError")) {
        return null;
      }
      throw e;
    }
  }

  /**
   * Imports a module.
   *
   * @param context where
   * @param name the module's dotted name
   * @return the module
   */
  public static PythonObject importModule(ContextState context, String name) {
    Parameters.required(name, "name");
    try (Exchange exchange = Exchange.lease(context)) {
      exchange.text(name);
      long result = CodeNatives.importModule(context.id(), Want.OBJECT, exchange.address());
      return Calls.object(exchange, result, Origin.IMPORT, name);
    }
  }

  /**
   * Makes the Python object of a value.
   *
   * @param context where
   * @param value any value or object
   * @return the object
   */
  public static PythonObject toPython(ContextState context, @Nullable Object value) {
    try (Exchange exchange = Exchange.lease(context)) {
      exchange.value(value);
      long result = ObjectNatives.make(context.id(), Want.OBJECT, exchange.address());
      return Calls.object(exchange, result, Origin.MADE, null);
    }
  }
}
