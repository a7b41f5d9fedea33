package io.gilgamesh.internal.facade;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a method of an interface needs of the class that implements it.
 *
 * @param title the method as messages name it: {@code java.lang.Comparable: compareTo(T)}
 * @param name the attribute
 * @param accessor the property that a getter or setter stands for, empty for other methods
 * @param special the special method that does instead, empty where there is none
 * @param isFunction whether the object itself may be called instead
 * @param mayRead whether an attribute that cannot be called may stand for the result
 * @param positional how many positional arguments it is called with, at least
 * @param keywords the names of the keyword arguments
 * @param isOpen whether there may be more arguments
 * @param isAbstract whether there must be such an attribute
 */
public record Requirement(
    String title,
    String name,
    String accessor,
    String special,
    boolean isFunction,
    boolean mayRead,
    int positional,
    List<String> keywords,
    boolean isOpen,
    boolean isAbstract) {

  static Requirement of(MethodPlan plan) {
    return new Requirement(
        plan.method.getDeclaringClass().getTypeName() + ": " + signature(plan.method),
        plan.name,
        plan.property == null ? "" : plan.property,
        plan.protocol.special(),
        plan.isFunction,
        plan.mayRead(),
        plan.arguments.positional(),
        plan.arguments.keywords(),
        plan.arguments.isOpen(),
        plan.isAbstract());
  }

  /** Variables by their names, everything else without package and parameters. */
  private static String signature(Method method) {
    StringJoiner parameters = new StringJoiner(", ", method.getName() + "(", ")");
    Type[] generic = method.getGenericParameterTypes();
    Class<?>[] erased = method.getParameterTypes();
    for (int i = 0; i < erased.length; i++) {
      boolean variable = generic[i] instanceof TypeVariable<?>;
      parameters.add(variable ? generic[i].getTypeName() : erased[i].getSimpleName());
    }
    return parameters.toString();
  }
}
