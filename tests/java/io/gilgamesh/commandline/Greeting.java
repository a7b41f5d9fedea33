package io.gilgamesh.commandline;

/** A class of an application, for scripts. */
public final class Greeting {

  public String of(String name) {
    return "Hello, " + name;
  }
}
