package io.gilgamesh.values;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonEnvironment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/** Runs {@link PandasCases} on an environment that has pandas; it is made once for each Python. */
final class PandasMain {

  private PandasMain() {}

  public static void main(String[] arguments) {
    PythonEnvironment environment =
        PythonEnvironment.builder().requirements("numpy==2.3.5", "pandas==2.3.3").create();
    try (Python python = Python.start(environment.config())) {
      cases().forEach(method -> run(python, method));
    }
    System.out.println("all cases ran");
  }

  static Stream<Method> cases() {
    return Arrays.stream(PandasCases.class.getDeclaredMethods())
        .filter(method -> (method.getModifiers() & Modifier.PRIVATE) == 0 && !method.isSynthetic())
        .sorted(Comparator.comparing(Method::getName));
  }

  static String passed(Method method) {
    return "passed " + method.getName() + "\n";
  }

  private static void run(Python python, Method method) {
    try (PythonContext context = python.contexts().open(method.getName())) {
      method.invoke(new PandasCases(python, context));
      System.out.print(passed(method));
    } catch (InvocationTargetException e) {
      System.out.println("FAILED " + method.getName());
      e.getCause().printStackTrace(System.out);
    } catch (IllegalAccessException e) {
      throw new LinkageError("of this package", e);
    }
  }
}
