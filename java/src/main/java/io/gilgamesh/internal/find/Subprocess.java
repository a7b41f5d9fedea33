package io.gilgamesh.internal.find;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a Python program: bounded in time, both streams read, nothing of it left running
 * afterwards.
 */
public final class Subprocess {
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
          "PIP_ROOT",
          "PIP_PYTHON",
          "PIP_DRY_RUN",
          "PIP_REPORT",
          "UV_PYTHON",
          "UV_SYSTEM_PYTHON",
          "UV_NO_VERIFY_HASHES");

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
  public record Result(int exit, String output, String errors, boolean timedOut) {
    /**
     * Whether it did what it was to do.
     *
     * @return whether it ended by itself, with exit code 0
     */
    public boolean succeeded() {
      return exit == 0 && !timedOut;
    }

    /**
     * Whatever it said.
     *
     * @return its output, errors last
     */
    public String said() {
      return (output.strip() + "\n" + errors.strip()).strip();
    }
  }

  private Subprocess(Process process, Consumer<String> listener) {
    this.process = process;
    this.output = new Collector(process.getInputStream(), listener);
    this.errors = new Collector(process.getErrorStream(), listener);
  }

  /**
   * A program with what it is given.
   *
   * @param words the program and its arguments
   * @param changes environment variables that differ from those of this process; a null value takes
   *     one away
   * @param folder where it runs, or null for the working folder of this process
   */
  public record Command(
      List<String> words, Map<String, @Nullable String> changes, @Nullable Path folder) {

    ProcessBuilder builder() {
      ProcessBuilder builder = new ProcessBuilder(words);
      Map<String, String> environment = builder.environment();
      changes.forEach(
          (name, value) -> {
            if (value == null) {
              environment.remove(name);
            } else {
              environment.put(name, value);
            }
          });
      environment.keySet().removeAll(MISLEADING);
      return folder == null ? builder : builder.directory(folder.toFile());
    }
  }

  static Result run(List<String> command, Duration limit) throws IOException {
    return run(new Command(command, Map.of(), null), limit, line -> {});
  }

  /**
   * Runs a program.
   *
   * @param command the program
   * @param limit after how long it is ended
   * @param listener told each line that it writes at once, on a thread for each stream
   * @return how it ended
   * @throws IOException if it cannot be started, or this thread is interrupted
   */
  public static Result run(Command command, Duration limit, Consumer<String> listener)
      throws IOException {
    return new Subprocess(command.builder().start(), listener).await(limit);
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
