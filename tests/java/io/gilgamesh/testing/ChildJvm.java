package io.gilgamesh.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A main class in a JVM of its own, for what could crash, hang or exit one. It has this JVM's class
 * path and settings.
 */
public final class ChildJvm {

  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);

  private final List<String> launcher = new ArrayList<>();
  private final List<String> jvmArguments = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Class<?> main;
  private String classPath = System.getProperty("java.class.path");
  private Duration deadline = DEFAULT_DEADLINE;
  private String input;
  private Path folder = Path.of("");
  private boolean errorsApart;

  private ChildJvm(Class<?> main) {
    this.main = main;
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("gilgamesh."))
        .forEach(name -> jvm("-D" + name + "=" + System.getProperty(name)));
    if (ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-Xcheck:jni")) {
      jvm("-Xcheck:jni");
    }
    if (Runtime.version().feature() >= 22) {
      jvm("--enable-native-access=ALL-UNNAMED");
    }
  }

  public static ChildJvm of(Class<?> main) {
    return new ChildJvm(main);
  }

  public ChildJvm jvm(String... more) {
    jvmArguments.addAll(List.of(more));
    return this;
  }

  /**
   * Undoes what this JVM was started with: a shell lets jobs in the background ignore SIGINT, which
   * processes inherit. Only GNU's env can.
   */
  public ChildJvm withDefaultSignals() {
    if (System.getProperty("os.name").equals("Linux")) {
      launcher.addAll(List.of("env", "--default-signal=INT,TERM"));
    }
    return this;
  }

  public ChildJvm arguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  public ChildJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public ChildJvm classPath(String other) {
    classPath = other;
    return this;
  }

  /** All that its standard input holds; by default it is open and holds nothing. */
  public ChildJvm input(String text) {
    input = text;
    return this;
  }

  /** Where it runs. */
  public ChildJvm folder(Path other) {
    folder = other;
    return this;
  }

  /** Keeps what it writes to its standard error stream out of the output. */
  public ChildJvm withoutErrors() {
    errorsApart = true;
    return this;
  }

  public ChildJvm deadline(Duration other) {
    deadline = other;
    return this;
  }

  /** What became of it; output and errors are one text. */
  public record Result(int exitCode, String output, Duration time, boolean inTime) {

    /** Fails unless it exited so, in time. */
    public Result expectExit(int expected) {
      if (!inTime || exitCode != expected) {
        throw new AssertionError(
            (inTime ? "exit code " + exitCode : "killed at its deadline")
                + " after "
                + time.toMillis()
                + " ms\n"
                + output);
      }
      return this;
    }

    public Result expectOutput(String part) {
      if (!output.contains(part)) {
        throw new AssertionError("no '" + part + "' in the output:\n" + output);
      }
      return this;
    }
  }

  public Result run() {
    return start().await();
  }

  public Running start() {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile());
    if (errorsApart) {
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    } else {
      builder.redirectErrorStream(true);
    }
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      if (input != null) {
        try (OutputStream out = process.getOutputStream()) {
          out.write(input.getBytes(StandardCharsets.UTF_8));
        }
      }
      return new Running(process, deadline);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that runs. */
  public static final class Running {
    private final Process process;
    private final Duration deadline;
    private final long start = System.nanoTime();
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<Void> reader;

    Running(Process process, Duration deadline) {
      this.process = process;
      this.deadline = deadline;
      this.reader = CompletableFuture.runAsync(this::read);
    }

    private void read() {
      byte[] part = new byte[8192];
      try (InputStream in = process.getInputStream()) {
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
          output.append(new String(part, 0, n, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        output.append(e);
      }
    }

    public ProcessHandle handle() {
      return process.toHandle();
    }

    /** Waits until the output holds a text. */
    public Running awaitOutput(String part) throws InterruptedException {
      while (output.indexOf(part) < 0) {
        if (!process.isAlive() || System.nanoTime() - start > deadline.toNanos()) {
          process.destroyForcibly();
          throw new AssertionError("no '" + part + "' in the output:\n" + output);
        }
        Thread.sleep(5);
      }
      return this;
    }

    public Result await() {
      try {
        boolean inTime = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (!inTime) {
          process.destroyForcibly().waitFor();
        }
        reader.get(5, TimeUnit.SECONDS);
        return new Result(process.exitValue(), output.toString(), time, inTime);
      } catch (Exception e) {
        throw new AssertionError("waiting for a child JVM: " + output, e);
      }
    }
  }
}
