package io.gilgamesh.internal;

import io.gilgamesh.PythonTuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Streams that were given for a context or for a block.
 *
 * @param stdin a {@link JavaStream} or a {@code String}, null for the interpreter's own
 * @param stdout null for the interpreter's own
 * @param stderr null for the interpreter's own
 */
public record StreamSet(
    @Nullable Object stdin, @Nullable JavaStream stdout, @Nullable JavaStream stderr) {

  /** None is given. */
  public static final StreamSet NONE = new StreamSet(null, null, null);

  /** The same streams under numbers of their own, as Python gets them, until it is closed. */
  static final class Numbered implements AutoCloseable {

    private final List<Long> numbers = new ArrayList<>(3);
    private final @Nullable Object[] arguments;

    Numbered(StreamSet set) {
      arguments = new Object[] {input(set.stdin), output(set.stdout), output(set.stderr)};
    }

    private @Nullable Object input(@Nullable Object stdin) {
      return stdin instanceof JavaStream stream ? (Object) put(stream) : stdin;
    }

    private @Nullable Object output(@Nullable JavaStream stream) {
      return stream == null ? null : PythonTuple.of(put(stream), stream.isBinary());
    }

    private long put(JavaStream stream) {
      long number = StreamTable.put(stream);
      numbers.add(number);
      return number;
    }

    @Nullable Object[] arguments() {
      return arguments;
    }

    @Override
    public void close() {
      numbers.forEach(StreamTable::remove);
    }
  }
}
