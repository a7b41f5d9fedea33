package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A Java object that shows a Python object, and crosses as that very object. */
public interface LiveView {

  /**
   * Gives what is shown.
   *
   * @return the object that the view was made of
   */
  PythonObject object();

  /**
   * Finds what an object shows.
   *
   * @param value anything
   * @return the view that the object is, or that handles its calls, null where it is none
   */
  static @Nullable LiveView of(Object value) {
    Object shown = value instanceof Proxy ? Proxy.getInvocationHandler(value) : value;
    return shown instanceof LiveView view ? view : null;
  }
}
