package io.gilgamesh;

/**
 * Is told when contexts of a manager are opened and closed. Called by the thread that opens or
 * closes, after it has; what a listener throws is logged as a warning and changes nothing.
 *
 * @see PythonContextManager#listen
 */
public interface PythonContextListener {

  /**
   * A context was opened.
   *
   * @param context the context, open
   */
  default void opened(PythonContext context) {}

  /**
   * A context was reset: its variables and objects are gone.
   *
   * @param context the context, open
   */
  default void reset(PythonContext context) {}

  /**
   * A context was closed.
   *
   * @param context the context, closed
   */
  default void closed(PythonContext context) {}
}
