package io.gilgamesh.internal;

import io.gilgamesh.PythonTuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An input or output of a job.
 *
 * @param name the variable in Python
 * @param type what it is in Java
 */
public record JobVariable(String name, ResolvedType type) {

  private static final Set<Class<?>> NUMBERS =
      Set.of(
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          BigInteger.class,
          Float.class,
          Double.class);

  // ---- inputs

  /**
   * Gives the values of the inputs in their order, or tells all that is wrong with them at once.
   *
   * @param job the job's name
   * @param inputs the inputs
   * @param given what the caller gave
   * @return the values
   * @throws IllegalArgumentException if they are not those that the job needs
   */
  public static @Nullable Object[] arguments(
      String job, List<JobVariable> inputs, Map<String, ?> given) {
    Parameters.required(given, "values");
    @Nullable Object[] values = new Object[inputs.size()];
    List<String> wrong = new ArrayList<>();
    int found = 0;
    for (int i = 0; i < values.length; i++) {
      JobVariable input = inputs.get(i);
      Object value = given.get(input.name);
      if (value == null && !given.containsKey(input.name)) {
        wrong.add("the input '" + input.name + "' is missing");
      } else {
        found++;
        values[i] = input.fit(value, wrong);
      }
    }
    if (found < given.size()) {
      addUnknown(inputs, given, wrong);
    }
    if (!wrong.isEmpty()) {
      throw StackTraces.trimmed(
          new IllegalArgumentException(
              "job '" + job + "' cannot run: " + String.join("; ", wrong)));
    }
    return values;
  }

  private static void addUnknown(
      List<JobVariable> inputs, Map<String, ?> given, List<String> wrong) {
    List<String> known = inputs.stream().map(JobVariable::name).toList();
    given.keySet().stream()
        .filter(name -> !known.contains(name))
        .map(name -> "there is no input '" + name + "', only " + known)
        .forEach(wrong::add);
  }

  /** Gives a value in the class of this input, exactly, or tells why it has none. */
  private @Nullable Object fit(@Nullable Object value, List<String> wrong) {
    Class<?> boxed = Targets.boxed(type.raw());
    if (value == null ? !type.raw().isPrimitive() : boxed.isInstance(value)) {
      return value;
    }
    Object number = value == null ? null : number(value, boxed);
    if (number == null) {
      String actual = value == null ? "null" : shown(value);
      wrong.add("the input '" + name + "' is " + actual + ", not a " + type);
    }
    return number;
  }

  private static @Nullable Object number(Object value, Class<?> boxed) {
    if (!NUMBERS.contains(value.getClass())) {
      return null;
    }
    Number number = value instanceof Float real ? (Number) real.doubleValue() : (Number) value;
    return NumberTargets.of(number, boxed);
  }

  private static String shown(Object value) {
    boolean isNumber = NUMBERS.contains(value.getClass());
    return (isNumber ? value + ", " : "") + "a " + value.getClass().getTypeName();
  }

  // ---- texts and names

  /**
   * Gives the names.
   *
   * @param variables inputs or outputs
   * @return a tuple for Python
   */
  public static PythonTuple names(List<JobVariable> variables) {
    return PythonTuple.of(variables.stream().map(JobVariable::name).toArray());
  }

  /**
   * Gives the type of a variable.
   *
   * @param variables inputs or outputs
   * @param name the variable
   * @return its type, null where there is none of that name
   */
  public static @Nullable ResolvedType typeOf(List<JobVariable> variables, String name) {
    for (JobVariable variable : variables) {
      if (variable.name.equals(name)) {
        return variable.type;
      }
    }
    return null;
  }

  /**
   * Describes variables with their types.
   *
   * @param variables inputs or outputs
   * @return such as {@code a: long, b: java.lang.String}
   */
  public static String describe(List<JobVariable> variables) {
    return variables.stream()
        .map(variable -> variable.name + ": " + variable.type)
        .collect(Collectors.joining(", "));
  }

  /** The step that leads to it in what a run takes or gives. */
  String step() {
    return "['" + name + "']";
  }
}
