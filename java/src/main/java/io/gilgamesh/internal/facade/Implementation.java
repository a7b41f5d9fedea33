package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonObject;
import java.util.Comparator;
import java.util.List;

/**
 * The interfaces that Python classes derive from together: one for each list of interfaces, kept as
 * long as these.
 */
public final class Implementation {

  private final Facade facade;

  Implementation(Facade facade) {
    this.facade = facade;
  }

  /**
   * Finds the implementation of interfaces.
   *
   * @param interfaces at least one
   * @return always the same for the same list
   * @throws IllegalArgumentException if a type is no interface, or open to no proxy
   */
  public static Implementation of(List<Class<?>> interfaces) {
    return Facade.of(interfaces.toArray(Class<?>[]::new)).implementation();
  }

  /**
   * Makes the Java object of an instance of such a class.
   *
   * @param owned its handle, a managed one, which the Java object takes over
   * @return a new object that implements the interfaces
   */
  public Object proxy(PythonObject owned) {
    return facade.proxy(new ImplementationHandler(owned, facade, this));
  }

  /**
   * Tells what a class needs that derives from the interfaces.
   *
   * @return what each method needs, abstract or not, in an order that lasts
   */
  public List<Requirement> requirements() {
    return facade.plans().stream()
        .filter(plan -> !plan.method.isBridge() && !InterfaceMethods.isOfObject(plan.method))
        .map(Requirement::of)
        .sorted(Comparator.comparing(Requirement::title))
        .toList();
  }
}
