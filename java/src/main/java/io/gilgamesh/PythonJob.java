package io.gilgamesh;

import io.gilgamesh.internal.JobVariable;
import io.gilgamesh.internal.Jobs;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.StackTraces;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Python code that is compiled once and run many times, with declared inputs and outputs.
 *
 * <p>Each run has variables of its own: a copy of those that setup left, and the inputs. They are
 * global to the code of the run, so its functions and comprehensions see them, and nothing of them
 * is left when it ends. So threads may run one job at the same time. What setup made is shared by
 * all runs: the variables are copied, not the objects.
 *
 * <p>Setup runs once, before the first run. Threads that come meanwhile wait for it. If it raises,
 * the run throws what it raised, and the next run tries it again.
 *
 * <p>A run crosses to Python once. Inside of a transaction, objects among its results belong to the
 * transaction, as those of every verb.
 *
 * <p>Closing the job releases its code and the variables of its setup; closing its context ends it
 * too.
 */
public final class PythonJob implements AutoCloseable {

  private final PythonContext context;
  private final String name;
  private final List<JobVariable> inputs;
  private final List<JobVariable> outputs;
  private final PythonObject job;

  private PythonJob(Builder builder) {
    context = builder.context;
    name = builder.name;
    inputs = List.copyOf(builder.inputs);
    outputs = List.copyOf(builder.outputs);
    job = builder.compiled();
  }

  /**
   * Gives the name by which messages and tracebacks call the job.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Runs a job that has no inputs.
   *
   * @return the outputs
   * @throws PythonException as {@link #run(Map)}
   * @throws IllegalArgumentException if the job has inputs
   */
  public PythonJobResult run() {
    return run(Map.of());
  }

  /**
   * Runs the job.
   *
   * @param values a value for each input; numbers become the input's type where they are equal
   * @return the outputs, in the order in which they were declared
   * @throws IllegalArgumentException if an input is missing, unknown or not of its type; nothing
   *     has run
   * @throws PythonException if setup or the code raises; a {@code NameError} if the code ends
   *     without having defined an output
   * @throws PythonConversionException if a value cannot cross exactly, or an output not as the type
   *     it was declared with; the path begins with the variable
   * @throws IllegalStateException if the job or its context is closed or the JVM is exiting
   */
  public PythonJobResult run(Map<String, ?> values) {
    return run(values, false);
  }

  /**
   * Runs the job, and gives every variable that the code defined, in the order of definition.
   *
   * <p>Left out are modules and names that begin with an underscore, unless they are outputs. A
   * variable of setup or an input is there if the run bound it to another object, at the place of
   * its first definition: setup's variables, then the inputs, then the rest. Outputs have the types
   * that they were declared with; anything else comes as {@link PythonObject#toJava} gives it, with
   * objects that have no value as handles.
   *
   * @param values as {@link #run(Map)}
   * @return all variables
   * @throws IllegalArgumentException as {@link #run(Map)}
   * @throws PythonException as {@link #run(Map)}
   * @throws PythonConversionException as {@link #run(Map)}
   * @throws IllegalStateException as {@link #run(Map)}
   */
  public PythonJobResult runAll(Map<String, ?> values) {
    return run(values, true);
  }

  private PythonJobResult run(Map<String, ?> values, boolean all) {
    @Nullable Object[] arguments = JobVariable.arguments(name, inputs, values);
    checkOpen();
    Map<String, @Nullable Object> results =
        Jobs.run(context.openState(), job, inputs, arguments, outputs, all);
    return new PythonJobResult(name, results, outputs);
  }

  private void checkOpen() {
    context.openState();
    if (job.isClosed()) {
      throw StackTraces.trimmed(new IllegalStateException("job '" + name + "' is closed"));
    }
  }

  /**
   * Releases the code and what setup left. Runs that other threads have begun go on to their end.
   * Closing again does nothing.
   */
  @Override
  public void close() {
    job.close();
  }

  /** Says the name, what it takes and what it gives. */
  @Override
  public String toString() {
    return "PythonJob["
        + name
        + "("
        + JobVariable.describe(inputs)
        + ") -> ("
        + JobVariable.describe(outputs)
        + (job.isClosed() ? "), closed]" : ")]");
  }

  /** Describes a job. Inputs and outputs are declared in the order in which they shall be told. */
  public static final class Builder {

    private final PythonContext context;
    private final JobSource code;
    private final List<JobVariable> inputs = new ArrayList<>();
    private final List<JobVariable> outputs = new ArrayList<>();
    private String name = "job";
    private @Nullable JobSource setup;

