package io.gilgamesh;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@link PythonEnvironment#check()} found.
 *
 * @param folder the virtual environment
 * @param problems what is wrong, one sentence each, unmodifiable; empty where nothing is
 */
public record PythonEnvironmentCheck(Path folder, List<String> problems) {

  /**
   * Keeps what was found.
   *
   * @param folder the virtual environment
   * @param problems what is wrong
   */
  public PythonEnvironmentCheck {
    problems = List.copyOf(problems);
  }

  /**
   * Whether the environment can be used.
   *
   * @return whether nothing is wrong
   */
  public boolean ok() {
    return problems.isEmpty();
  }

  /** A report for people, of a line for each problem. */
  @Override
  public String toString() {
    return folder + (ok() ? ": nothing is wrong" : ":\n  " + String.join("\n  ", problems));
  }
}
