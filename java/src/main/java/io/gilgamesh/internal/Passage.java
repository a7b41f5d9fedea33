package io.gilgamesh.internal;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonFrame;
import io.gilgamesh.PythonObject;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trace of an exception when it last went from Java into Python. The exception itself is not
 * kept alive: where it was collected meanwhile, its frames in Java are not known.
 */
final class Passage {

  /** The Python frames that it had then, innermost last. */
  final List<PythonFrame> python;

  /** The frames above the Python code into which it went, innermost first. */
  final StackTraceElement[] frames;

  /** The Java exception, or else the exception object. */
  private final WeakReference<Object> passed;

  Passage(Object passed, PythonException told, StackTraceElement[] frames) {
    this.passed = new WeakReference<>(passed);
    this.frames = frames;
    python = told.frames();
  }

  /** Whether an exception that comes out of Python is this one: Python only adds outer frames. */
  boolean isOf(ExceptionRecord record) {
    int more = record.frames().size() - python.size();
    return more > 0
        && python.equals(record.frames().subList(more, record.frames().size()))
        && isSame(record.thrown(), record.value());
  }

  private boolean isSame(@Nullable Throwable thrown, @Nullable PythonObject value) {
    Object known = passed.get();
    if (thrown != null || !(known instanceof PythonObject object)) {
      return known != null && known == thrown;
    }
    try {
      return value != null && !object.isClosed() && object.isSame(value);
    } catch (IllegalStateException e) {
      return false; // closed meanwhile
    }
  }
}
