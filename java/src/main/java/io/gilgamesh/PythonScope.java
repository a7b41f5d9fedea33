package io.gilgamesh;

import io.gilgamesh.internal.CodeCache;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.Scripts;
import io.gilgamesh.internal.TypeForm;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs Python: a {@link PythonContext}, which attaches the thread for each verb, or a {@link
 * PythonTransaction}, whose thread stays attached.
 *
 * <p>Every verb throws {@link PythonException} when Python raises, {@link
 * PythonConversionException} when a value cannot cross exactly, and {@link IllegalStateException}
 * when the scope is closed, the transaction is another thread's or the JVM is exiting. Source
 * compiled once is kept, so running the same text again does not compile it again.
 *
 * <p>Variables given with an expression are seen by that expression alone, its lambdas and
 * comprehensions included, and do not stay; variables given with statements are set in the context
 * first, and stay.
 */
public sealed interface PythonScope extends PythonCalls permits PythonContext, PythonTransaction {

  // ---- statements

  /**
   * Runs statements in the context's variables.
   *
   * @param code the statements, as they would stand in a file
   */
  default void exec(String code) {
    Scripts.exec(Scopes.state(this), code, CodeCache.DEFAULT_NAME);
  }

  /**
   * Runs statements under a name.
   *
   * @param code the statements, as they would stand in a file
   * @param sourceName what tracebacks call the source: a file's path, or a name such as {@code
   *     <rules>}
   */
  default void exec(String code, String sourceName) {
    Scripts.exec(Scopes.state(this), code, sourceName);
  }

  /**
   * Sets variables in the context, where they stay, then runs statements.
   *
   * @param code the statements, as they would stand in a file
   * @param variables the variables, set in the order of the map
   */
  default void exec(String code, Map<String, ?> variables) {
    Scopes.state(this);
    Parameters.required(code, "code");
    for (Map.Entry<String, ?> variable : Parameters.required(variables, "variables").entrySet()) {
      set(variable.getKey(), variable.getValue());
    }
    exec(code);
  }

  /**
   * Runs a file, read as Python reads one: UTF-8, unless a byte order mark or an encoding comment
   * says otherwise. {@code __file__} is its path meanwhile. {@code sys.path} and {@code sys.argv}
   * stay as they are.
   *
   * @param file the file
   * @throws UncheckedIOException if it cannot be read
   */
  default void run(Path file) {
    SourceFile.run(this, Parameters.required(file, "file"));
  }

  // ---- expressions

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
    return Scripts.eval(Scopes.state(this), expression, variables);
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
    return Scripts.evalLong(Scopes.state(this), expression, variables);
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
    return Scripts.evalDouble(Scopes.state(this), expression, variables);
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
    return Scripts.evalBoolean(Scopes.state(this), expression, variables);
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
    return Scripts.evalText(Scopes.state(this), expression, variables);
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
    ContextState state = Scopes.state(this);
    return Scripts.evalTo(state, TypeForm.of(state, target), expression, variables);
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
    ContextState state = Scopes.state(this);
    return Scripts.evalTo(state, TypeForm.of(state, target), expression, variables);
  }

  // ---- variables, modules, values

  /**
   * Sets a variable of the context.
   *
   * @param name the variable, a Python identifier
   * @param value any value, which is copied; or any other object, such as a lambda or a service,
   *     which crosses as itself: scripts call it and its public members. {@link JavaObject#of}
   *     hands a value over as itself, such as a List to be changed
   * @throws IllegalArgumentException if the name is no identifier
   * @throws PythonConversionException if the value cannot cross exactly
   */
  default void set(String name, @Nullable Object value) {
    ContextState state = Scopes.state(this);
    Scripts.set(state, Scopes.context(this).globals(), name, value);
  }

  /**
   * Gets a variable of the context. Builtins are none.
   *
   * @param name the variable
   * @return its object
   * @throws NoSuchElementException if there is no such variable
   */
  default PythonObject get(String name) {
    Optional<PythonObject> found = find(name);
    if (found.isEmpty()) {
      throw Scopes.missing(this, name);
    }
    return found.get();
  }

  /**
   * Looks for a variable of the context. Builtins are none.
   *
   * @param name the variable
   * @return its object, empty where there is no such variable
   */
  default Optional<PythonObject> find(String name) {
    ContextState state = Scopes.state(this);
    return Optional.ofNullable(Scripts.find(state, Scopes.context(this).globals(), name));
  }

  /**
   * Gets a function by its address: {@code module:name}, such as {@code json:dumps}, whose module
   * is imported; the name may have dots. Without a colon it is a variable of the context.
   *
   * @param address the function's address
   * @return the function
   * @throws NoSuchElementException if there is no such variable
   * @throws PythonException if the module cannot be imported, or has no such attribute
   * @throws IllegalArgumentException if the address is none
   * @throws PythonConversionException if what it names cannot be called
   */
  default PythonObject function(String address) {
    return Scopes.addressed(this, address);
  }

  /**
   * Imports a module. The context's variables stay as they are.
   *
   * @param name its dotted name
   * @return the module itself, also where the name has dots
   */
  default PythonObject importModule(String name) {
    return Scripts.importModule(Scopes.state(this), name);
  }

  /**
   * Binds a module to an interface that names it: {@code @PythonModule("statistics")}.
   *
   * @param <T> the interface
   * @param type the interface, see {@link #importAs(String, Class)}
   * @return the module as that interface
   * @throws IllegalArgumentException if the interface names no module, or as {@link
   *     #importAs(String, Class)}
   */
  default <T> T importAs(Class<T> type) {
    return Scopes.importAs(this, Scopes.moduleOf(type), type);
  }

  /**
   * Imports a module and makes it a Java object of an interface, each method a function of the
   * module, as {@link PythonObject#asChecked} does.
   *
   * @param <T> the interface
   * @param module the module's dotted name
   * @param type the interface
   * @return the module as that interface
   * @throws IllegalArgumentException if the module does not fit the interface: the message has each
   *     method that does not
   */
  default <T> T importAs(String module, Class<T> type) {
    return Scopes.importAs(this, module, type);
  }

  /**
   * Makes the Python object of a Java value, for code that shall see one object and not a copy per
   * use.
   *
   * @param value any value, such as a List, which becomes a list, or any object, as for {@link
   *     #set}
   * @return the object
   */
  default PythonObject toPython(@Nullable Object value) {
    return Scripts.toPython(Scopes.state(this), value);
  }
}
