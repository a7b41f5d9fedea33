package io.gilgamesh.internal.facade;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Java's own default method. InvocationHandler.invokeDefault takes those of interfaces that are
 * public to us; interfaces that are not, a handle from inside of them, if their package is open.
 */
final class JavaDefault {

  private static final Object[] NO_ARGUMENTS = {};
  private static final MethodHandle RUN = run();

  private final Method method;
  private final @Nullable MethodHandle handle;

  JavaDefault(Method method) {
    this.method = method;
    this.handle = handle(method);
    if (handle == null && !method.trySetAccessible()) {
      throw new IllegalArgumentException(
          method.getDeclaringClass().getName()
              + " is not accessible: make it public in an exported package, or open the package");
    }
  }

  /** Takes the proxy and an array of arguments; null where the package is not open to us. */
  private static @Nullable MethodHandle handle(Method method) {
    Class<?> type = method.getDeclaringClass();
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .unreflectSpecial(method, type)
          .asFixedArity()
          .asSpreader(Object[].class, method.getParameterCount())
          .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  private static MethodHandle run() {
    MethodType type = MethodType.methodType(Object.class, Object.class, Object[].class);
    try {
      return MethodHandles.lookup().findVirtual(JavaDefault.class, "run", type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a method of this very class", e);
    }
  }

  /** Takes the proxy and the arguments one by one. */
  MethodHandle body() {
    return RUN.bindTo(this).asCollector(Object[].class, method.getParameterCount());
  }

  @Nullable Object run(Object proxy, @Nullable Object @Nullable [] given) throws Throwable {
    if (handle == null) {
      return InvocationHandler.invokeDefault(proxy, method, given);
    }
    // The signature of the call is that of these very types.
    Object[] arguments = given == null ? NO_ARGUMENTS : given;
    return (Object) handle.invokeExact(proxy, arguments);
  }
}
