package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.internal.find.Subprocess;
import io.gilgamesh.internal.find.Subprocess.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the programs that make an environment. What fails is told in their own words.
 *
 * @param task what is being done, for messages
 * @param timeout how long each may take
 * @param listener told each line
 */
record Runs(String task, Duration timeout, Consumer<String> listener) {

  /** Runs a program of Python's. */
  Subprocess.Result run(String name, List<String> words) throws IOException {
    Subprocess.Result result =
        Subprocess.run(new Command(words, Map.of(), null), timeout, listener);
    if (!result.succeeded()) {
      throw failed(name, result, "");
    }
    return result;
  }

  /** Runs an installer. */
  Subprocess.Result run(Installer installer, Command command, boolean offline) throws IOException {
    Subprocess.Result result = Subprocess.run(command, timeout, listener);
    if (!result.succeeded()) {
      throw failed(installer.name(), result, offline ? whatToDo(installer, result) : "");
    }
    return result;
  }

  private static String whatToDo(Installer installer, Subprocess.Result result) {
    String missing = installer.missing(result.said());
    return "\nOffline, "
        + (missing.isEmpty() ? "something" : missing)
        + " was not found. Make the environment once with the network, or put the wheels of all"
        + " packages into a folder and name it in PIP_FIND_LINKS";
  }

  private PythonEnvironmentException failed(String name, Subprocess.Result result, String advice) {
    String how =
        result.timedOut()
            ? "did not end within " + timeout.toSeconds() + " s; the builder's timeout sets another"
            : "failed with exit code " + result.exit();
    return new PythonEnvironmentException(
        "Cannot " + task + ": " + name + " " + how + ":\n" + Redacted.text(result.said()) + advice);
  }
}
