package io.gilgamesh.contexts;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextManager;
import io.gilgamesh.PythonStats;
import io.gilgamesh.testing.ProcessMemory;

/**
 * Opens and closes contexts with handles left open, the second half in the memory of the first.
 * Arguments: isolation, rounds, what each context runs.
 */
final class OpenCloseMain {

  private static final long SLACK_KB = 24 * 1024;

  private OpenCloseMain() {}

  public static void main(String[] arguments) throws Exception {
    Isolation isolation = Isolation.valueOf(arguments[0]);
    int half = Integer.parseInt(arguments[1]) / 2;
    Python python = Python.start();
    rounds(python.contexts(), isolation, half, arguments[2]);
    long between = resident();
    rounds(python.contexts(), isolation, half, arguments[2]);
    long after = resident();
    PythonStats stats = python.stats();
    if (after > between + SLACK_KB || stats.liveHandles() > 0 || stats.contexts() > 0) {
      throw new AssertionError(between + " KB after one half, " + after + " after both: " + stats);
    }
    System.out.println("flat: " + between + " KB, " + after + " KB, " + stats.interpreters());
  }

  private static void rounds(
      PythonContextManager contexts, Isolation isolation, int count, String code) {
    for (int i = 0; i < count; i++) {
      PythonContext context = contexts.openAnonymous(isolation);
      context.exec(code);
      for (int handle = 0; handle < 10; handle++) {
        context.eval("[b'x' * 1000]");
      }
      context.close();
    }
  }

  private static long resident() throws Exception {
    System.gc();
    Thread.sleep(300); // the last one is being cleaned
    return ProcessMemory.residentKilobytes();
  }
}
