package io.gilgamesh.internal;

/** The natives that compile, run and import. Implemented by {@code bridge-rs/jni}. */
public final class CodeNatives {

  private CodeNatives() {}

  /**
   * Compiles a source.
   *
   * @param context id of the context
   * @param mode 0 exec, 1 eval
   * @param exchange address of an exchange; request: source, source name, LIST of parameter names
   *     (eval only)
   * @return a managed ref of the code
   */
  public static native long compile(long context, int mode, long exchange);

  /**
   * Runs code in the context's globals.
   *
   * @param context id of the context
   * @param code ref of the code
   * @param want what to return
   * @param exchange address of an exchange, without a request
   * @return as {@code want} says
   */
  public static native long run(long context, long code, int want, long exchange);

  /**
   * Runs code with parameters.
   *
   * @param context id of the context
   * @param code ref of the code
   * @param want what to return
   * @param exchange address of an exchange; request: Arguments, the values of the parameters
   * @return as {@code want} says
   */
  public static native long runWith(long context, long code, int want, long exchange);

  /**
   * Imports a module.
   *
   * @param context id of the context
   * @param want what to return
   * @param exchange address of an exchange; request: the module's dotted name
   * @return as {@code want} says
   */
  public static native long importModule(long context, int want, long exchange);
}
