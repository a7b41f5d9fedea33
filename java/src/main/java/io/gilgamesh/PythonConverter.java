package io.gilgamesh;

import io.gilgamesh.internal.Parameters;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets values of a class of yours cross, as values of a class that crosses already: text, numbers,
 * records, lists, or {@link PythonObject} for whatever Python has. Register it with {@link
 * Python#converters} or {@link PythonContext#converters}, or offer it as a service of this name.
 *
 * <p>Which one is used for a class: the context's, before the Python's, before a service, before
 * what Gilgamesh does by itself. To Python, a converter serves subclasses too, where none is
 * registered for a class nearer to the value's; from Python, it serves the class that is asked for.
 * None and null are never passed to it. It is called by any thread, many at once.
 *
 * @param <T> the class of yours
 * @param <V> the class that crosses
 */
public interface PythonConverter<T, V> {

  /**
   * The class whose values are converted.
   *
   * @return no class that Python has itself (such as String, Long, a list), nor one that these
   *     extend
   */
  Class<T> type();

  /**
   * The class that crosses in its place.
   *
   * @return a class that crosses, also by another converter
   */
  Class<V> form();

  /**
   * Gives the value that goes to Python.
   *
   * @param value never null
   * @return its form, null for None
   */
  @Nullable V toPython(T value);

  /**
   * Makes the value of what came from Python.
   *
   * @param form never null
   * @return the value
   * @throws RuntimeException if there is none for it; its message becomes that of the {@link
   *     PythonConversionException}
   */
  T toJava(V form);

  /**
   * Makes a converter of two functions.
   *
   * @param <T> the class of yours
   * @param <V> the class that crosses
   * @param type the class whose values are converted
   * @param form the class that crosses in its place
   * @param toPython gives the form of a value
   * @param toJava makes the value of its form
   * @return a converter
   */
  static <T, V> PythonConverter<T, V> of(
      Class<T> type,
      Class<V> form,
      Function<? super T, ? extends @Nullable V> toPython,
      Function<? super V, ? extends T> toJava) {
    return new FunctionConverter<>(
        Parameters.required(type, "type"),
        Parameters.required(form, "form"),
        Parameters.required(toPython, "toPython"),
        Parameters.required(toJava, "toJava"));
  }
}
