package io.gilgamesh.internal.find;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of a Python program: bounded in time, both streams read, nothing of it left running
 * afterwards.
 */
final class Subprocess {
  /**
   * Variables that would make a Python other than what it is, or an installer put things elsewhere.
   */
  private static final List<String> MISLEADING =
      List.of(
          "PYTHONHOME",
          "PYTHONPATH",
          "PYTHONSTARTUP",
          "__PYVENV_LAUNCHER__",
          "PIP_USER",
          "PIP_TARGET",
          "PIP_PREFIX",
          "PIP_ROOT");

  /** How long to wait for the rest of the output after the process has ended or was ended. */
  private static final long REST_MILLIS = 2_000;

  private final Process process;
  private final Collector output;
  private final Collector errors;

  /**
   * How a run ended.
   *
   * @param exit exit code
   * @param output what it wrote to its standard output
   * @param errors what it wrote to its standard error
   * @param timedOut whether it was ended because its time was up
   */
  record Result(int exit, String output, String errors, boolean timedOut) {
    boolean succeeded() {
      return exit == 0 && !timedOut;
    }

    /** Whatever it said, errors last. */
    String said() {
      return (output.strip() + "\n" + errors.strip()).strip();
    }
  }

  private Subprocess(Process process, Consumer<String> listener) {
    this.process = process;
    this.output = new Collector(process.getInputStream(), listener);
    this.errors = new Collector(process.getErrorStream(), listener);
  }

  static Result run(List<String> command, Duration limit) throws IOException {
    return run(command, limit, line -> {});
  }

  /** Runs a program; each line that it writes goes to the listener at once. */
  static Result run(List<String> command, Duration limit, Consumer<String> listener)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(MISLEADING);
    Process process = builder.start();
    return new Subprocess(process, listener).await(limit);
  }

  private Result await(Duration limit) throws IOException {
    output.start();
    errors.start();
    try {
      process.getOutputStream().close();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        end();
      }
      return new Result(process.waitFor(), output.text(), errors.text(), !ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "interrupted while waiting for " + process.info().command().orElse("a process"));
    } finally {
      end();
    }
  }

  /** Ends the process and its children: a launcher script's Python would keep the pipes open. */
  private void end() {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Reads one stream to its end. */
  private static final class Collector extends Thread {
    private final InputStream stream;
    private Consumer<String> listener;
    private final StringBuilder collected = new StringBuilder();

    Collector(InputStream stream, Consumer<String> listener) {
      super("gilgamesh-subprocess");
      this.stream = stream;
      this.listener = listener;
      setDaemon(true);
    }

    @Override
    public void run() {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          add(line);
          tell(line);
        }
      } catch (IOException | UncheckedIOException e) {
        add("(output ended: " + e.getMessage() + ")");
      }
    }

    /**
     * A listener that throws is told nothing more: the stream must be read to its end, or the
     * process would block.
     */
    private void tell(String line) {
      try {
        listener.accept(line);
      } catch (RuntimeException e) {
        listener = ignored -> {};
      }
    }

    private synchronized void add(String line) {
      collected.append(line).append('\n');
    }

    String text() throws InterruptedException {
      join(REST_MILLIS);
      synchronized (this) {
        return collected.toString();
      }
    }
  }
}
