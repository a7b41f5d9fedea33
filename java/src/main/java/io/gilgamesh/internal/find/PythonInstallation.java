package io.gilgamesh.internal.find;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Python that was found fit, with what the loader and the core need to start it.
 *
 * @param kind what it is
 * @param executable the interpreter's program, which Python is told as its program name ({@code
 *     <venv>/bin/python} for a virtual environment), or null where there is only a library
 * @param library the shared library to load
 * @param version such as {@code 3.12.1}
 * @param hexVersion {@code sys.hexversion}
 * @param prefix {@code sys.prefix}: the folder of the virtual environment where it is one
 * @param basePrefix {@code sys.base_prefix}
 * @param home the folder to name as Python's home, or null where the program name is enough
 */
public record PythonInstallation(
    Kind kind,
    @Nullable Path executable,
    Path library,
    String version,
    int hexVersion,
    Path prefix,
    Path basePrefix,
    @Nullable Path home) {

  /** The newest version that this release was tried with, as {@code sys.hexversion >> 16}. */
  private static final int NEWEST_TRIED = 0x030e;

  /** What kind of Python it is. */
  public enum Kind {
    /** An installed interpreter. */
    EXECUTABLE,
    /** A virtual environment. */
    VENV,
    /** A library without an interpreter. */
    LIBRARY,
    /** The CPython that travels in a jar. */
    EMBEDDED
  }

  /** Whether this Python is newer than any this release was tried with. */
  boolean newerThanTried() {
    return hexVersion >>> 16 > NEWEST_TRIED;
  }

  /** One line for a diagnosis. */
  String description() {
    String text = "CPython " + version + ", " + library;
    return newerThanTried()
        ? text + "; newer than 3.14, the newest that was tried with this release"
        : text;
  }
}
