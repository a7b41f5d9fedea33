package io.gilgamesh.bench;

import io.gilgamesh.PythonInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Child processes, which measure what this one cannot and print the figures as one line. */
final class Child {

  private Child() {}

  /** Runs a program of the floors' with the Python that the benchmarks use. */
  static long[] run(String floor, PythonInfo info) {
    String program = info.executable().map(Path::toString).orElse("");
    String home = program.isEmpty() ? info.basePrefix().toString() : "";
    return run(
        List.of(FloorNatives.file(floor).toString(), info.library().toString(), program, home));
  }

  /** Runs a child and reads the numbers of the only line that it prints. */
  static long[] run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String line = new String(process.getInputStream().readAllBytes()).trim();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + line);
      }
      String[] words = line.split(" ");
      long[] numbers = new long[words.length];
      for (int i = 0; i < words.length; i++) {
        numbers[i] = Long.parseLong(words[i]);
      }
      return numbers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
