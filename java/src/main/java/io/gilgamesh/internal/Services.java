package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the package {@code gilgamesh} asks of Java; {@code python/gilgamesh/_services.py} has the
 * numbers. No policy of what scripts may do stands in between: these are no members of classes.
 */
final class Services {

  private static final int WRITE = 0;
  private static final int WRITE_AT_END = 1;
  private static final int FLUSH = 2;
  private static final int READ = 3;
  private static final int IS_LOGGABLE = 4;
  private static final int LOG = 5;
  private static final int OPEN_CONTEXT = 6;
  private static final int RUN = 7;
  private static final int EVALUATE = 8;
  private static final int SET_VARIABLE = 9;
  private static final int RESET_CONTEXT = 10;
  private static final int CLOSE_CONTEXT = 11;

  private Services() {}

  static @Nullable Object call(
      int service, @Nullable Object[] arguments, @Nullable ContextState context)
      throws IOException {
    return switch (service) {
      case WRITE -> write(stream(arguments), given(arguments, 1));
      case WRITE_AT_END -> writeAtEnd(stream(arguments), given(arguments, 1));
      case FLUSH -> flush(stream(arguments));
      case READ -> read(stream(arguments), number(arguments, 1));
      case IS_LOGGABLE -> PythonLog.isLoggable(text(arguments, 0), number(arguments, 1));
      case LOG -> {
        PythonLog.log(
            text(arguments, 0),
            number(arguments, 1),
            text(arguments, 2),
            arguments[3],
            Parameters.required(context, "context"));
        yield null;
      }
      default -> contexts(service, arguments, Parameters.required(context, "context"));
    };
  }

  private static @Nullable Object contexts(
      int service, @Nullable Object[] arguments, ContextState asking) {
    switch (service) {
      case OPEN_CONTEXT:
        boolean isolated = (Boolean) given(arguments, 1);
        return ScriptContexts.open(asking, (String) arguments[0], isolated);
      case RUN:
        ScriptContexts.run(context(arguments), text(arguments, 1));
        return null;
      case EVALUATE:
        return ScriptContexts.evaluate(asking, context(arguments), text(arguments, 1));
      case SET_VARIABLE:
        ScriptContexts.set(context(arguments), text(arguments, 1), (PythonObject) given(arguments, 2));
        return null;
      case RESET_CONTEXT:
        return ScriptContexts.reset(context(arguments));
      case CLOSE_CONTEXT:
        ScriptContexts.close(context(arguments));
        return null;
      default:
        throw new IllegalStateException("no service " + service + " is known");
    }
  }

  private static long context(@Nullable Object[] arguments) {
    return (Long) given(arguments, 0);
  }

  // ---- streams

  private static boolean write(@Nullable JavaStream stream, Object data) throws IOException {
    return stream != null && stream.write(data);
  }

  private static boolean writeAtEnd(@Nullable JavaStream stream, Object data) {
    try {
      return write(stream, data);
    } catch (Exception e) {
      StreamTable.failedAtEnd(e);
      return true;
    }
  }

  private static @Nullable Object flush(@Nullable JavaStream stream) throws IOException {
    if (stream != null) {
      stream.flush();
    }
    return null;
  }

  private static byte @Nullable [] read(@Nullable JavaStream stream, int most) throws IOException {
    return stream == null ? null : stream.read(most);
  }

  private static @Nullable JavaStream stream(@Nullable Object[] arguments) {
    return StreamTable.find((Long) given(arguments, 0));
  }

  // ---- arguments

  private static Object given(@Nullable Object[] arguments, int index) {
    return Parameters.required(arguments[index], "argument");
  }

  private static int number(@Nullable Object[] arguments, int index) {
    return Math.toIntExact((Long) given(arguments, index));
  }

  private static String text(@Nullable Object[] arguments, int index) {
    return (String) given(arguments, index);
  }
}
