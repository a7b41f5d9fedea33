package io.gilgamesh.internal;

import java.lang.invoke.MethodHandles;
import java.util.List;

/**
 * Loads, on a second core, classes that a start and the first script will ask for while the
 * starting thread looks for Python and starts it: reading them takes a quarter of a start.
 *
 * <p>They are loaded and not initialised, so no two threads can wait for each other's initialisers.
 */
final class Preload extends Thread {

  /** In the order in which they are needed, without their common package. */
  static final List<String> NAMES =
      List.of(
          "internal.Exchange",
          "internal.OpenTransaction",
          "PythonObject",
          "internal.CollectionForms",
          "internal.TextForms",
          "internal.ScalarForms",
          "PythonTuple",
          "internal.Origin",
          "internal.Calls",
          "internal.Reader",
          "internal.ValueDecoder",
          "PythonInfo",
          "internal.InterpreterState",
          "internal.Reclaimer",
          "internal.NameCache",
          "internal.CodeCache",
          "internal.HandleRegistry",
          "internal.TrackedHandle",
          "PythonContextManager",
          "internal.Contexts",
          "internal.ContextState",
          "PythonContext",
          "Scopes",
          "PythonTransaction",
          "internal.Scripts",
          "PythonException",
          "internal.SourceNames",
          "internal.CachedRef",
          "internal.Ref");

  static final String PACKAGE = "io.gilgamesh.";

  /** For the look-up alone. */
  @SuppressWarnings("unused")
  private volatile long field;

  private Preload() {
    super(null, null, "gilgamesh-preload", 0, false);
    setDaemon(true);
  }

  static void begin() {
    new Preload().start();
  }

  @Override
  public void run() {
    try {
      // The first look-up of a process loads thirty classes of the JDK's.
      MethodHandles.lookup().findVarHandle(Preload.class, "field", long.class);
      for (String name : NAMES) {
        Class.forName(PACKAGE + name, false, Preload.class.getClassLoader());
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      return; // whoever needs the class says so
    }
  }
}
