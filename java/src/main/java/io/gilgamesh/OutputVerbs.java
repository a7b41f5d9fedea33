package io.gilgamesh;

import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.ContextStreams;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.PythonLog;
import io.gilgamesh.internal.StreamSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The verbs of {@link PythonContext} for what its code writes, reads and logs. */
abstract class OutputVerbs {

  private volatile @Nullable PythonStreams streams;

  OutputVerbs() {}

  /** The state of the context, open or not. */
  abstract ContextState state();

  /** The state of the context, which is open. */
  abstract ContextState openState();

  /**
   * Says where the Python code of this context writes and what it reads, from now on. What it wrote
   * before goes where it was written. Threads that it starts from now on have the same streams.
   *
   * @param streams the streams; those that it does not name are the interpreter's own again
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public void setStreams(PythonStreams streams) {
    ContextStreams.set(openState(), Parameters.required(streams, "streams").set());
    this.streams = streams;
  }

  /**
   * Runs a body, in which the Python code that this thread runs in this context, and the Python
   * threads that it starts, have other streams. Such blocks nest: the innermost counts.
   *
   * @param streams the streams; those that it does not name stay as they are
   * @param body what to run, once, on this thread
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public void withStreams(PythonStreams streams, Runnable body) {
    Parameters.required(body, "body");
    this.<@Nullable Void>withStreams(streams, returning(body));
  }

  /**
   * Runs a body and gives its result, as {@link #withStreams(PythonStreams, Runnable)}.
   *
   * @param <T> the result's type
   * @param streams the streams; those that it does not name stay as they are
   * @param body what to run, once, on this thread
   * @return what the body returns
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public <T extends @Nullable Object> T withStreams(
      PythonStreams streams, Supplier<? extends T> body) {
    StreamSet set = Parameters.required(streams, "streams").set();
    return ContextStreams.with(openState(), set, Parameters.required(body, "body"));
  }

  /**
   * Runs a body and keeps what the Python code that this thread runs in this context meanwhile, and
   * the Python threads that it starts, write to stdout and stderr. Captures nest: the innermost
   * gets all. What other threads write goes on as before.
   *
   * @param body what to run, once, on this thread; what it throws is thrown, and the text is lost:
   *     {@link #withStreams} keeps it
   * @return the texts
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public PythonOutput<@Nullable Void> capture(Runnable body) {
    Parameters.required(body, "body");
    return this.<@Nullable Void>capture(returning(body));
  }

  /**
   * Runs a body and gives its result and what was written, as {@link #capture(Runnable)}.
   *
   * @param <T> the result's type
   * @param body what to run, once, on this thread
   * @return the result and the texts
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public <T extends @Nullable Object> PythonOutput<T> capture(Supplier<? extends T> body) {
    Parameters.required(body, "body");
    ContextStreams.Capture capture = new ContextStreams.Capture();
    T result = ContextStreams.<T>with(openState(), capture.streams(), body);
    return new PythonOutput<>(result, capture.out(), capture.err());
  }

  /**
   * Hands the records of Python's {@code logging} over to {@link System.Logger}, leaving Python's
   * levels as they are: its root logger begins at WARNING.
   *
   * @return what ends it, see {@link PythonLogging}
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public PythonLogging forwardLogging() {
    return new PythonLogging(PythonLog.begin(openState(), null));
  }

  /**
   * Hands the records of Python's {@code logging} over to {@link System.Logger}.
   *
   * @param least the level that Python's root logger gets meanwhile; then the level of the Java
   *     logger counts too
   * @return what ends it, see {@link PythonLogging}
   * @throws IllegalStateException if the context is closed or the JVM is exiting
   */
  public PythonLogging forwardLogging(System.Logger.Level least) {
    return new PythonLogging(PythonLog.begin(openState(), Parameters.required(least, "least")));
  }

  private static Supplier<@Nullable Void> returning(Runnable body) {
    return () -> {
      body.run();
      return null;
    };
  }

  /** Gives the context, which was reset, the streams that were set for it. */
  final void setStreamsAgain() {
    PythonStreams own = streams;
    if (own != null) {
      ContextStreams.set(openState(), own.set());
    }
  }
}
