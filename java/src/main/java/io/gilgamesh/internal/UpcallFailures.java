package io.gilgamesh.internal;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.host.HostCallException;
import org.jspecify.annotations.Nullable;

/** What went wrong in Java, for Python: a Java exception, one of Python's own, or one of its. */
final class UpcallFailures {

  private static final byte THROWN = 0;
  private static final byte PYTHON = 1;
  private static final byte PASSED = 2;

  private static final byte RUNTIME_ERROR = 9;
  private static final int MAX_MESSAGE = 4000;

  private UpcallFailures() {}

  /** Writes a failure; where its exception cannot be handed over, its class is told. */
  static void tell(Exchange to, Throwable thrown) {
    try {
      to.beginAnswer();
      write(to, thrown);
    } catch (Throwable second) {
      to.beginAnswer();
      writePython(to, RUNTIME_ERROR, "Java failed with " + thrown.getClass().getName());
    }
  }

  private static void write(Exchange to, Throwable thrown) {
    if (thrown instanceof HostCallException refused) {
      writePython(to, code(refused.kind()), String.valueOf(refused.getMessage()));
      return;
    }
    if (thrown instanceof PathFailure misfit) {
      String message = String.valueOf(misfit.toConversion().getMessage());
      writePython(to, code(HostCallException.Kind.TYPE), "what Java gave cannot cross: " + message);
      return;
    }
    PythonObject passed = passed(to, thrown);
    int at = to.reserve(1);
    notePassage(thrown, passed);
    if (passed == null) {
      to.buffer.put(at, THROWN);
      HostForms.write(to, thrown);
    } else {
      to.buffer.put(at, PASSED);
      HandleForms.write(to, passed);
    }
  }

  /**
   * Gives the exception of Python's that went through Java; null where it is another interpreter's,
   * which has the Java exception instead.
   */
  private static @Nullable PythonObject passed(Exchange to, Throwable thrown) {
    if (!(thrown instanceof PythonException python)) {
      return null;
    }
    ApiBridge api = ApiBridge.get();
    PythonObject value = api.liveValue(python);
    ContextState target = to.context();
    boolean isForeign =
        value != null && target != null && api.context(value).interpreter() != target.interpreter();
    return isForeign ? null : value;
  }

  private static void notePassage(Throwable thrown, @Nullable PythonObject passed) {
    if (passed != null) {
      PythonException told = (PythonException) thrown;
      Throwable cause = told.getCause();
      StackTraces.pass(cause == null || cause instanceof PythonException ? passed : cause, told);
    } else {
      PythonException told = ThrownByJava.told(thrown);
      if (told != null) {
        StackTraces.pass(thrown, told);
      }
    }
  }

  /** The number that the core knows one of Python's exceptions by. */
  private static byte code(HostCallException.Kind kind) {
    return switch (kind) {
      case TYPE -> 0;
      case ATTRIBUTE -> 1;
      case INDEX -> 2;
      case KEY -> 3;
      case VALUE -> 4;
      case STOP_ITERATION -> 5;
      case PERMISSION -> 6;
      case NO_CLASS -> 7;
      case MEMORY -> 10;
    };
  }

  private static void writePython(Exchange to, byte kind, String message) {
    int at = to.reserve(2);
    to.buffer.put(at, PYTHON).put(at + 1, kind);
    boolean isLong = message.length() > MAX_MESSAGE;
    TextForms.write(to, isLong ? message.substring(0, MAX_MESSAGE) + "..." : message);
  }
}
