package io.gilgamesh.internal.environment;

import io.gilgamesh.internal.find.Subprocess;
import io.gilgamesh.internal.find.Subprocess.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that installs packages into virtual environments which have no installer inside. */
sealed interface Installer permits PipInstaller, UvInstaller {

  /** Its name, for messages. */
  String name();

  /** Installs the packages; may write files into the folder {@code work}. */
  Command install(EnvironmentFolder folder, Packages packages, Path work) throws IOException;

  /** The lines of a lock for the packages, each a version with its hashes. */
  String resolve(Packages packages, Path python, Path work, Runner runner) throws IOException;

  /** Looks whether what is installed fits together. */
  Command check(EnvironmentFolder folder, Path work);

  /** Tells how far the installer is, by a line that it said. */
  void understand(String line, ProgressMeter meter);

  /** Runs a program of the installer's, which must succeed. */
  @FunctionalInterface
  interface Runner {
    Subprocess.Result run(Command command) throws IOException;
  }

  /** Names what was not found, in a text that the installer said. */
  Pattern missing();

  /** What was not found, or an empty text where the installer did not say it. */
  default String missing(String said) {
    Matcher found = missing().matcher(said);
    return found.find() ? found.group(1).strip() : "";
  }
}
