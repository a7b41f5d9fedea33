package io.gilgamesh.internal.environment;

import java.nio.file.Path;

/** Makes an environment in a process of its own; then ends, or stays until it is killed. */
public final class MakeEnvironmentMain {
  private MakeEnvironmentMain() {}

  public static void main(String[] arguments) throws Exception {
    MadeEnvironments made = new MadeEnvironments(Path.of(arguments[0]));
    Path environment = made.make(arguments[2]);
    made.told.forEach(System.out::println);
    System.out.println("made " + MadeEnvironments.installed(environment));
    if (arguments[1].equals("stay")) {
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
