package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs: one call of a {@code gilgamesh._jobs.Job}, whose result is a tuple of the outputs and,
 * where all variables are wanted, a dict of those, in which the outputs are None.
 */
public final class Jobs {

  private static final JobVariable ALL = new JobVariable("", ResolvedType.OBJECT);

  private Jobs() {}

  // ---- making

  /**
   * Names a source that has no file.
   *
   * @param title what it is
   * @param source its text
   * @return its name in tracebacks
   */
  public static String sourceName(String title, String source) {
    return SourceNames.of(title, source);
  }

  /**
   * Compiles statements.
   *
   * @param context where
   * @param source a text, or the bytes of a file
   * @param name the source's name in tracebacks
   * @return the code, a managed handle
   */
  public static PythonObject compile(ContextState context, Object source, String name) {
    try (Exchange exchange = Exchange.lease(context)) {
      exchange.value(source).text(name).value(List.of());
      long ref = CodeNatives.compile(context.id(), CodeCache.EXEC, exchange.address());
      return Calls.object(exchange, ref, Origin.MADE, null);
    }
  }

  /**
   * Refuses types that no value can become.
   *
   * @param context where the job will run
   * @param outputs its outputs
   */
  public static void checkTypes(ContextState context, List<JobVariable> outputs) {
    outputs.forEach(output -> TypeForm.of(context, output.type()));
  }

  // ---- running

  /**
   * Runs a job.
   *
   * @param context where
   * @param job the job in Python
   * @param inputs its inputs
   * @param arguments their values
   * @param outputs its outputs
   * @param all whether all variables are wanted
   * @return the variables, outputs in their types
   */
  public static Map<String, @Nullable Object> run(
      ContextState context,
      PythonObject job,
      List<JobVariable> inputs,
      @Nullable Object[] arguments,
      List<JobVariable> outputs,
      boolean all) {
    List<Part> parts = parts(context, outputs, all);
    try (Exchange exchange = Exchange.lease(context, job)) {
      write(exchange, parts);
      Requests.named(exchange, all, inputs, arguments);
      long ref = ApiBridge.get().ref(job);
      long result = ObjectNatives.callParts(context.id(), ref, exchange.address());
      List<@Nullable Object> values = Calls.parts(exchange, result, parts);
      return all ? merged(outputs, values) : named(outputs, values);
    }
  }

  /**
   * A part of the result.
   *
   * @param step leads to it
   * @param form what it shall be
   */
  record Part(String step, TypeForm<?> form) {

    /** Reads the parts, all of them also behind one that does not fit. */
    static List<@Nullable Object> read(Reader from, List<Part> parts) {
      List<@Nullable Object> values = new ArrayList<>(parts.size());
      Misfit misfit = null;
      for (Part part : parts) {
        Object value = part.form.attempt(from);
        if (value instanceof Misfit unfit) {
          misfit = unfit.within(part.step).after(misfit);
        }
        values.add(value);
      }
      if (misfit != null) {
        throw misfit.toConversion();
      }
      return values;
    }
  }

  private static List<Part> parts(ContextState context, List<JobVariable> outputs, boolean all) {
    List<Part> parts = new ArrayList<>(outputs.size() + 1);
    for (JobVariable output : outputs) {
      parts.add(new Part(output.step(), TypeForm.of(context, output.type())));
    }
    if (all) {
      parts.add(new Part("", TypeForm.of(context, ALL.type())));
    }
    return parts;
  }

  private static void write(Exchange to, List<Part> parts) {
    int at = to.reserve(4);
    to.buffer.putInt(at, parts.size());
    for (Part part : parts) {
      byte[] step = part.step.getBytes(StandardCharsets.UTF_8);
      int want = part.form.innerWant();
      int place = to.reserve(8L + step.length);
      to.buffer.putInt(place, want).putInt(place + 4, step.length).put(place + 8, step);
    }
  }

  private static Map<String, @Nullable Object> named(
      List<JobVariable> outputs, List<@Nullable Object> values) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      named.put(outputs.get(i).name(), values.get(i));
    }
    return named;
  }

  /** Puts the outputs at their places among all variables; those without a place come last. */
  private static Map<String, @Nullable Object> merged(
      List<JobVariable> outputs, List<@Nullable Object> values) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    ((Map<?, ?>) values.get(outputs.size()))
        .forEach((name, value) -> all.put((String) name, value));
    all.putAll(named(outputs, values));
    return all;
  }
}
