package io.gilgamesh.bench;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The start, in child processes: from the first use of the API to the first result, over a native
 * program that starts the same Python; and the resident memory after it, over that of a JVM that
 * does nothing.
 */
final class StartBenchmark {

  static final String OVER_MS = "over_ms";
  static final String OVER_MB = "over_mb";

  private static final String FLOOR = "gilgamesh-floor-start";
  private static final int ROUNDS = 9;
  private static final double KILOBYTES = 1024;

  private StartBenchmark() {}

  static List<Benchmark> all(Subjects on) {
    return List.of(Benchmark.special("start", Bar.start(40, 55), () -> measure(on.python.info())));
  }

  private static Result measure(PythonInfo info) {
    List<Long> starts = new ArrayList<>();
    List<Long> floors = new ArrayList<>();
    List<Long> resident = new ArrayList<>();
    List<Long> bare = new ArrayList<>();
    for (int i = 0; i <= ROUNDS; i++) {
      long[] started = Child.run(java(Starting.class));
      long[] floor = Child.run(FLOOR, info);
      long[] nothing = Child.run(java(Nothing.class));
      if (i > 0) { // the first round fills the system's caches
        starts.add(started[0]);
        resident.add(started[1]);
        floors.add(floor[0]);
        bare.add(nothing[1]);
      }
    }
    return Result.of(median(starts), median(floors))
        .with(OVER_MS, (median(starts) - median(floors)) / 1e6)
        .with(OVER_MB, (median(resident) - median(bare)) / KILOBYTES)
        .with("resident_mb", median(resident) / KILOBYTES)
        .with("bare_resident_mb", median(bare) / KILOBYTES);
  }

  private static double median(List<Long> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private static List<String> java(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            argument ->
                argument.startsWith("-Dgilgamesh.")
                    || argument.startsWith("--enable-native-access"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }

  private static void report(long nanos) {
    System.out.println(nanos + " " + residentKilobytes());
  }

  private static long residentKilobytes() {
    try {
      String line =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(text -> text.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program that starts Python and takes one result. */
  static final class Starting {
    private Starting() {}

    public static void main(String[] arguments) {
      long began = System.nanoTime();
      Python python = Python.start();
      PythonContext context = python.contexts().open("start");
      long result = context.evalLong("1+1");
      long ended = System.nanoTime();
      if (result != 2) {
        throw new IllegalStateException("1+1 is " + result);
      }
      report(ended - began);
    }
  }

  /** A program that does nothing. */
  static final class Nothing {
    private Nothing() {}

    public static void main(String[] arguments) {
      report(0);
    }
  }
}
