package io.gilgamesh;

/** What a {@link PythonContextPool} does with a context between two leases. */
public enum PythonPoolReset {

  /**
   * The variables are again those that the start-up script left, so what a lease defined is gone.
   * Objects that the script made are the same ones, and modules stay imported. Takes microseconds.
   */
  VARIABLES,

  /**
   * The context is reset as by {@link PythonContext#reset}, and the start-up script runs again. Of
   * an isolated context the modules are gone too.
   */
  CONTEXT,

  /** Nothing: each lease finds what the one before has left. */
  NONE
}
