package io.gilgamesh;

import io.gilgamesh.internal.ExceptionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where the cause goes that Python code gave to a Java exception. The Java cause of its {@link
 * PythonException} is the Java exception itself.
 */
final class JavaCause {

  /** Chains that are longer are not looked through. */
  private static final int MOST_CAUSES = 1000;

  private JavaCause() {}

  /**
   * Makes what was given by {@code raise ... from} the Java exception's cause, where it has none.
   *
   * @return what Python's cause is that the Java exception does not tell; null where it does
   */
  static @Nullable Throwable untold(ExceptionRecord record, Throwable thrown) {
    ExceptionRecord cause = record.cause();
    if (cause == null || isTold(cause, thrown)) {
      return null;
    }
    if (record.explicitCause() && causeOf(thrown) == null && gave(thrown, cause)) {
      return null;
    }
    return PythonException.of(cause, false);
  }

  /** Python's causes are made of Java's. */
  private static boolean isTold(ExceptionRecord cause, Throwable thrown) {
    Throwable known = causeOf(thrown);
    return known != null
        && (known == cause.thrown()
            || (known instanceof PythonException && headline(cause).equals(known.getMessage())));
  }

  private static boolean gave(Throwable thrown, ExceptionRecord cause) {
    Throwable java = cause.thrown();
    if (java != null && leadsTo(java, thrown)) {
      return false;
    }
    try {
      thrown.initCause(java == null ? PythonException.of(cause.withoutObjects(), false) : java);
      return true;
    } catch (RuntimeException e) {
      return false; // made without one for good
    }
  }

  private static boolean leadsTo(Throwable from, Throwable to) {
    Throwable next = from;
    for (int i = 0; i < MOST_CAUSES && next != null && next != to; i++) {
      next = causeOf(next);
    }
    return next != null;
  }

  /** An application's own exception may fail when it is asked. */
  private static @Nullable Throwable causeOf(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (RuntimeException e) {
      return null;
    }
  }

  static String headline(ExceptionRecord record) {
    return record.message().isEmpty() ? record.type() : record.type() + ": " + record.message();
  }
}
