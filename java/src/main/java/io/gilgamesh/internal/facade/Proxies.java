package io.gilgamesh.internal.facade;

import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.Invocations;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.ResolvedType;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes Java objects of interfaces that are Python objects, and tells whose they are. */
public final class Proxies {

  private Proxies() {}

  /**
   * Makes a proxy with a managed handle of its own.
   *
   * @param object the object, whose handle stays the caller's
   * @param interfaces what the proxy implements
   * @return the proxy
   * @throws IllegalArgumentException if a type is no interface, or open to no proxy
   */
  public static Object of(PythonObject object, Class<?>... interfaces) {
    return Facade.of(interfaces).proxy(object.keep());
  }

  /**
   * Makes a proxy of an interface with parameters, with a managed handle of its own.
   *
   * @param object the object, whose handle stays the caller's
   * @param type the interface
   * @return the proxy
   * @throws IllegalArgumentException if the type is no interface, or open to no proxy
   */
  public static Object of(PythonObject object, Type type) {
    return Facade.of(List.of(ResolvedType.of(type))).proxy(object.keep());
  }

  /**
   * Makes a proxy as {@link #of(PythonObject, Class...)} does, if the object has all that the
   * interfaces need.
   *
   * @param object the object
   * @param what what to call the object where it does not fit
   * @param interfaces what the proxy implements
   * @return the proxy
   * @throws IllegalArgumentException if it does not fit; all methods are told that do not
   */
  public static Object checked(PythonObject object, String what, Class<?>... interfaces) {
    Facade facade = Facade.of(interfaces);
    BindCheck.require(object, what, facade);
    return facade.proxy(object.keep());
  }

  /**
   * Finds how objects become an interface.
   *
   * @param type the interface
   * @return makes a proxy, which takes over the handle that it is given
   */
  public static Function<PythonObject, Object> maker(ResolvedType type) {
    return object -> Facade.of(List.of(type)).proxy(Invocations.managed(object));
  }

  /**
   * Gives the object that a proxy is.
   *
   * @param proxy anything
   * @return the handle that the proxy owns, null where this is no proxy of a Python object
   */
  public static @Nullable PythonObject object(@Nullable Object proxy) {
    FacadeHandler handler = handler(proxy);
    return handler == null ? null : handler.object();
  }

  /**
   * Gives the interfaces that the class of a Python object derives from.
   *
   * @param value anything
   * @return the implementation, null where this is no object of such a class
   */
  public static @Nullable Implementation implementation(@Nullable Object value) {
    return handler(value) instanceof ImplementationHandler ours ? ours.implementation() : null;
  }

  /**
   * Gives the body of a default method.
   *
   * @param method the method
   * @return takes a proxy of its interface and the arguments, and runs the method itself, whatever
   *     the proxy has in its place
   * @throws IllegalArgumentException if the interface is not open to us
   */
  public static MethodHandle body(Method method) {
    return new JavaDefault(method).body();
  }

  static @Nullable FacadeHandler handler(@Nullable Object proxy) {
    return proxy instanceof Proxy && Proxy.getInvocationHandler(proxy) instanceof FacadeHandler ours
        ? ours
        : null;
  }

  /**
   * Puts one interface and more into one list.
   *
   * @param first the first interface
   * @param more the others
   * @return all of them
   */
  public static Class<?>[] all(Class<?> first, Class<?>[] more) {
    Parameters.required(first, "type");
    Class<?>[] all = Arrays.copyOf(new Class<?>[] {first}, 1 + more.length);
    System.arraycopy(more, 0, all, 1, more.length);
    return all;
  }
}
