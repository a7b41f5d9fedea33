package io.gilgamesh;

import java.util.OptionalInt;

/**
 * How far the making of a {@link PythonEnvironment} is.
 *
 * @param step what is being done; it never goes back to an earlier one
 * @param percent how many of the packages are there (half) and installed (the other half), from 0
 *     to 100, never less than before; empty as long as the number of packages is not known
 * @param message one line for people
 */
public record PythonEnvironmentProgress(Step step, OptionalInt percent, String message) {

  /** What is being done, in the order in which it is done. Steps may be left out. */
  public enum Step {
    /** A Python is looked for, and asked or unpacked. */
    FIND_PYTHON,
    /** The empty virtual environment is made. */
    MAKE_VENV,
    /** The installer finds out which packages are needed. */
    RESOLVE,
    /** The packages are downloaded; pip goes on resolving meanwhile. */
    DOWNLOAD,
    /** The packages are installed. */
    INSTALL,
    /** The environment is there. */
    DONE
  }
}
