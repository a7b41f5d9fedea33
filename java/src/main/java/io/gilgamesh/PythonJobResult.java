package io.gilgamesh;

import io.gilgamesh.internal.JobVariable;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.Targets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a {@link PythonJob} gave. Immutable, and free of Python but for the {@link
 * PythonObject}s in it, which are the caller's to close.
 */
public final class PythonJobResult {

  private final String job;
  private final Map<String, @Nullable Object> values;
  private final List<JobVariable> outputs;

  PythonJobResult(String job, Map<String, @Nullable Object> values, List<JobVariable> outputs) {
    this.job = job;
    this.values = Collections.unmodifiableMap(values);
    this.outputs = outputs;
  }

  /**
   * Gives a variable.
   *
   * @param name the variable
   * @return its value, null for None
   * @throws NoSuchElementException if the result does not have it; the message lists what it has
   */
  public @Nullable Object get(String name) {
    Object value = values.get(Parameters.required(name, "name"));
    if (value == null && !values.containsKey(name)) {
      throw StackTraces.trimmed(
          new NoSuchElementException(
              "the result of job '" + job + "' has no '" + name + "', only " + values.keySet()));
    }
    return value;
  }

  /**
   * Gives a variable in the class that it has. Nothing is converted here: an output becomes the
   * type that it was declared with.
   *
   * @param <T> the class
   * @param name the variable
   * @param type the class; a primitive one for values that are not null
   * @return its value, null for None
   * @throws NoSuchElementException if the result does not have it
   * @throws ClassCastException if it is of another class; the message names both
   */
  @SuppressWarnings("unchecked")
  public <T> @Nullable T get(String name, Class<T> type) {
    Object value = get(name);
    boolean fits = value == null ? !type.isPrimitive() : Targets.boxed(type).isInstance(value);
    if (!fits) {
      String actual = value == null ? "null" : "a " + value.getClass().getName();
      throw otherType(name, actual, type.getTypeName());
    }
    return (T) value;
  }

  /**
   * Gives an output in the type that it was declared with.
   *
   * @param <T> the type
   * @param name the output
   * @param type the same type as in its declaration
   * @return its value, null for None
   * @throws NoSuchElementException if the result does not have it
   * @throws ClassCastException if it was declared with another type, or not at all
   */
  @SuppressWarnings("unchecked")
  public <T> @Nullable T get(String name, TypeRef<T> type) {
    Object value = get(name);
    ResolvedType wanted = ResolvedType.of(type.type());
    ResolvedType declared = JobVariable.typeOf(outputs, name);
    if (!wanted.equals(declared)) {
      String actual = declared == null ? "no declared output" : "declared as " + declared;
      throw otherType(name, actual, wanted.toString());
    }
    return (T) value;
  }

  private ClassCastException otherType(String name, String actual, String wanted) {
    return StackTraces.trimmed(
        new ClassCastException(
            "'" + name + "' of job '" + job + "' is " + actual + ", not a " + wanted));
  }

  /**
   * Gives all variables, in the order of the result.
   *
   * @return a map that cannot be changed
   */
  public Map<String, @Nullable Object> asMap() {
    return values;
  }

  /** Shows all variables. */
  @Override
  public String toString() {
    return "PythonJobResult" + values;
  }
}
