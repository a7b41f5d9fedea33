package io.gilgamesh.internal;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stack traces that begin where the user came in: at the public method that was called. Python's
 * frames go above it.
 */
public final class StackTraces {

  private static final String API = "io.gilgamesh.";
  private static final String INTERNAL = "io.gilgamesh.internal.";
  private static final String ENTRY = INTERNAL + "Upcalls";
  private static final String BRIDGE = "io.gilgamesh.ApiAccess";
  private static final String PYTHON = "<python>";

  /** What stands for the Python code that called Java, whose own frames are not known there. */
  private static final StackTraceElement CROSSING =
      new StackTraceElement(PYTHON, "<call>", "into Java", -1);

  private static final StackTraceElement[] NONE = {};

  private StackTraces() {}

  /**
   * Merges the traces of one exception. One that passed through Java code on its way keeps that
   * code's frames, between Python's inner and outer ones.
   *
   * @param java the Java frames, innermost first; those of ours are dropped
   * @param record what is known of the exception
   * @return all of them, innermost first
   */
  public static StackTraceElement[] merge(StackTraceElement[] java, ExceptionRecord record) {
    List<PythonFrame> python = record.frames();
    List<StackTraceElement> merged = new ArrayList<>(java.length + python.size());
    Passage passed = ThreadRecord.own().passed;
    if (passed != null && passed.isOf(record)) {
      merged.addAll(Arrays.asList(passed.frames));
      python = python.subList(0, python.size() - passed.python.size());
    }
    addPython(python, merged);
    addReadable(java, ours(java), merged);
    return merged.toArray(NONE);
  }

  private static void addPython(List<PythonFrame> python, List<StackTraceElement> to) {
    String file = "";
    String module = PYTHON;
    for (int i = python.size() - 1; i >= 0; i--) {
      PythonFrame frame = python.get(i);
      if (!frame.file().equals(file)) {
        file = frame.file();
        module = moduleOf(file);
      }
      to.add(new StackTraceElement(module, frame.function(), file, frame.line()));
    }
  }

  /** Adds the frames without ours, but for a sign where Python called Java. */
  private static void addReadable(StackTraceElement[] java, int start, List<StackTraceElement> to) {
    for (int i = start; i < java.length; i++) {
      if (isEntry(java[i])) {
        to.add(CROSSING);
      } else if (!isInternal(java[i]) && !isInner(java, i)) {
        to.add(java[i]);
      }
    }
  }

  /**
   * Gives what happened in Java that Python called: without the Java code below, and without ours.
   *
   * @param java an exception's own stack trace
   * @return the frames, innermost first
   */
  public static StackTraceElement[] insideJava(StackTraceElement[] java) {
    List<StackTraceElement> readable = new ArrayList<>(java.length);
    addReadable(java, 0, readable);
    int outermost = readable.lastIndexOf(CROSSING);
    List<StackTraceElement> inside = outermost < 0 ? readable : readable.subList(0, outermost);
    return inside.toArray(NONE);
  }

  /**
   * Notes an exception that goes on into Python, for its trace if it comes out.
   *
   * @param passed the Java exception, or else the exception object
   * @param told the exception that has its frames so far
   */
  static void pass(Object passed, PythonException told) {
    StackTraceElement[] frames = told.getStackTrace();
    int crossing = Arrays.asList(frames).indexOf(CROSSING);
    if (crossing > 0) {
      ThreadRecord.own().passed = new Passage(passed, told, Arrays.copyOf(frames, crossing));
    }
  }

  /** Forgets what passed through, since it has come out or something else has. */
  public static void arrived() {
    ThreadRecord.own().passed = null;
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

  /** Of our own methods the one tells that the user called. */
  private static boolean isInner(StackTraceElement[] java, int index) {
    return isApi(java[index]) && index + 1 < java.length && isApi(java[index + 1]);
  }

  private static boolean isEntry(StackTraceElement frame) {
    return frame.getMethodName().equals("enter") && frame.getClassName().equals(ENTRY);
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
