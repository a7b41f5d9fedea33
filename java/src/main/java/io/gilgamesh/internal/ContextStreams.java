package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives streams to a context or to a block of its code, by {@code gilgamesh._streams}. */
public final class ContextStreams {

  private static final String MODULE = "gilgamesh._streams";

  private ContextStreams() {}

  /**
   * Gives a context its streams, in place of those that it has.
   *
   * @param context an open context
   * @param streams the streams
   */
  public static void set(ContextState context, StreamSet streams) {
    endWithContext(context);
    StreamSet.Numbered given = new StreamSet.Numbered(streams);
    try {
      release(PackageModule.call(context, MODULE, "set_streams", given.arguments()));
      if (!context.isAtClose(MODULE)) {
        given.close(); // another thread is closing the context
      }
    } catch (Throwable e) {
      given.close();
      throw e;
    }
  }

  /** Gives up the numbers of streams that Python does not use any more. */
  private static void release(PythonObject numbers) {
    try (numbers) {
      for (long number : Parameters.required(numbers.to(long[].class), "numbers")) {
        StreamTable.remove(number);
      }
    }
  }

  private static void endWithContext(ContextState context) {
    context.atClose(MODULE, () -> release(PackageModule.call(context, MODULE, "forget")));
  }

  /**
   * Runs a body with streams for the calls that it makes in a context, and for the Python threads
   * that these start.
   *
   * @param <T> the result's type
   * @param context an open context
   * @param streams the streams; those that are not given stay as they are
   * @param body what to run
   * @return what the body returns
   */
  public static <T extends @Nullable Object> T with(
      ContextState context, StreamSet streams, Supplier<? extends T> body) {
    endWithContext(context);
    return VirtualThreads.pinned(() -> inBlock(context, streams, body));
  }

  private static <T extends @Nullable Object> T inBlock(
      ContextState context, StreamSet streams, Supplier<? extends T> body) {
    try (StreamSet.Numbered given = new StreamSet.Numbered(streams);
        PythonObject block =
            PackageModule.call(context, MODULE, "begin_block", given.arguments()).keep()) {
      try {
        return body.get();
      } finally {
        end(context, block);
      }
    }
  }

  /** Ends a block; that of a context which was closed meanwhile ended with it. */
  private static void end(ContextState context, PythonObject block) {
    try {
      PackageModule.call(context, MODULE, "end_block", block).close();
    } catch (IllegalStateException e) {
      if (!context.isClosed() && !PythonRuntime.get().isStopping()) {
        throw e;
      }
    }
  }

  /** What is written in a block, as text. */
  public static final class Capture {

    private final JavaStream.Text out = new JavaStream.Text();
    private final JavaStream.Text err = new JavaStream.Text();

    /** Makes one that nothing was written to yet. */
    public Capture() {}

    /**
     * Gives the streams of the block.
     *
     * @return stdout and stderr
     */
    public StreamSet streams() {
      return new StreamSet(null, out, err);
    }

    /**
     * Gives what was written to stdout.
     *
     * @return the text so far
     */
    public String out() {
      return out.text();
    }

    /**
     * Gives what was written to stderr.
     *
     * @return the text so far
     */
    public String err() {
      return err.text();
    }
  }
}
