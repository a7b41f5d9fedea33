package io.gilgamesh.internal.host;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of Python's protocols a Java type takes part in: {@code len}, {@code in}, {@code []},
 * iteration, comparison and so on.
 *
 * <p>Each step of a protocol is a static method whose first parameter is the object. A type has the
 * methods whose first parameter it can be passed as; where two methods have one name, the one that
 * comes later here is taken. Arrays have methods of their own.
 */
public final class Protocols {

  private static final List<Method> STEPS =
      stepsOf(
          ObjectProtocol.class,
          Implementations.class,
          ThrowableProtocol.class,
          NumberProtocol.class,
          MapProtocol.class,
          TextProtocol.class,
          IterationProtocol.class,
          CollectionProtocol.class,
          ListProtocol.class);

  private static final List<Method> ARRAY_STEPS = stepsOf(ArrayProtocol.class);

  private Protocols() {}

  /**
   * Names the steps of protocols that objects of a type have and those of its superclass have not.
   * Interfaces and arrays have {@code Object} for a superclass.
   *
   * @param type a class, an interface or an array type
   * @return static methods by their names in the class's description
   */
  public static Map<String, Method> protocolsOf(Class<?> type) {
    Map<String, Method> steps = allOf(type);
    Class<?> parent = parentOf(type);
    if (parent != null) {
      steps.entrySet().removeAll(allOf(parent).entrySet());
    }
    return steps;
  }

  private static @Nullable Class<?> parentOf(Class<?> type) {
    return type.isInterface() ? Object.class : type.getSuperclass();
  }

  private static Map<String, Method> allOf(Class<?> type) {
    Map<String, Method> steps = new LinkedHashMap<>();
    for (Method step : STEPS) {
      if (step.getParameterTypes()[0].isAssignableFrom(type)) {
        steps.put(nameOf(step), step);
      }
    }
    if (type.isArray()) {
      ARRAY_STEPS.forEach(step -> steps.put(nameOf(step), step));
    }
    return steps;
  }

  private static String nameOf(Method step) {
    return step.getAnnotation(Protocol.class).value();
  }

  /** In the order of the classes; within a class by the type, since the JVM promises no order. */
  private static List<Method> stepsOf(Class<?>... classes) {
    return Arrays.stream(classes)
        .flatMap(
            type ->
                Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Protocol.class))
                    .sorted(
                        Comparator.comparing(method -> method.getParameterTypes()[0].getName())))
        .toList();
  }
}
