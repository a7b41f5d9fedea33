package io.gilgamesh.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A stream of Java's that Python code writes to or reads, called by one thread at a time.
 *
 * <p>Its lock is held while the user's stream or callback runs, on a thread that is detached: so
 * threads that wait for it hold no GIL. Where that code runs Python code which writes to the same
 * stream, the stream refuses.
 */
public abstract class JavaStream {

  private final ReentrantLock lock = new ReentrantLock();

  private JavaStream() {}

  // ---- kinds

  /**
   * Makes a stream of bytes.
   *
   * @param to takes UTF-8
   * @return the stream
   */
  public static JavaStream bytes(OutputStream to) {
    return new Bytes(to);
  }

  /**
   * Makes a stream of lines.
   *
   * @param to takes each line, without its end
   * @return the stream
   */
  public static JavaStream lines(Consumer<? super String> to) {
    return new Lines(to);
  }

  /**
   * Makes a stream that is read.
   *
   * @param from gives UTF-8
   * @return the stream
   */
  public static JavaStream input(InputStream from) {
    return new Input(from);
  }

  private static final class Bytes extends JavaStream {
    private final OutputStream to;

    Bytes(OutputStream to) {
      this.to = to;
    }

    @Override
    boolean isBinary() {
      return true;
    }

    @Override
    void accept(Object data) throws IOException {
      to.write((byte[]) data);
    }

    @Override
    void acceptFlush() throws IOException {
      to.flush();
    }
  }

  private static final class Lines extends JavaStream {
    private final Consumer<? super String> to;

    Lines(Consumer<? super String> to) {
      this.to = to;
    }

    @Override
    void accept(Object data) {
      String text = (String) data;
      int start = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        to.accept(text.substring(start, end));
        start = end + 1;
      }
      if (start < text.length()) {
        to.accept(text.substring(start));
      }
    }
  }

  /** Keeps what is written; read by whoever made it, while others may write. */
  static final class Text extends JavaStream {
    private final StringBuilder text = new StringBuilder();

    @Override
    void accept(Object data) {
      synchronized (text) {
        text.append((String) data);
      }
    }

    String text() {
      synchronized (text) {
        return text.toString();
      }
    }
  }

  private static final class Input extends JavaStream {
    private final InputStream from;

    Input(InputStream from) {
      this.from = from;
    }

    @Override
    byte[] acceptRead(int most) throws IOException {
      byte[] part = new byte[most];
      int read = from.read(part);
      return read == most ? part : Arrays.copyOf(part, Math.max(read, 0));
    }
  }

  // ---- what a kind does

  /** Whether it takes bytes, and not text. */
  boolean isBinary() {
    return false;
  }

  void accept(Object data) throws IOException {
    throw new IOException("this stream is not written to");
  }

  void acceptFlush() throws IOException {}

  byte[] acceptRead(int most) throws IOException {
    throw new IOException("this stream is not read");
  }

  // ---- what Python asks for

  /** Writes, unless this thread is inside a call of the stream; whether it did. */
  final boolean write(Object data) throws IOException {
    if (lock.isHeldByCurrentThread()) {
      return false;
    }
    lock.lock();
    try {
      accept(data);
      return true;
    } finally {
      lock.unlock();
    }
  }

  final void flush() throws IOException {
    if (lock.isHeldByCurrentThread()) {
      return;
    }
    lock.lock();
    try {
      acceptFlush();
    } finally {
      lock.unlock();
    }
  }

  /** Reads at least a byte, none at the end. */
  final byte[] read(int most) throws IOException {
    if (lock.isHeldByCurrentThread()) {
      return new byte[0];
    }
    lock.lock();
    try {
      return acceptRead(most);
    } finally {
      lock.unlock();
    }
  }
}
