package io.gilgamesh.internal;

import io.gilgamesh.PythonFrame;
import java.util.List;

/** Puts Python's frames on top of the Java frames of the caller. */
public final class StackTraces {

  private static final String INTERNAL = "io.gilgamesh.internal.";
  private static final String BRIDGE = "io.gilgamesh.ApiAccess";
  private static final String PYTHON = "<python>";

  private StackTraces() {}

  /**
   * Merges the traces of one exception.
   *
   * @param java the Java frames, innermost first; ours on top are dropped
   * @param python the Python frames, innermost last
   * @return all of them, innermost first
   */
  public static StackTraceElement[] merge(StackTraceElement[] java, List<PythonFrame> python) {
    int ours = 0;
    while (ours < java.length && isOurs(java[ours].getClassName())) {
      ours++;
    }
    int count = python.size();
    StackTraceElement[] merged = new StackTraceElement[count + java.length - ours];
    for (int i = 0; i < count; i++) {
      merged[i] = element(python.get(count - 1 - i));
    }
    System.arraycopy(java, ours, merged, count, java.length - ours);
    return merged;
  }

  private static boolean isOurs(String className) {
    return className.startsWith(INTERNAL) || className.equals(BRIDGE);
  }

  static StackTraceElement element(PythonFrame frame) {
    return new StackTraceElement(
        moduleOf(frame.file()), frame.function(), frame.file(), frame.line());
  }

  /**
   * Gives a file's module in the place of a class: {@code <python>.json.decoder} is not known,
   * {@code decoder} is.
   */
  private static String moduleOf(String file) {
    int end = file.length() - 3;
    if (!file.endsWith(".py")) {
      return PYTHON;
    }
    int slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    return PYTHON + "." + file.substring(slash + 1, end);
  }
}
