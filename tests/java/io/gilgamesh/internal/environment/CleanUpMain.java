package io.gilgamesh.internal.environment;

import java.nio.file.Path;
import java.time.Duration;

/** Cleans a cache up in a process of its own. */
public final class CleanUpMain {
  private CleanUpMain() {}

  public static void main(String[] arguments) {
    EnvironmentStore store = new EnvironmentStore(Path.of(arguments[0]));
    System.out.println("deleted " + store.cleanUp(Duration.ZERO).deleted());
  }
}
