package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.PythonEnvironmentProgress.Step;
import io.gilgamesh.PythonStartException;
import io.gilgamesh.internal.find.CacheFolder;
import io.gilgamesh.internal.find.ContentCache;
import io.gilgamesh.internal.find.FileTree;
import io.gilgamesh.internal.find.PythonFinder;
import io.gilgamesh.internal.find.PythonInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes virtual environments in the cache, named by the Python and the packages. */
public final class EnvironmentMaker {
  private final Settings settings;
  private final EnvironmentRequest request;
  private final ProgressMeter meter;

  /**
   * Makes a maker of one environment.
   *
   * @param settings how
   * @param request what
   */
  public EnvironmentMaker(Settings settings, EnvironmentRequest request) {
    this.settings = settings;
    this.request = request;
    this.meter = new ProgressMeter(settings.progress());
  }

  /**
   * What came out.
   *
   * @param folder the environment's folder
   * @param requirements all requirements, sorted
   */
  public record Made(Path folder, List<String> requirements) {}

  /**
   * The environment, made now if it does not exist.
   *
   * @return the environment, complete
   * @throws PythonEnvironmentException if it cannot be made
   * @throws PythonStartException if the chosen Python cannot be used
   */
  public Made make() {
    meter.step(Step.FIND_PYTHON, "Looking for a Python");
    PythonInstallation python = PythonFinder.find(settings.python(), settings.telling());
    Path executable = executable(python);
    Packages packages = Packages.read(request);
    LockFile lock = lock(packages, python);
    String content =
        EnvironmentContent.of(python, packages, lock == null ? "" : lock.content()).text();
    EnvironmentFolder folder = EnvironmentFolder.of(settings.root(), content);
    EnvironmentUse.begin(folder);
    if (!MarkedFolder.isComplete(folder, content)) {
      make(folder, content, new Plan(packages, lock, python, executable));
    }
    EnvironmentUse.touch(folder);
    meter.done(folder.path().toString());
    return new Made(folder.path(), packages.requirements());
  }

  private record Plan(
      Packages packages, @Nullable LockFile lock, PythonInstallation python, Path executable) {}

  static Path executable(PythonInstallation python) {
    Path executable = python.executable();
    if (executable == null) {
      throw new PythonEnvironmentException(
          "Packages need an interpreter to install them, and "
              + python.library()
              + " has none: choose the executable of a Python");
    }
    return executable;
  }

  private @Nullable LockFile lock(Packages packages, PythonInstallation python) {
    Path file = request.lock();
    return file == null ? null : LockFile.read(file).checked(packages, python);
  }

  private void make(EnvironmentFolder folder, String content, Plan plan) {
    List<String> requirements = Redacted.texts(plan.packages.requirements());
    try {
      MarkedFolder.make(
          folder, content, settings.listener(), () -> fill(folder, requirements, plan));
    } catch (IOException e) {
      throw new PythonEnvironmentException(
          "Cannot make the environment "
              + folder.path()
              + ": "
              + ContentCache.reason(e)
              + ". The folder must be writable, with room for "
              + requirements
              + "; "
              + CacheFolder.SETTING,
          e);
    }
  }

  private void fill(EnvironmentFolder folder, List<String> requirements, Plan plan)
      throws IOException {
    String making = "Making the environment " + folder.path() + " for " + requirements + " (once)";
    settings.listener().accept(making);
    meter.step(Step.MAKE_VENV, making);
    String task = "make an environment with " + requirements + (offline() ? " offline" : "");
    Runs runs = new Runs(task, settings.timeout(), settings.listener());
    List<String> venv =
        List.of(
            plan.executable.toString(),
            "-I",
            "-m",
            "venv",
            "--without-pip",
            folder.path().toString());
    runs.run("python -m venv", venv);
    if (!plan.packages.isEmpty()) {
      install(folder, plan, runs);
    }
  }

  private boolean offline() {
    return settings.offline();
  }

  private void install(EnvironmentFolder folder, Plan plan, Runs runs) throws IOException {
    Installer installer =
        new Installers(settings).choose(plan.packages, plan.python, plan.executable, runs);
    Path work = WorkFolder.make(settings.root());
    meter.step(Step.RESOLVE, installer.name() + " looks for the packages");
    if (plan.lock != null) {
      meter.total(plan.lock.lines().size());
    }
    try (InstallWatch watch = new InstallWatch(folder.sitePackages(), meter)) {
      Consumer<String> lines = line -> told(installer, line);
      watch.start();
      Runs watched = new Runs(runs.task(), runs.timeout(), lines);
      watched.run(installer, installer.install(folder, plan.packages, work), offline());
    } finally {
      FileTree.deleteQuietly(work);
    }
    checkUnchanged(plan);
  }

  private void told(Installer installer, String line) {
    installer.understand(line, meter);
    settings.listener().accept(line);
  }

  /** The installer reads the files after we did. */
  private void checkUnchanged(Plan plan) {
    if (!Packages.read(request).text().equals(plan.packages.text())) {
      throw new PythonEnvironmentException(
          "Cannot make an environment: "
              + request.requirementFiles()
              + " or "
              + request.constraintFiles()
              + " changed while it was made; try again");
    }
  }

  /**
   * Resolves the requirements and writes the lock file, in place of one that exists.
   *
   * @throws PythonEnvironmentException if it cannot be made
   * @throws PythonStartException if the chosen Python cannot be used
   */
  public void updateLock() {
    Path file = request.lock();
    if (file == null) {
      throw new IllegalStateException("no lock file is set: call lock(Path) first");
    }
    PythonInstallation python = PythonFinder.find(settings.python(), settings.telling());
    Packages packages = Packages.read(request);
    try {
      LockFile.write(file, packages, python, resolved(packages, python));
    } catch (IOException e) {
      throw new PythonEnvironmentException(
          "Cannot write the lock file " + file + ": " + ContentCache.reason(e), e);
    }
  }

  private String resolved(Packages packages, PythonInstallation python) throws IOException {
    if (packages.isEmpty()) {
      return "";
    }
    List<String> requirements = Redacted.texts(packages.requirements());
    Runs runs = new Runs("lock " + requirements, settings.timeout(), settings.listener());
    Path executable = executable(python);
    Installer installer = new Installers(settings).choose(packages, python, executable, runs);
    Path work = WorkFolder.make(settings.root());
    try {
      return installer.resolve(
          packages, executable, work, command -> runs.run(installer, command, offline()));
    } finally {
      FileTree.deleteQuietly(work);
    }
  }
}
