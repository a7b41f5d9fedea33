package io.gilgamesh.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmarks: all, or those whose name has one of the arguments in it. */
public final class Benchmarks {

  private static final Path RESULTS = Path.of("build", "bench", "results.json");

  private Benchmarks() {}

  /**
   * Runs them.
   *
   * @param arguments parts of names; none means all
   * @throws IOException if the results cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Subjects subjects = new Subjects();
    System.out.println(
        "Python " + subjects.python.info().version() + ", Java " + Runtime.version());
    Report report = new Report();
    report.head();
    for (Benchmark benchmark : all(subjects)) {
      if (isWanted(benchmark.name(), List.of(arguments))) {
        report.add(benchmark, benchmark.measure());
      }
    }
    report.write(RESULTS);
    System.out.println("written to " + RESULTS);
  }

  private static List<Benchmark> all(Subjects subjects) {
    List<Benchmark> all = new ArrayList<>();
    all.addAll(CallBenchmarks.all(subjects));
    all.addAll(ValueBenchmarks.all(subjects));
    all.addAll(RecordBenchmarks.all(subjects));
    all.addAll(UpcallBenchmarks.all(subjects));
    all.addAll(CodeBenchmarks.all(subjects));
    all.addAll(HandleBenchmarks.all(subjects));
    all.addAll(ThreadBenchmark.all(subjects));
    all.addAll(ContextBenchmarks.all(subjects));
    all.addAll(InterpreterBenchmarks.all(subjects));
    all.addAll(ParallelBenchmarks.all(subjects));
    all.addAll(StartBenchmark.all(subjects));
    return all;
  }

  private static boolean isWanted(String name, List<String> parts) {
    return parts.isEmpty() || parts.stream().anyMatch(name::contains);
  }
}
