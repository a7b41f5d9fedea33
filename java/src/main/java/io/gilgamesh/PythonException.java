package io.gilgamesh;

import io.gilgamesh.internal.ExceptionRecord;
import io.gilgamesh.internal.StackTraces;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A Python exception that nothing in Python caught.
 *
 * <p>The message is what Python prints last: {@code NameError: name 'printx' is not defined}. The
 * stack trace has Python's frames above the Java frames of the caller. Python's {@code __cause__},
 * or else its {@code __context__}, is the Java cause; the members of an exception group are
 * suppressed exceptions too. The cause of an exception that is Java's own in Python is the Java
 * exception. Serializable without the exception object.
 */
public class PythonException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The class. */
  private final String type;

  /** The text without the class. */
  private final String pythonMessage;

  /** The notes. */
  private final String[] notes;

  /** The traceback, innermost last. */
  private final PythonFrame[] frames;

  /** Where the source is wrong, for a SyntaxError. */
  private final @Nullable SyntaxLocation syntax;

  /** The exit code asked for, for a SystemExit. */
  private final @Nullable Integer exitCode;

  /** Whether the cause was given by raise from. */
  private final boolean explicitCause;

  /** The members of a group. */
  private final PythonException[] members;

  private final transient @Nullable PythonObject value;

  /** The traceback as Python prints it, once asked for. */
  private @Nullable String tracebackText;

  /**
   * Where a source is wrong.
   *
   * @param file the file, null where Python does not name one
   * @param line the line, counted from 1, 0 if unknown
   * @param column the column, counted from 1, 0 if unknown
   * @param text the line's text, null if unknown
   * @serial exclude
   */
  // Without the tag, javadoc would want comments on fields where a record cannot have any.
  @SuppressWarnings("InvalidBlockTag")
  public record SyntaxLocation(@Nullable String file, long line, long column, @Nullable String text)
      implements Serializable {}

  PythonException(ExceptionRecord record, boolean thrownHere) {
    super(JavaCause.headline(record), causeOf(record), true, true);
    type = record.type();
    pythonMessage = record.message();
    notes = record.notes().toArray(new String[0]);
    frames = record.frames().toArray(new PythonFrame[0]);
    syntax = record.syntax();
    exitCode = record.exitCode();
    explicitCause = record.explicitCause();
    value = record.value();
    members = record.members().stream().map(m -> of(m, false)).toArray(PythonException[]::new);
    StackTraceElement[] caller = thrownHere ? super.getStackTrace() : new StackTraceElement[0];
    super.setStackTrace(StackTraces.merge(caller, record));
    if (thrownHere) {
      StackTraces.arrived();
    }
    for (PythonException member : members) {
      super.addSuppressed(member);
    }
    Throwable untold = record.thrown() == null ? null : JavaCause.untold(record, record.thrown());
    if (untold != null) {
      super.addSuppressed(untold);
    }
  }

  /** Copies what an exception tells, without its object and its cause. */
  PythonException(PythonException told) {
    super(told.getMessage(), null, true, true);
    type = told.type;
    pythonMessage = told.pythonMessage;
    notes = told.notes;
    frames = told.frames;
    syntax = told.syntax;
    exitCode = told.exitCode;
    explicitCause = false;
    value = null;
    members = new PythonException[0];
    super.setStackTrace(told.getStackTrace());
  }

  /** Makes the exception of that record, by its class in Python. */
  static PythonException of(ExceptionRecord record, boolean thrownHere) {
    return switch (record.type()) {
      case "gilgamesh.Interrupted" -> new PythonInterruptedException(record, thrownHere);
      case "gilgamesh.DeadlineExceeded" -> new PythonDeadlineException(record, thrownHere);
      default -> new PythonException(record, thrownHere);
    };
  }

  /** Copies what an exception tells, without its object and its cause. */
  static PythonException told(PythonException exception) {
    if (exception instanceof PythonDeadlineException deadline) {
      return new PythonDeadlineException(deadline);
    }
    return exception instanceof PythonInterruptedException interrupted
        ? new PythonInterruptedException(interrupted)
        : new PythonException(exception);
  }

  private static @Nullable Throwable causeOf(ExceptionRecord record) {
    if (record.thrown() != null) {
      return record.thrown();
    }
    ExceptionRecord cause = record.cause();
    return cause == null ? null : of(cause, false);
  }

  /**
   * Names the exception's class.
   *
   * @return such as {@code ValueError}, with its module where that is not builtins: {@code
   *     json.decoder.JSONDecodeError}
   */
  public String type() {
    return type;
  }

  /**
   * Gives the exception's own text, without its class.
   *
   * @return Python's {@code str} of the exception, possibly empty
   */
  public String pythonMessage() {
    return pythonMessage;
  }

  /**
   * Gives the exception object. Its handle lives until it is closed or this exception is collected.
   *
   * @return the object
   * @throws IllegalStateException if Python had none to give, or this exception was serialized
   */
  public PythonObject value() {
    PythonObject object = value;
    if (object == null) {
      throw new IllegalStateException("the Python object of this exception is not available");
    }
    return object;
  }

  /** Gives the exception object where there is one that can still be used. */
  @Nullable PythonObject liveValue() {
    PythonObject object = value;
    return object == null || object.isClosed() ? null : object;
  }

  /**
   * Gives the notes that were added to the exception.
   *
   * @return the texts in order, unmodifiable
   */
  public List<String> notes() {
    return List.of(notes);
  }

  /**
   * Gives Python's traceback.
   *
   * @return the frames, innermost last, unmodifiable
   */
  public List<PythonFrame> frames() {
    return List.of(frames);
  }

  /**
   * Tells where the source is wrong.
   *
   * @return the place, empty unless this is a SyntaxError
   */
  public Optional<SyntaxLocation> syntax() {
    return Optional.ofNullable(syntax);
  }

  /**
   * Tells which exit code was asked for. None counts as 0, anything but an int as 1.
   *
   * @return the code, empty unless this is a SystemExit
   */
  public OptionalInt exitCode() {
    Integer code = exitCode;
    return code == null ? OptionalInt.empty() : OptionalInt.of(code);
  }

  /**
   * Gives the members of an exception group. At most 10 000 exceptions travel together, causes and
   * members of members counted; {@link #value} has all.
   *
   * @return the members in order, empty unless this is a group, unmodifiable
   */
  public List<PythonException> exceptions() {
    return List.of(members);
  }

  /** Tells whether the cause was given by {@code raise ... from}, or was merely being handled. */
  boolean hasExplicitCause() {
    return explicitCause;
  }

  /**
   * Gives the traceback as Python prints it. Attaches to ask Python, once, and waits for it; where
   * the exception object is no longer open, the text is put together from the frames.
   *
   * @return several lines, ending with a line break
   */
  public String tracebackText() {
    String text = tracebackText;
    if (text == null) {
      text = formatted();
      tracebackText = text;
    }
    return text;
  }

  private String formatted() {
    PythonObject object = liveValue();
    if (object != null) {
      try {
        return object.formatTraceback();
      } catch (RuntimeException e) {
        return TracebackText.of(this); // its context closed meanwhile, or a __str__ raised
      }
    }
    return TracebackText.of(this);
  }
}
