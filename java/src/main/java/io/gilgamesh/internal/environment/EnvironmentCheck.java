package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonEnvironmentCheck;
import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.PythonStartException;
import io.gilgamesh.internal.find.ContentCache;
import io.gilgamesh.internal.find.FileTree;
import io.gilgamesh.internal.find.PythonFinder;
import io.gilgamesh.internal.find.PythonInstallation;
import io.gilgamesh.internal.find.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks whether an environment is as it was when it was made, and can be used. */
final class EnvironmentCheck {
  private final Settings settings;
  private final EnvironmentFolder folder;
  private final List<String> problems = new ArrayList<>();

  EnvironmentCheck(Settings settings, EnvironmentFolder folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** Does all checks that make sense after those before. */
  PythonEnvironmentCheck run() {
    if (hasMarker() && hasPython()) {
      checkFiles();
      checkRequirements();
    }
    return new PythonEnvironmentCheck(folder.path(), problems);
  }

  private boolean hasMarker() {
    try {
      String content = Files.readString(folder.marker());
      if (EnvironmentFolder.of(settings.root(), content).path().equals(folder.path())) {
        return true;
      }
      problems.add(folder.marker() + " was changed: it is that of another environment");
    } catch (IOException e) {
      problems.add(
          Files.exists(folder.path())
              ? "it is not complete: " + folder.marker() + " cannot be read"
              : "it does not exist any more");
    }
    return false;
  }

  private boolean hasPython() {
    try {
      String made = new EnvironmentContent(Files.readString(folder.marker())).python();
      PythonConfig config = PythonConfig.builder().venv(folder.path()).build();
      String found = PythonFinder.find(config, settings.telling()).version();
      if (!found.equals(made)) {
        problems.add("it was made with Python " + made + ", and its interpreter is now " + found);
      }
      return true;
    } catch (PythonStartException | IOException e) {
      problems.add("its Python cannot be used: " + e.getMessage());
      return false;
    }
  }

  private void checkFiles() {
    try {
      problems.addAll(new InstalledPackages(folder.sitePackages()).damages());
    } catch (IOException e) {
      problems.add("its packages cannot be read: " + ContentCache.reason(e));
    }
  }

  /** What is installed may need what is not, or other versions. */
  private void checkRequirements() {
    try {
      PythonInstallation python = PythonFinder.find(settings.python(), settings.telling());
      Path executable = EnvironmentMaker.executable(python);
      Runs runs = new Runs("check " + folder.path(), settings.timeout(), settings.listener());
      Packages none = Packages.read(EnvironmentRequest.of(List.of()));
      Installer installer = new Installers(settings).choose(none, python, executable, runs);
      Path work = WorkFolder.make(settings.root());
      try {
        judge(
            installer,
            Subprocess.run(installer.check(folder, work), settings.timeout(), settings.listener()));
      } finally {
        FileTree.deleteQuietly(work);
      }
    } catch (IOException | PythonStartException | PythonEnvironmentException e) {
      problems.add("whether the packages fit together could not be checked: " + e.getMessage());
    }
  }

  private void judge(Installer installer, Subprocess.Result result) {
    if (!result.succeeded()) {
      problems.add(
          "the packages do not fit together, "
              + installer.name()
              + " says: "
              + Redacted.text(result.said()));
    }
  }
}
