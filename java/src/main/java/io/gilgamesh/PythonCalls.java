package io.gilgamesh;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a context's functions by their names: the part of {@link PythonScope} that needs no
 * source. The verbs throw what those of the scope throw.
 */
public sealed interface PythonCalls permits PythonScope {

  /**
   * Calls a function of the context by its name.
   *
   * @param function the variable that holds what to call; builtins are none
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws NoSuchElementException if there is no such variable
   */
  default PythonObject call(String function, @Nullable Object @Nullable ... arguments) {
    try (PythonObject called = named(function)) {
      return called.applyNamed(function, arguments);
    }
  }

  /**
   * Calls a function of the context by its name and takes an int of 64 bits.
   *
   * @param function the variable that holds what to call; builtins are none
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws NoSuchElementException if there is no such variable
   */
  default long callLong(String function, @Nullable Object @Nullable ... arguments) {
    try (PythonObject called = named(function)) {
      return called.applyLong(arguments);
    }
  }

  /**
   * Calls a function of the context by its name and takes a float.
   *
   * @param function the variable that holds what to call; builtins are none
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws NoSuchElementException if there is no such variable
   */
  default double callDouble(String function, @Nullable Object @Nullable ... arguments) {
    try (PythonObject called = named(function)) {
      return called.applyDouble(arguments);
    }
  }

  /**
   * Calls a function of the context by its name and takes a bool.
   *
   * @param function the variable that holds what to call; builtins are none
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws NoSuchElementException if there is no such variable
   */
  default boolean callBoolean(String function, @Nullable Object @Nullable ... arguments) {
    try (PythonObject called = named(function)) {
      return called.applyBoolean(arguments);
    }
  }

  /**
   * Calls a function of the context by its name and takes a str.
   *
   * @param function the variable that holds what to call; builtins are none
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result
   * @throws NoSuchElementException if there is no such variable
   */
  default String callText(String function, @Nullable Object @Nullable ... arguments) {
    try (PythonObject called = named(function)) {
      return called.applyText(arguments);
    }
  }

  /**
   * Calls a function of the context by its name and takes a Java value.
   *
   * @param <T> the value's class
   * @param target the class, as for {@link PythonObject#to}
   * @param function the variable that holds what to call; builtins are none
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result, null for None
   * @throws NoSuchElementException if there is no such variable
   */
  default <T> @Nullable T callTo(
      Class<T> target, String function, @Nullable Object @Nullable ... arguments) {
    try (PythonObject called = named(function)) {
      return called.applyTo(target, arguments);
    }
  }

  /**
   * Calls a function of the context by its name and takes a Java value.
   *
   * @param <T> the value's type
   * @param target the type, as for {@link PythonObject#to(TypeRef)}
   * @param function the variable that holds what to call; builtins are none
   * @param arguments positional values, then keyword arguments as {@link PythonKwargs}
   * @return the result, null for None
   * @throws NoSuchElementException if there is no such variable
   */
  default <T> @Nullable T callTo(
      TypeRef<T> target, String function, @Nullable Object @Nullable ... arguments) {
    try (PythonObject called = named(function)) {
      return called.applyTo(target, arguments);
    }
  }

  private PythonObject named(String function) {
    return Scopes.function((PythonScope) this, function);
  }
}
