package io.gilgamesh.internal;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The records of Python's {@code logging} on their way to {@code System.Logger}. */
public final class PythonLog implements AutoCloseable {

  private static final String MODULE = "gilgamesh._logging";
  private static final BoundedCache<String, System.Logger> LOGGERS = new BoundedCache<>(1024);
  private static final AtomicLong NEXT = new AtomicLong(1);

  private final ContextState context;
  private final long number = NEXT.getAndIncrement();

  private PythonLog(ContextState context) {
    this.context = context;
  }

  /**
   * Begins to hand over the records of a context's interpreter.
   *
   * @param context an open context, with which it ends
   * @param least the level that Python's root logger gets, null to leave it alone
   * @return what ends it
   */
  public static PythonLog begin(ContextState context, System.Logger.@Nullable Level least) {
    PythonLog begun = new PythonLog(context);
    context.atClose(begun, begun::end);
    try {
      Object level = least == null ? null : (long) pythonLevel(least);
      PackageModule.call(context, MODULE, "begin", begun.number, level).close();
    } catch (Throwable e) {
      context.forgetAtClose(begun);
      throw e;
    }
    return begun;
  }

  @Override
  public void close() {
    if (!context.forgetAtClose(this)) {
      return;
    }
    try {
      end();
    } catch (IllegalStateException e) {
      if (!context.isClosed() && !PythonRuntime.get().isStopping()) {
        throw e;
      }
    }
  }

  private void end() {
    PackageModule.call(context, MODULE, "end", number).close();
  }

  /** What Python calls a level; one that lets nothing pass where it is OFF. */
  private static int pythonLevel(System.Logger.Level level) {
    return switch (level) {
      case ALL, TRACE -> 1;
      case DEBUG -> 10;
      case INFO -> 20;
      case WARNING -> 30;
      case ERROR -> 40;
      case OFF -> Integer.MAX_VALUE;
    };
  }

  // ---- asked by Python

  static boolean isLoggable(String logger, int severity) {
    return logger(logger).isLoggable(Log.level(severity));
  }

  /**
   * Logs a record.
   *
   * @param exception the exception object or the Java exception that it is, or null
   */
  static void log(
      String logger,
      int severity,
      String message,
      @Nullable Object exception,
      ContextState context) {
    Throwable thrown =
        exception instanceof PythonObject python ? thrown(context, python) : (Throwable) exception;
    logger(logger).log(Log.level(severity), message, thrown);
  }

  private static System.Logger logger(String name) {
    System.Logger known = LOGGERS.get(name);
    if (known == null) {
      known = System.getLogger(name);
      LOGGERS.put(name, known);
    }
    return known;
  }

  /** Makes the Java exception of an exception object, without Python's objects. */
  private static Throwable thrown(ContextState context, PythonObject exception) {
    ThreadRecord thread = ThreadRecord.own();
    // An exception that is on its way through this thread is still to come out.
    Passage passed = thread.passed;
    try (exception;
        Exchange exchange = Exchange.lease(context, exception)) {
      long ref = ApiBridge.get().ref(exception);
      Calls.number(exchange, ObjectCalls.inspect(exchange, ref, Want.NOTHING, Inspect.RAISED));
      throw new AssertionError("an exception was raised");
    } catch (RuntimeException e) {
      release(e, Collections.newSetFromMap(new IdentityHashMap<>()));
      return e;
    } finally {
      thread.passed = passed;
    }
  }

  /** Closes the handles: loggers may keep records for long, and tracebacks keep variables. */
  private static void release(@Nullable Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return;
    }
    if (thrown instanceof PythonException python) {
      PythonObject value = ApiBridge.get().liveValue(python);
      if (value != null) {
        value.close();
      }
      for (Throwable member : python.getSuppressed()) {
        release(member, seen);
      }
      release(python.getCause(), seen);
    }
  }
}
