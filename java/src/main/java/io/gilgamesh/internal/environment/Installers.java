package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.PythonInstaller;
import io.gilgamesh.internal.find.Interpreters;
import io.gilgamesh.internal.find.PythonInstallation;
import io.gilgamesh.internal.find.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the installer. */
final class Installers {
  private final Settings settings;
  private final Surroundings surroundings;
  private final PipSettings pip;

  Installers(Settings settings) {
    this.settings = settings;
    this.surroundings = settings.surroundings();
    this.pip = PipSettings.of(surroundings);
  }

  Installer choose(Packages packages, PythonInstallation python, Path executable, Runs runs)
      throws IOException {
    Path uv = settings.installer() == PythonInstaller.PIP ? null : uv();
    if (uv == null || !isFit(uv, packages)) {
      Path program = PipTool.program(settings, python, executable, runs);
      return new PipInstaller(program, settings.offline(), variables());
    }
    Map<String, @Nullable String> variables = variables();
    variables.putAll(UvVariables.of(pip, surroundings));
    boolean noIndex = UvVariables.noIndex(pip);
    return new UvInstaller(uv, settings.offline(), noIndex, variables);
  }

  /** The program, or null where there is none and need not be one. */
  private @Nullable Path uv() {
    Path chosen = settings.uv();
    if (chosen != null && !Files.isExecutable(chosen)) {
      throw new PythonEnvironmentException("uv is no program: " + chosen);
    }
    List<Path> found =
        chosen != null ? List.of(chosen) : Interpreters.onSearchPath("uv", surroundings);
    if (found.isEmpty() && settings.installer() == PythonInstaller.UV) {
      throw new PythonEnvironmentException(
          "uv was chosen as the installer and is not on the PATH: install it, name its program by"
              + " the builder's uv, or choose PythonInstaller.AUTO");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /** Whether uv does what pip would do; where uv was chosen, that it does not is an error. */
  private boolean isFit(Path uv, Packages packages) {
    Optional<RequirementLine> line =
        packages.allLines().stream().filter(each -> !UvInstaller.understands(each)).findFirst();
    boolean demanded = settings.installer() == PythonInstaller.UV;
    if (demanded && line.isPresent()) {
      throw new PythonEnvironmentException(
          line.get().place()
              + ": uv does not understand '"
              + Redacted.text(line.get().text())
              + "' as pip does; choose PythonInstaller.AUTO or PIP");
    }
    Optional<String> why =
        line.map(RequirementLine::place)
            .or(() -> UvVariables.foreign(pip).map(key -> "pip's setting " + key));
    if (!demanded && why.isPresent()) {
      settings.listener().accept("Using pip and not " + uv + ", which lacks " + why.get());
    }
    return demanded || why.isEmpty();
  }

  /** The installers' variables are those of the surroundings. */
  private Map<String, @Nullable String> variables() {
    Map<String, @Nullable String> variables = new HashMap<>();
    for (String name : System.getenv().keySet()) {
      if (isOfInstaller(name)) {
        variables.put(name, null);
      }
    }
    surroundings
        .environment()
        .forEach(
            (name, value) -> {
              if (isOfInstaller(name)) {
                variables.put(name, value);
              }
            });
    return variables;
  }

  private static boolean isOfInstaller(String name) {
    return name.startsWith("PIP_") || name.startsWith("UV_");
  }
}
