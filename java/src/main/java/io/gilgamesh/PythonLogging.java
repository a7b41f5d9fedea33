package io.gilgamesh;

import io.gilgamesh.internal.PythonLog;

/**
 * Python's {@code logging} on its way to {@link System.Logger}, until this or the context that
 * began it is closed.
 *
 * <p>A handler on Python's root logger takes each record of the context's interpreter, whichever
 * context and thread it comes from, to the Java logger of the same name. CRITICAL and ERROR become
 * ERROR, the levels in between become the one below them, and what is below DEBUG becomes TRACE. An
 * exception is a {@link PythonException} with its traceback and causes, or the Java exception that
 * it is in Python; its {@link PythonException#value()} is closed. Several forwardings of one
 * interpreter send each record once.
 *
 * <p>What a Java logger wants is asked once a second for each name and level, so that a change of
 * its level is seen within a second, and records that it does not want do not cross.
 */
public final class PythonLogging implements AutoCloseable {

  private final PythonLog forwarding;

  PythonLogging(PythonLog forwarding) {
    this.forwarding = forwarding;
  }

  /** Ends it, and gives Python's root logger its former level. Closed already, it does nothing. */
  @Override
  public void close() {
    forwarding.close();
  }
}
