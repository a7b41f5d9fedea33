package io.gilgamesh.internal;

import java.util.ArrayList;
import java.util.List;

/** A program of Python's, run as {@code python} runs it. */
public final class Program {

  private Program() {}

  /**
   * Runs a program on Python's main thread, and waits for its end.
   *
   * @param kind what it is, as {@code gilgamesh._main} names the kinds
   * @param what the file, the code or the module
   * @param arguments what the program finds behind its name in {@code sys.argv}
   * @return the exit code
   */
  public static int run(String kind, String what, List<String> arguments) {
    PythonRuntime.get().checkRunning();
    List<String> request = new ArrayList<>(List.of(kind, what));
    request.addAll(arguments);
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.value(request);
      return (int) Calls.number(exchange, RuntimeNatives.runProgram(exchange.address()));
    }
  }
}
