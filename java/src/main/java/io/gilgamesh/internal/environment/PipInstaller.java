package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentProgress.Step;
import io.gilgamesh.internal.find.Subprocess.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * pip, run by the Python that has it.
 *
 * @param program that Python
 * @param offline whether it may not ask an index
 * @param variables environment variables
 */
record PipInstaller(Path program, boolean offline, Map<String, @Nullable String> variables)
    implements Installer {
  private static final Pattern MISSING = Pattern.compile("No matching distribution found for (.+)");

  private static final Pattern COLLECTING =
      Pattern.compile("^(?:Collecting|Processing) ([^\\s=<>!~;\\[@]+)");
  private static final String INSTALLING = "Installing collected packages: ";

  /** Writes the lines of a lock from pip's report. */
  private static final String LOCK_OF_REPORT =
      """
      import json, re, sys
      with open(sys.argv[1], encoding='utf-8') as file:
          entries = json.load(file)['install']
      def line(entry):
          data, source = entry['metadata'], entry['download_info']
          archive = source.get('archive_info', {})
          hashes = dict(archive.get('hashes', {}))
          if archive.get('hash', '').startswith('sha256='):
              hashes.setdefault('sha256', archive['hash'][7:])
          if 'sha256' not in hashes:
              sys.exit('%s has no sha256 hash: it comes from %s' % (data['name'], source['url']))
          exact = ' @ ' + source['url'] if entry['is_direct'] else '==' + data['version']
          name = re.sub('[-_.]+', '-', data['name']).lower()
          return '%s%s \\\\\\n    --hash=sha256:%s' % (name, exact, hashes['sha256'])
      print('\\n'.join(sorted(map(line, entries))))
      """;

  @Override
  public String name() {
    return "pip";
  }

  @Override
  public Command install(EnvironmentFolder folder, Packages packages, Path work)
      throws IOException {
    List<String> words =
        pip("--python", folder.program().toString(), "install", "--progress-bar", "off");
    words.addAll(index());
    words.addAll(packages.wanted(constraints(packages, work)));
    return command(words);
  }

  @Override
  public String resolve(Packages packages, Path python, Path work, Runner runner)
      throws IOException {
    Path report = work.resolve("report.json");
    List<String> words = pip("install", "--progress-bar", "off", "--quiet", "--dry-run");
    words.addAll(List.of("--ignore-installed", "--report", report.toString()));
    words.addAll(index());
    words.addAll(packages.unlocked().wanted(constraints(packages, work)));
    runner.run(command(words));
    List<String> convert =
        List.of(program.toString(), "-I", "-X", "utf8", "-c", LOCK_OF_REPORT, report.toString());
    return runner.run(command(convert)).output();
  }

  @Override
  public Command check(EnvironmentFolder folder, Path work) {
    return command(pip("--python", folder.program().toString(), "check"));
  }

  @Override
  public void understand(String line, ProgressMeter meter) {
    String text = line.strip();
    Matcher found = COLLECTING.matcher(text);
    if (found.find()) {
      meter.collected(found.group(1), text);
    } else if (text.startsWith("Downloading ")) {
      meter.step(Step.DOWNLOAD, text);
    } else if (text.startsWith(INSTALLING)) {
      meter.allCollected(text.substring(INSTALLING.length()).split(",").length, text);
    }
  }

  @Override
  public Pattern missing() {
    return MISSING;
  }

  private static List<String> constraints(Packages packages, Path work) throws IOException {
    return packages.hasConstraints()
        ? List.of("-c", packages.constraints(work).toString())
        : List.of();
  }

  private List<String> index() {
    return offline ? List.of("--no-index") : List.of();
  }

  private List<String> pip(String... words) {
    List<String> all = new ArrayList<>(List.of(program.toString(), "-I", "-m", "pip"));
    all.addAll(List.of("--disable-pip-version-check", "--no-input"));
    all.addAll(List.of(words));
    return all;
  }

  private Command command(List<String> words) {
    return new Command(words, variables, null);
  }
}