    Builder(PythonContext context, JobSource code) {
      this.context = context;
      this.code = code;
    }

    /**
     * Names the job, for messages and tracebacks; otherwise it is called "job".
     *
     * @param value any text of one line
     * @return this
     */
    public Builder name(String value) {
      name = Parameters.required(value, "value");
      return this;
    }

    /**
     * Sets the code that runs once, before the first run: imports, functions, models.
     *
     * @param statements as they would stand in a file
     * @return this
     */
    public Builder setup(String statements) {
      setup = JobSource.of(Parameters.required(statements, "statements"));
      return this;
    }

    /**
     * Sets the file that runs once, before the first run, read now.
     *
     * @param file a Python file
     * @return this
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public Builder setup(Path file) {
      setup = JobSource.of(Parameters.required(file, "file"));
      return this;
    }

    /**
     * Declares an input of any type.
     *
     * @param variable its name, a Python identifier
     * @return this
     * @throws IllegalArgumentException if it is none, or declared already
     */
    public Builder input(String variable) {
      return input(variable, Object.class);
    }

    /**
     * Declares an input.
     *
     * @param variable its name, a Python identifier
     * @param type the class that values must have; primitive if null is none
     * @return this
     * @throws IllegalArgumentException if the name is none, or declared already
     */
    public Builder input(String variable, Class<?> type) {
      return add(inputs, "input", variable, Parameters.required(type, "type"));
    }

    /**
     * Declares an input of a type with parameters. The value's own class is checked, not the
     * elements in it.
     *
     * @param variable its name, a Python identifier
     * @param type the type that values must have
     * @return this
     * @throws IllegalArgumentException if the name is none, or declared already
     */
    public Builder input(String variable, TypeRef<?> type) {
      return add(inputs, "input", variable, Parameters.required(type, "type").type());
    }

    /**
     * Declares an output that comes as {@link PythonObject#toJava} gives it.
     *
     * @param variable its name, a Python identifier
     * @return this
     * @throws IllegalArgumentException if it is none, or declared already
     */
    public Builder output(String variable) {
      return output(variable, Object.class);
    }

    /**
     * Declares an output.
     *
     * @param variable its name, a Python identifier
     * @param type the class that it becomes, as for {@link PythonObject#to(Class)}; {@link
     *     PythonObject} for the object itself
     * @return this
     * @throws IllegalArgumentException if the name is none, or declared already
     */
    public Builder output(String variable, Class<?> type) {
      return add(outputs, "output", variable, Parameters.required(type, "type"));
    }

    /**
     * Declares an output of a type with parameters.
     *
     * @param variable its name, a Python identifier
     * @param type the type that it becomes, as for {@link PythonObject#to(TypeRef)}
     * @return this
     * @throws IllegalArgumentException if the name is none, or declared already
     */
    public Builder output(String variable, TypeRef<?> type) {
      return add(outputs, "output", variable, Parameters.required(type, "type").type());
    }

    private Builder add(List<JobVariable> variables, String kind, String variable, Type type) {
      Parameters.identifier(variable);
      if (variables.stream().anyMatch(known -> known.name().equals(variable))) {
        throw StackTraces.trimmed(
            new IllegalArgumentException(
                "the " + kind + " '" + variable + "' of job '" + name + "' is declared twice"));
      }
      variables.add(new JobVariable(variable, ResolvedType.of(type)));
      return this;
    }

    /**
     * Compiles the code and the setup. Nothing of them runs yet.
     *
     * @return the job, to be closed, or to be ended by its context
     * @throws PythonException a {@code SyntaxError}, if one of them is no Python
     * @throws PythonConversionException if no value can become the type of an output
     * @throws IllegalStateException if the context is closed or the JVM is exiting
     */
    public PythonJob build() {
      return new PythonJob(this);
    }

    private PythonObject compiled() {
      Jobs.checkTypes(context.openState(), outputs);
      try (PythonObject compiled = code.compiled(context, name);
          PythonObject before = setup == null ? null : setup.compiled(context, name + " setup");
          PythonObject module = context.importModule("gilgamesh._jobs");
          PythonObject made =
              module.call(
                  "Job", name, compiled, before, JobVariable.names(inputs), names(), files())) {
        return made.keep();
      }
    }

    private PythonTuple names() {
      return JobVariable.names(outputs);
    }

    /** The files of the code and of the setup. */
    private PythonTuple files() {
      return PythonTuple.of(code.file(), setup == null ? null : setup.file());
    }
  }
}
