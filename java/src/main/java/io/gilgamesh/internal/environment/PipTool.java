package io.gilgamesh.internal.environment;

import io.gilgamesh.internal.find.Memory;
import io.gilgamesh.internal.find.PythonInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The pip that comes with a Python, in a virtual environment of its own: it installs into others
 * from there. Putting pip into each environment takes longer than all else of a small one.
 */
final class PipTool {
  private PipTool() {}

  /** The program that has pip, prepared once for each Python. */
  static Path program(Settings settings, PythonInstallation python, Path executable, Runs runs)
      throws IOException {
    String content = "pip\n" + EnvironmentContent.ofPython(python);
    Path installers = settings.root().resolve("installers");
    EnvironmentFolder folder =
        new EnvironmentFolder(installers.resolve("pip-" + Memory.fingerprint(content)));
    if (!MarkedFolder.isComplete(folder, content)) {
      MarkedFolder.make(
          folder, content, settings.listener(), () -> make(settings, folder, executable, runs));
    }
    return folder.program();
  }

  private static void make(Settings settings, EnvironmentFolder folder, Path executable, Runs runs)
      throws IOException {
    settings.listener().accept("Preparing pip in " + folder.path() + " (once for this Python)");
    List<String> venv =
        List.of(executable.toString(), "-I", "-m", "venv", folder.path().toString());
    runs.run("python -m venv", venv);
  }
}
