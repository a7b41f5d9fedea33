package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentProgress.Step;
import io.gilgamesh.internal.find.Subprocess.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * uv, given what pip is configured with. It runs in a folder of ours, since it would take settings
 * from a {@code pyproject.toml} in the working folder or above.
 *
 * @param program uv
 * @param offline whether it may not ask an index
 * @param noIndex whether it may look in folders of packages only
 * @param variables environment variables
 */
record UvInstaller(
    Path program, boolean offline, boolean noIndex, Map<String, @Nullable String> variables)
    implements Installer {
  private static final Pattern MISSING =
      Pattern.compile(
          "(?s)Because (?:there (?:is|are) no versions? of )?(\\S+)"
              + "(?: (?:was|were) not found|\\s+and you require)");

  private static final Pattern COUNTED =
      Pattern.compile("^(Resolved|Prepared|Installed) (\\d+) packages? in ");

  /** Those in a requirements file that mean to uv what they mean to pip. */
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "-i",
          "--index-url",
          "--extra-index-url",
          "--no-index",
          "-f",
          "--find-links",
          "--no-binary",
          "--only-binary");

  /** Whether uv does with a line of a requirements file what pip does. */
  static boolean understands(RequirementLine line) {
    if (!line.isOption()) {
      return line.text().replaceAll("\\s--hash[= ]\\S+", "").equals(line.requirement());
    }
    boolean folders = line.option().equals("-f") || line.option().equals("--find-links");
    return UNDERSTOOD.contains(line.option())
        && (!folders || RequirementLine.isUrl(line.value()) || isAbsolute(line.value()));
  }

  private static boolean isAbsolute(String path) {
    return Path.of(path).isAbsolute();
  }

  @Override
  public String name() {
    return "uv";
  }

  @Override
  public Command install(EnvironmentFolder folder, Packages packages, Path work)
      throws IOException {
    List<String> words = pip("install", "--python", folder.program().toString());
    words.add("--compile-bytecode");
    words.addAll(packages.wanted(constraints(packages, work)));
    return new Command(words, variables, work);
  }

  @Override
  public String resolve(Packages packages, Path python, Path work, Runner runner)
      throws IOException {
    List<String> words = pip("compile", "--python", python.toString(), "--generate-hashes");
    words.addAll(List.of("--no-header", "--no-annotate"));
    words.addAll(constraints(packages, work));
    packages.asked().requirementFiles().forEach(file -> words.add(file.toString()));
    Path own = Files.write(work.resolve("requirements.txt"), packages.asked().requirements());
    words.add(own.toString());
    return runner.run(new Command(words, variables, work)).output();
  }

  @Override
  public Command check(EnvironmentFolder folder, Path work) {
    List<String> words = List.of(program.toString(), "pip", "check", "--python");
    return new Command(
        Stream.concat(words.stream(), Stream.of(folder.program().toString())).toList(),
        variables,
        work);
  }

  @Override
  public void understand(String line, ProgressMeter meter) {
    String text = line.strip();
    Matcher counted = COUNTED.matcher(text);
    if (!counted.find()) {
      if (text.startsWith("Downloading ") || text.startsWith("Building ")) {
        meter.step(Step.DOWNLOAD, text);
      }
      return;
    }
    int packages = Integer.parseInt(counted.group(2));
    switch (counted.group(1)) {
      case "Resolved" -> {
        meter.total(packages);
        meter.step(Step.DOWNLOAD, text);
      }
      case "Prepared" -> meter.allCollected(0, text);
      default -> {
        meter.allCollected(packages, text);
        meter.installed(packages);
      }
    }
  }

  @Override
  public Pattern missing() {
    return MISSING;
  }

  /** By its name alone, in the folder where uv runs: uv splits a path at its spaces. */
  private static List<String> constraints(Packages packages, Path work) throws IOException {
    return packages.hasConstraints()
        ? List.of("-c", packages.constraints(work).getFileName().toString())
        : List.of();
  }

  private List<String> pip(String... words) {
    List<String> all = new ArrayList<>(List.of(program.toString(), "pip"));
    all.addAll(List.of(words));
    all.add("--no-progress");
    if (offline) {
      all.add("--offline");
    }
    if (noIndex) {
      all.add("--no-index");
    }
    return all;
  }
}
