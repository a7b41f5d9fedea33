package io.gilgamesh;

/** Who installs the packages of a {@link PythonEnvironment}. */
public enum PythonInstaller {
  /**
   * uv where it is found and understands all that was asked for and all that pip is configured
   * with; else pip.
   */
  AUTO,
  /** pip, as it comes with the Python that the environment is made from. */
  PIP,
  /** uv, a faster one, which has to be installed. */
  UV
}
