package io.gilgamesh.internal;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonFrame;
import io.gilgamesh.PythonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the error records of the core and makes the exceptions to throw. */
final class ErrorRecords {

  private static final int PYTHON = 0;
  private static final int STALE = 1;
  private static final int CONTEXT_CLOSED = 2;
  private static final int OTHER_INTERPRETER = 3;
  private static final int CONVERSION = 4;
  private static final int PANIC = 5;
  private static final int STATE = 6;
  private static final int TIMEOUT = 7;
  private static final int START = 8;
  private static final int ARGUMENT = 9;
  private static final int UNSUPPORTED = 10;

  private static final byte SYNTAX = 1;
  private static final byte EXIT = 2;
  private static final byte THROWN_BY_JAVA = 3;
  private static final byte EXPLICIT_CAUSE = 1;

  private ErrorRecords() {}

  static RuntimeException read(Reader from) {
    int kind = from.readByte();
    return switch (kind) {
      case PYTHON -> ApiBridge.get().python(readException(from));
      case STALE -> stale(from.exchange, from.readLong());
      case CONTEXT_CLOSED -> contextClosed(from.exchange);
      case OTHER_INTERPRETER -> otherInterpreter(from.exchange);
      case CONVERSION -> ApiBridge.get().conversion(text(from), text(from));
      case PANIC -> throw ApiBridge.get().internal(text(from));
      case STATE -> state(text(from));
      case TIMEOUT -> Holders.timeout(from.readLong(), from.readLong());
      case START -> ApiBridge.get().start(text(from));
      case ARGUMENT -> argument(text(from));
      case UNSUPPORTED -> StackTraces.trimmed(new UnsupportedOperationException(text(from)));
      default -> state("broken reply: error kind " + kind);
    };
  }

  /** Finds out which object the stale handle belonged to: the receiver, or an argument. */
  private static RuntimeException stale(Exchange exchange, long ref) {
    ApiBridge api = ApiBridge.get();
    PythonObject receiver = exchange.receiver();
    if (receiver != null && Ref.bare(api.rawRef(receiver)) == ref) {
      return api.stale(receiver);
    }
    PythonObject argument = exchange.staleArgument(ref);
    return argument != null
        ? api.stale(argument)
        : state("a Python object among the arguments is closed");
  }

  /** Says which argument it was, and how its value gets there. */
  private static RuntimeException otherInterpreter(Exchange exchange) {
    ContextState target = exchange.context();
    String there = target == null ? "this context" : "context '" + target.name() + "'";
    PythonObject foreign = exchange.foreignArgument();
    if (foreign != null && foreign.isClosed()) {
      return ApiBridge.get().stale(foreign);
    }
    String which = foreign == null ? "a Python object" : ApiBridge.get().describe(foreign);
    return argument(
        which
            + " is of another interpreter than "
            + there
            + ", and Python objects cannot be shared between interpreters: copy it with"
            + " copyTo(context), or pass its value");
  }

  /** Says which object it was, where the verb was an object's. */
  private static RuntimeException contextClosed(Exchange exchange) {
    ContextState context = exchange.context();
    PythonObject receiver = exchange.receiver();
    if (receiver != null && context != null && context.isClosed()) {
      return ApiBridge.get().stale(receiver);
    }
    String name = context == null ? "the context" : "context '" + context.name() + "'";
    return state(name + " is closed; open it again and make its objects anew");
  }

  private static IllegalStateException state(String message) {
    return StackTraces.trimmed(new IllegalStateException(message));
  }

  private static IllegalArgumentException argument(String message) {
    return StackTraces.trimmed(new IllegalArgumentException(message));
  }

  // ---- Python exceptions

  static ExceptionRecord readException(Reader from) {
    ExceptionRecord.Builder record = new ExceptionRecord.Builder();
    long ref = from.readLong();
    record.type = text(from);
    record.message = text(from);
    record.value = ref == Ref.ABSENT ? null : exceptionObject(from, ref, record.type);
    record.notes = readTexts(from);
    record.frames = readFrames(from);
    readExtra(from, record);
    byte cause = from.readByte();
    record.explicitCause = cause == EXPLICIT_CAUSE;
    record.cause = cause == 0 ? null : readException(from);
    record.members = readMembers(from);
    return record.build();
  }

  private static @Nullable PythonObject exceptionObject(Reader from, long ref, String type) {
    ContextState context = from.exchange.context();
    return context == null
        ? null
        : ApiBridge.get().object(context, ref, from.exchange.transaction, Origin.EXCEPTION, type);
  }

  private static List<String> readTexts(Reader from) {
    int count = from.readCount(1);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text(from));
    }
    return texts;
  }

  private static List<PythonFrame> readFrames(Reader from) {
    int count = from.readCount(1);
    List<PythonFrame> frames = new ArrayList<>(count);
    String file = "";
    for (int i = 0; i < count; i++) {
      String other = ValueDecoder.readText(from); // null where it is the last frame's
      file = other == null ? file : other;
      String function = text(from);
      frames.add(new PythonFrame(file, function, from.readInt()));
    }
    return frames;
  }

  private static void readExtra(Reader from, ExceptionRecord.Builder record) {
    byte extra = from.readByte();
    if (extra == SYNTAX) {
      String file = ValueDecoder.readText(from);
      long line = from.readLong();
      long column = from.readLong();
      record.syntax =
          new PythonException.SyntaxLocation(file, line, column, ValueDecoder.readText(from));
    } else if (extra == THROWN_BY_JAVA) {
      record.thrown = (Throwable) HostTable.get(from.readLong());
    } else if (extra == EXIT) {
      record.exitCode = exitCode(ValueDecoder.read(from));
    }
  }

  /**
   * What the process would have exited with: None is 0, an int itself, anything else is printed and
   * gives 1.
   */
  private static Integer exitCode(@Nullable Object code) {
    if (code == null) {
      return 0;
    }
    return code instanceof Long number ? Integer.valueOf(number.intValue()) : Integer.valueOf(1);
  }

  private static List<ExceptionRecord> readMembers(Reader from) {
    int count = from.readCount(1);
    List<ExceptionRecord> members = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      members.add(readException(from));
    }
    return members;
  }

  private static String text(Reader from) {
    String text = ValueDecoder.readText(from);
    return text == null ? "" : text;
  }
}
