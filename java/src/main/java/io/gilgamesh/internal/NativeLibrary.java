package io.gilgamesh.internal;

import io.gilgamesh.PythonStartException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native libraries, once per process: the loader, then libpython by the loader's native,
 * then the bridge, whose symbols of libpython are there by then.
 *
 * <p>The JVM binds a library to the class loader that loaded it and refuses another one; CPython,
 * too, is there once. So a second class loader that brings its own copy of these classes cannot
 * have a Python of its own, and is told so.
 */
final class NativeLibrary {

  /** Set in the system properties, which all class loaders share, by the one that loads. */
  private static final String MARK = "io.gilgamesh.loaded";

  private static boolean claimed;
  private static @Nullable Path loadedPython;

  private NativeLibrary() {}

  /** Tells whether a libpython is in the process by now, so that no other one can be. */
  static synchronized boolean isPythonLoaded() {
    return loadedPython != null;
  }

  /** Loads what is not loaded yet. */
  static synchronized void load(NativeFiles files, Path libpython) {
    claim();
    Path loaded = loadedPython;
    if (loaded == null) {
      loadFile(files.loader());
      open(libpython);
    } else if (!loaded.equals(libpython)) {
      throw new PythonStartException(
          "This process has loaded " + loaded + " and cannot load " + libpython + " too");
    }
    loadFile(files.bridge());
  }

  /**
   * Refuses a second class loader, whose copy of the libraries may lie elsewhere and would be
   * loaded again.
   */
  private static void claim() {
    String mine = String.valueOf(NativeLibrary.class.getClassLoader());
    Object other = claimed ? null : System.getProperties().putIfAbsent(MARK, mine);
    if (other != null) {
      throw new PythonStartException(
          secondLoader() + " (it was " + other + ", this is " + mine + ")");
    }
    claimed = true;
  }

  private static String secondLoader() {
    return "Another class loader of this JVM has loaded Gilgamesh already, and a process can hold"
        + " one Python only. Put the jar of Gilgamesh where both find it: on the class path"
        + " of the application server or of the launcher, not into each application";
  }

  private static void open(Path libpython) {
    String failure = LoaderNatives.open(libpython.toString());
    if (failure != null) {
      throw new PythonStartException("Cannot load " + libpython + ": " + failure);
    }
    loadedPython = libpython;
  }

  /** Loading a file again, from the same class loader, does nothing. */
  private static void loadFile(Path library) {
    try {
      System.load(library.toString());
    } catch (UnsatisfiedLinkError e) {
      throw new PythonStartException(explain(library, e), e);
    }
  }

  private static String explain(Path library, UnsatisfiedLinkError e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("already loaded in another classloader")
        ? secondLoader()
        : "Cannot load the native library " + library + ": " + message;
  }
}
