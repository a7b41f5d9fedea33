package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonName;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.ReturnForm;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of a method before any call: how it may reach Python, with what, and for what. */
final class MethodPlan {

  final Method method;

  /** The place of the method among those of its facade. */
  final int index;

  /** The attribute that it calls. */
  final String name;

  final ReturnForm result;
  final ArgumentPlan arguments;

  /** Whether it is the one abstract method of its interface, so that a callable can be it. */
  final boolean isFunction;

  /** What Java itself would do, or ask of Python's protocols, where there is no such attribute. */
  final Protocol protocol;

  /** The elements of an iterator, for the methods of that interface. */
  final @Nullable ReturnForm iteration;

  /** The attribute behind a getter or setter, null where the name is that of neither. */
  final @Nullable String property;

  private final @Nullable JavaDefault javas;
  private final Class<?>[] declared;

  MethodPlan(
      Method method, int index, ReturnForm result, boolean isFunction, InterfaceMethods methods) {
    this.method = method;
    this.index = index;
    this.result = result;
    this.isFunction = isFunction;
    PythonName named = method.getAnnotation(PythonName.class);
    name = named == null ? method.getName() : named.value();
    arguments = ArgumentPlan.of(method);
    protocol = Protocol.of(method, methods);
    iteration =
        methods.inherits(Iterator.class)
            ? new ReturnForm(
                new ResolvedType(Iterator.class, methods.declaring(Iterator.class).arguments()))
            : null;
    property = named == null ? Properties.of(method) : null;
    declared = method.getExceptionTypes();
    javas = method.isDefault() ? new JavaDefault(method) : null;
  }

  JavaDefault javas() {
    return Objects.requireNonNull(javas, "chosen for a default method");
  }

  String property() {
    return Objects.requireNonNull(property, "chosen for a getter or setter");
  }

  boolean isAbstract() {
    return Modifier.isAbstract(method.getModifiers());
  }

  /** Whether an attribute that cannot be called may stand for the method's result. */
  boolean mayRead() {
    return method.getParameterCount() == 0 && !result.isVoid();
  }

  boolean isSetter() {
    return property != null && method.getParameterCount() == 1;
  }

  /** Whether callers of the method expect an exception: unchecked, or declared. */
  boolean mayThrow(Throwable thrown) {
    return thrown instanceof RuntimeException
        || thrown instanceof Error
        || Arrays.stream(declared).anyMatch(type -> type.isInstance(thrown));
  }

  /** The method as messages name it: {@code Shape.scale(double)}. */
  @Override
  public String toString() {
    return method.getDeclaringClass().getSimpleName() + "." + signature();
  }

  String signature() {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }
}
