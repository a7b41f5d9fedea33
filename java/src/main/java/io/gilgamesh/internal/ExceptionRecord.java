package io.gilgamesh.internal;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonFrame;
import io.gilgamesh.PythonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the core tells of a Python exception.
 *
 * @param value the exception object, null where there is none
 * @param type the class, qualified unless it is a builtin
 * @param message its {@code str}
 * @param notes its notes
 * @param frames its traceback, innermost last
 * @param syntax where the source is wrong, for a SyntaxError
 * @param exitCode what the process would have exited with, for a SystemExit
 * @param thrown the Java exception that it is in Python, null where it is Python's own
 * @param cause the exception behind it
 * @param explicitCause whether the cause was given by {@code raise from}
 * @param members the members of an exception group
 */
public record ExceptionRecord(
    @Nullable PythonObject value,
    String type,
    String message,
    List<String> notes,
    List<PythonFrame> frames,
    PythonException.@Nullable SyntaxLocation syntax,
    @Nullable Integer exitCode,
    @Nullable Throwable thrown,
    @Nullable ExceptionRecord cause,
    boolean explicitCause,
    List<ExceptionRecord> members) {

  /**
   * Describes an exception that Python did not raise.
   *
   * @param type the class that it is an exception of
   * @param message what it says
   * @param frames where the code is
   * @return the record
   */
  public static ExceptionRecord told(String type, String message, List<PythonFrame> frames) {
    Builder record = new Builder();
    record.type = type;
    record.message = message;
    record.frames = frames;
    return record.build();
  }

  /**
   * Gives the same without the exception objects, which are let go: for exceptions that a Java
   * exception keeps which Python may hold, since no collector sees that circle.
   *
   * @return the record of an exception that has no value
   */
  public ExceptionRecord withoutObjects() {
    if (value != null) {
      value.close();
    }
    return new ExceptionRecord(
        null,
        type,
        message,
        notes,
        frames,
        syntax,
        exitCode,
        thrown,
        cause == null ? null : cause.withoutObjects(),
        explicitCause,
        members.stream().map(ExceptionRecord::withoutObjects).toList());
  }

  /** The parts in the order in which they are read. */
  static final class Builder {
    @Nullable PythonObject value;
    String type = "";
    String message = "";
    List<String> notes = List.of();
    List<PythonFrame> frames = List.of();
    PythonException.@Nullable SyntaxLocation syntax;
    @Nullable Integer exitCode;
    @Nullable Throwable thrown;
    @Nullable ExceptionRecord cause;
    boolean explicitCause;
    List<ExceptionRecord> members = List.of();

    ExceptionRecord build() {
      return new ExceptionRecord(
          value,
          type,
          message,
          notes,
          frames,
          syntax,
          exitCode,
          thrown,
          cause,
          explicitCause,
          members);
    }
  }
}
