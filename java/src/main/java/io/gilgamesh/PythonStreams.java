package io.gilgamesh;

import io.gilgamesh.internal.JavaStream;
import io.gilgamesh.internal.Parameters;
import io.gilgamesh.internal.StreamSet;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where Python code writes, and what it reads: what {@code sys.stdout}, {@code sys.stderr} and
 * {@code sys.stdin} stand for. For a context by {@link PythonContext#setStreams}, for some calls by
 * {@link PythonContext#withStreams}. Immutable.
 *
 * <pre>{@code
 * context.setStreams(PythonStreams.inherit().stdout(System.out).stderr(line -> log.warn(line)));
 * }</pre>
 *
 * <p>Text comes to Java when a line ends, when Python flushes, and when the verb that ran the code
 * ends. A stream or callback is called by the thread whose Python code writes or reads, detached,
 * by one at a time; what it throws is raised by that write or read. It stays its owner's: it is
 * flushed, never closed. What its own Python code writes to it while it is being called goes to the
 * interpreter's own stream. Python code that replaces {@code sys.stdout} itself has what it put
 * there, and what C code writes to the file descriptors does not come here.
 */
public final class PythonStreams {

  private static final PythonStreams INHERIT = new PythonStreams(StreamSet.NONE);

  private final StreamSet set;

  private PythonStreams(StreamSet set) {
    this.set = set;
  }

  /**
   * Names no stream: each is what it is around.
   *
   * @return the one to begin with
   */
  public static PythonStreams inherit() {
    return INHERIT;
  }

  /**
   * Names a stream for {@code sys.stdout}.
   *
   * @param to takes UTF-8; flushed where Python flushes
   * @return these streams with that one
   */
  public PythonStreams stdout(OutputStream to) {
    return withStdout(JavaStream.bytes(Parameters.required(to, "to")));
  }

  /**
   * Names a callback for {@code sys.stdout}.
   *
   * @param lines takes each line without its line break; of one that is flushed before it ends,
   *     each part
   * @return these streams with that one
   */
  public PythonStreams stdout(Consumer<? super String> lines) {
    return withStdout(JavaStream.lines(Parameters.required(lines, "lines")));
  }

  /**
   * Names a stream for {@code sys.stderr}.
   *
   * @param to takes UTF-8; flushed where Python flushes
   * @return these streams with that one
   */
  public PythonStreams stderr(OutputStream to) {
    return withStderr(JavaStream.bytes(Parameters.required(to, "to")));
  }

  /**
   * Names a callback for {@code sys.stderr}.
   *
   * @param lines takes each line, as for {@link #stdout(Consumer)}
   * @return these streams with that one
   */
  public PythonStreams stderr(Consumer<? super String> lines) {
    return withStderr(JavaStream.lines(Parameters.required(lines, "lines")));
  }

  /**
   * Names a stream for {@code sys.stdin}.
   *
   * @param from gives UTF-8; read ahead, as much as it gives at once, up to some thousand bytes
   * @return these streams with that one
   */
  public PythonStreams stdin(InputStream from) {
    return withStdin(JavaStream.input(Parameters.required(from, "from")));
  }

  /**
   * Names a text for {@code sys.stdin}.
   *
   * @param text what is read, from its beginning each time that these streams are set
   * @return these streams with that one
   */
  public PythonStreams stdin(String text) {
    return withStdin(Parameters.required(text, "text"));
  }

  private PythonStreams withStdin(Object stdin) {
    return new PythonStreams(new StreamSet(stdin, set.stdout(), set.stderr()));
  }

  private PythonStreams withStdout(JavaStream stdout) {
    return new PythonStreams(new StreamSet(set.stdin(), stdout, set.stderr()));
  }

  private PythonStreams withStderr(JavaStream stderr) {
    return new PythonStreams(new StreamSet(set.stdin(), set.stdout(), stderr));
  }

  StreamSet set() {
    return set;
  }

  /** Says which streams it names. */
  @Override
  public String toString() {
    return "PythonStreams["
        + named("stdin", set.stdin())
        + named("stdout", set.stdout())
        + named("stderr", set.stderr()).trim()
        + "]";
  }

  private static String named(String name, @Nullable Object given) {
    return name + (given == null ? "=inherited " : "=given ");
  }
}
