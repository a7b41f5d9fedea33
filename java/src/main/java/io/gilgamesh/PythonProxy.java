package io.gilgamesh;

import io.gilgamesh.internal.facade.Proxies;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells of Java objects whether they are Python objects behind an interface, as {@link
 * PythonObject#as(Class)} and {@link PythonScope#importAs(Class)} make them and instances of Python
 * classes cross that derive from interfaces, and releases them.
 */
public final class PythonProxy {

  private PythonProxy() {}

  /**
   * Tells whether a Java object is a Python object behind an interface.
   *
   * @param object anything
   * @return whether it is
   */
  public static boolean is(@Nullable Object object) {
    return Proxies.object(object) != null;
  }

  /**
   * Gives the Python object behind an interface.
   *
   * @param object anything
   * @return the handle that the proxy owns, which ends with the proxy; empty for any other object
   */
  public static Optional<PythonObject> objectOf(@Nullable Object object) {
    return Optional.ofNullable(Proxies.object(object));
  }

  /**
   * Releases the handle that a proxy owns, at once and not when the collector finds the proxy dead.
   * The Python object is not closed: that is what the interface's own {@code close} is for. Closing
   * again does nothing.
   *
   * @param proxy the proxy, whose methods throw IllegalStateException afterwards
   * @throws IllegalArgumentException if it is no proxy of a Python object
   */
  public static void close(Object proxy) {
    objectOf(proxy)
        .orElseThrow(() -> new IllegalArgumentException("this is no proxy of a Python object"))
        .close();
  }
}
