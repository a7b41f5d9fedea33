package io.gilgamesh;

import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.StackTraces;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keyword arguments of a call. They stand after the positional ones:
 *
 * <pre>{@code frame.call("fillna", 0, kwargs("axis", 1, "inplace", true))}</pre>
 */
public final class PythonKwargs {

  private final Map<String, @Nullable Object> arguments;

  private PythonKwargs(Map<String, @Nullable Object> arguments) {
    this.arguments = Collections.unmodifiableMap(arguments);
  }

  /**
   * Makes keyword arguments of names and values in turn.
   *
   * @param namesAndValues name, value, name, value; no name twice
   * @return the keyword arguments, in this order
   * @throws IllegalArgumentException if a name is no String, stands twice or lacks its value
   */
  public static PythonKwargs kwargs(@Nullable Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("keyword arguments come in pairs of name and value");
    }
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      add(arguments, namesAndValues[i], namesAndValues[i + 1]);
    }
    return new PythonKwargs(arguments);
  }

  private static void add(
      Map<String, @Nullable Object> arguments, @Nullable Object name, @Nullable Object value) {
    if (!(name instanceof String key)) {
      throw refusal("the name of a keyword argument is a String, not " + name);
    }
    if (arguments.containsKey(key)) {
      throw refusal("keyword argument '" + key + "' is given twice");
    }
    arguments.put(key, value);
  }

  private static IllegalArgumentException refusal(String message) {
    return StackTraces.trimmed(new IllegalArgumentException(message));
  }

  /**
   * Makes keyword arguments of a map.
   *
   * @param arguments values by name, copied
   * @return the keyword arguments, in the map's order
   */
  public static PythonKwargs of(Map<String, ? extends @Nullable Object> arguments) {
    return new PythonKwargs(new LinkedHashMap<>(Parameters.required(arguments, "arguments")));
  }

  /**
   * Gives the values by name.
   *
   * @return an unmodifiable map, in order
   */
  public Map<String, @Nullable Object> asMap() {
    return arguments;
  }

  @Override
  public String toString() {
    return "kwargs" + arguments;
  }
}
