package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.facade.Proxies;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of {@link PythonObject} that make it a Java object of an interface.
 *
 * <p>A method calls the attribute of its name, or of its {@link PythonName}, and converts the
 * result to its own return type, in one crossing. Where there is no such attribute, a default
 * method is Java's; {@code getX}, {@code isX} and {@code setX} are the attribute {@code x}; the one
 * abstract method of a functional interface calls the object itself; {@code Iterable}, {@code
 * Iterator}, {@code Comparable} and {@code AutoCloseable} are Python's iteration, comparison and
 * end of {@code with}. An attribute that cannot be called is read, by a method without parameters.
 * Which of these it is, is found for each proxy when the method is called first, and kept.
 *
 * <p>Arguments cross as in any call; those marked {@link PythonKeyword} and {@link PythonKwargs}
 * are keyword arguments, and a varargs parameter is spread.
 *
 * <p>A proxy holds a managed handle of its own, so it may outlive this one and its transaction. It
 * is released when the collector finds the proxy dead, or by {@link PythonProxy#close}. Passed to
 * Python a proxy is the very object. It may be used from any thread. Two proxies of one Python
 * object are equal; {@code toString} is that of {@link PythonObject}.
 */
abstract class FacadeVerbs extends ViewVerbs {

  FacadeVerbs(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    super(context, ref, transaction, origin, detail);
  }

  private PythonObject self() {
    return (PythonObject) this;
  }

  /**
   * Makes this object a Java object of an interface: a function a {@code Comparator}, an instance
   * what its methods allow. What a method needs and the object lacks is an
   * UnsupportedOperationException of that method.
   *
   * @param <T> the interface
   * @param type the interface; results of a generic one are read in their natural forms, see {@link
   *     #as(TypeRef)}
   * @return a proxy
   * @throws IllegalArgumentException if the class is no interface, is sealed, or is not accessible
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <T> T as(Class<T> type) {
    return Parameters.required(type, "type").cast(Proxies.of(self(), type));
  }

  /**
   * Makes this object a Java object of several interfaces.
   *
   * @param <T> the first interface
   * @param type the first interface, whose methods come before those of others with the same
   *     parameters
   * @param more other interfaces
   * @return a proxy that implements all of them
   * @throws IllegalArgumentException if one is no interface, is sealed or is not accessible, or no
   *     class can have all of them
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <T> T as(Class<T> type, Class<?>... more) {
    return type.cast(Proxies.of(self(), Proxies.all(type, more)));
  }

  /**
   * Makes this object a Java object of an interface with parameters, whose results are converted to
   * them: {@code as(new TypeRef<Function<String, Integer>>() {})}.
   *
   * @param <T> the interface
   * @param type the interface
   * @return a proxy
   * @throws IllegalArgumentException if the type is no interface, is sealed, or is not accessible
   * @throws IllegalStateException if this handle or the context is closed
   */
  @SuppressWarnings("unchecked")
  public <T> T as(TypeRef<T> type) {
    return (T) Proxies.of(self(), Parameters.required(type, "type").type());
  }

  /**
   * Makes this object a Java object of an interface, as {@link #as(Class)} does, after it was found
   * that each abstract method has its attribute, that it can be called, and that it takes as many
   * arguments, as far as Python knows its signature.
   *
   * @param <T> the interface
   * @param type the interface
   * @return a proxy
   * @throws IllegalArgumentException if the object does not fit: the message has each method that
   *     does not; or if the class is no interface
   * @throws IllegalStateException if this handle or the context is closed
   */
  public <T> T asChecked(Class<T> type) {
    Parameters.required(type, "type");
    return type.cast(Proxies.checked(self(), "Python's " + self().typeName(), type));
  }
}
