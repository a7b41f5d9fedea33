package io.gilgamesh;

/** How far a context is apart from the others. */
public enum Isolation {

  /**
   * Variables of its own, in the interpreter that all such contexts share: its modules, its
   * environment, its GIL. Costs microseconds, and thousands can be open. Every extension module
   * works, and objects can be passed between these contexts as they are.
   */
  NAMESPACE,

  /**
   * An interpreter of its own, on CPython 3.12 and later: modules, {@code os.environ}, monkey
   * patches and warnings filters of its own, and a GIL of its own, so that it runs in parallel with
   * the others. Takes milliseconds and megabytes; interpreters of closed contexts are cleaned and
   * used again.
   *
   * <p>Extension modules that do not support this, NumPy among them, raise {@code ImportError}.
   * Objects cannot be passed to other contexts, only copied, see {@link PythonObject#copyTo}. It
   * keeps apart tasks that trust each other: the process, its files and its working folder are
   * shared.
   */
  INTERPRETER
}
