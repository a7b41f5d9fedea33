package io.gilgamesh.internal;

import io.gilgamesh.PythonFrame;
import java.util.List;

/**
 * The trace of a Python exception when it last went from Java into Python, without the exception
 * itself, which nothing keeps alive.
 *
 * @param message the headline
 * @param python the Python frames that it had then, innermost last
 * @param frames the frames above the Python code into which it went, innermost first
 */
record Passage(String message, List<PythonFrame> python, StackTraceElement[] frames) {

  /** Whether an exception that comes out of Python is this one: Python only adds outer frames. */
  boolean isOf(String otherMessage, List<PythonFrame> other) {
    int more = other.size() - python.size();
    return more >= 0
        && message.equals(otherMessage)
        && python.equals(other.subList(more, other.size()));
  }
}
