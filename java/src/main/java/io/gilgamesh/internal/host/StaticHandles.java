package io.gilgamesh.internal.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Finds static methods of this package and of the JDK that are known to be there. */
final class StaticHandles {

  private StaticHandles() {}

  static MethodHandle find(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
    try {
      MethodType type = MethodType.methodType(result, parameters);
      return MethodHandles.lookup().findStatic(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(owner.getName() + "." + name, e);
    }
  }
}
