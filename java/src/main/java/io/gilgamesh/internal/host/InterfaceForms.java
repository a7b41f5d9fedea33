package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.host.HostCallException.Kind;

/**
 * Where a Python object becomes an implementation of Java interfaces. What makes them is told here
 * once, since it stands above this package.
 */
public final class InterfaceForms {

  /** Makes Java objects that call Python objects. */
  @FunctionalInterface
  public interface Maker {

    /**
     * Makes an implementation.
     *
     * @param object the Python object
     * @param type the interface
     * @return an object of that interface
     */
    Object proxy(PythonObject object, Class<?> type);
  }

  private static volatile Maker maker = InterfaceForms::refuse;

  private InterfaceForms() {}

  /**
   * Says what makes implementations from now on.
   *
   * @param wanted the maker
   */
  public static void use(Maker wanted) {
    maker = wanted;
  }

  static Object proxy(PythonObject object, Class<?> type) {
    return maker.proxy(object, type);
  }

  /** Whether an interface may be implemented outside its module and package. */
  static boolean canProxy(Class<?> type) {
    return type.isInterface() && !type.isAnnotation() && !type.isSealed();
  }

  private static Object refuse(PythonObject object, Class<?> type) {
    throw new HostCallException(
        Kind.TYPE, "no Python object can implement " + type.getName() + " in this build");
  }
}
