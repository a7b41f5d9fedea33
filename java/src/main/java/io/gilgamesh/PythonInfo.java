package io.gilgamesh;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the running interpreter is.
 *
 * @param version such as {@code 3.12.1}
 * @param hexVersion {@code sys.hexversion}, which compares
 * @param kind how it is installed
 * @param executable {@code sys.executable}: the program that child processes are started with;
 *     empty where there is only a library
 * @param prefix {@code sys.prefix}: the folder of the virtual environment where it is one
 * @param basePrefix {@code sys.base_prefix}: the folder of the installation
 * @param library the shared library that was loaded
 */
public record PythonInfo(
    String version,
    int hexVersion,
    Kind kind,
    Optional<Path> executable,
    Path prefix,
    Path basePrefix,
    Path library) {

  /** How a Python is installed. */
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
}
