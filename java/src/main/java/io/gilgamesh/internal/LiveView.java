package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;

/** A Java object that shows a Python object, and crosses as that very object. */
public interface LiveView {

  /**
   * Gives what is shown.
   *
   * @return the object that the view was made of
   */
  PythonObject object();
}
