package io.gilgamesh.internal;

import io.gilgamesh.PythonFrame;
import java.util.Arrays;
import java.util.List;

/**
 * Stack traces that begin where the user came in: at the public method that was called. Python's
 * frames go above it.
 */
public final class StackTraces {

  private static final String API = "io.gilgamesh.";
  private static final String INTERNAL = "io.gilgamesh.internal.";
  private static final String BRIDGE = "io.gilgamesh.ApiAccess";
  private static final String PYTHON = "<python>";

  private StackTraces() {}

  /**
   * Merges the traces of one exception.
   *
   * @param java the Java frames, innermost first; ours on top of the public method are dropped
   * @param python the Python frames, innermost last
   * @return all of them, innermost first
   */
  public static StackTraceElement[] merge(StackTraceElement[] java, List<PythonFrame> python) {
    int ours = ours(java);
    int count = python.size();
    StackTraceElement[] merged = new StackTraceElement[count + java.length - ours];
    String file = "";
    String module = PYTHON;
    for (int i = 0; i < count; i++) {
      PythonFrame frame = python.get(count - 1 - i);
      if (!frame.file().equals(file)) {
        file = frame.file();
        module = moduleOf(file);
      }
      merged[i] = new StackTraceElement(module, frame.function(), file, frame.line());
    }
    System.arraycopy(java, ours, merged, count, java.length - ours);
    return merged;
  }

  /**
   * Drops the frames of ours that lie below the public method which the user called.
   *
   * @param <T> the exception's class
   * @param exception an exception just made
   * @return the exception
   */
  public static <T extends Throwable> T trimmed(T exception) {
    StackTraceElement[] java = exception.getStackTrace();
    exception.setStackTrace(Arrays.copyOfRange(java, ours(java), java.length));
    return exception;
  }

  /** Counts the frames on top that are ours, without the outermost one that is API. */
  private static int ours(StackTraceElement[] java) {
    int end = 0;
    int entry = -1;
    while (end < java.length && (isInternal(java[end]) || isApi(java[end]))) {
      entry = isApi(java[end]) ? end : entry;
      end++;
    }
    return entry < 0 ? end : entry;
  }

  private static boolean isInternal(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith(INTERNAL) || name.equals(BRIDGE);
  }

  private static boolean isApi(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith(API) && name.indexOf('.', API.length()) < 0 && !name.equals(BRIDGE);
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
