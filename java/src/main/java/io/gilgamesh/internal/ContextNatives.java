package io.gilgamesh.internal;

/** The natives that open and close contexts. Implemented by {@code bridge-rs/jni}. */
public final class ContextNatives {

  private ContextNatives() {}

  /**
   * Opens a namespace in the main interpreter.
   *
   * @param exchange address of an exchange whose payload is the name, a Text
   * @return the context's id
   */
  public static native long open(long exchange);

  /**
   * Opens a context with an interpreter of its own.
   *
   * @param exchange address of an exchange whose payload is the name, a Text
   * @return the context's id
   */
  public static native long openIsolated(long exchange);

  /**
   * Closes a context and every handle of it, and gives the interpreter of an isolated one back.
   *
   * @param context id of the context
   * @param exchange address of an exchange
   * @return how many handles were closed with it
   */
  public static native long close(long context, long exchange);

  /**
   * Gives the dict of the context's globals.
   *
   * @param context id of the context
   * @param exchange address of an exchange
   * @return a managed ref
   */
  public static native long globals(long context, long exchange);
}
