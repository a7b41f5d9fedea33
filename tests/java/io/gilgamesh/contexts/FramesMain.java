package io.gilgamesh.contexts;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextManager;
import java.util.List;

/**
 * Looks at the frames of all threads, as profilers and the end of the process do, while other
 * interpreters run code; and ends while interpreters are cleaned.
 */
final class FramesMain {

  private static final String WORK =
      "def deep(n): return n and deep(n - 1)\nfor _ in range(30_000): deep(20)";
  private static final String LOOK =
      """
      import sys, threading
      for _ in range(20_000):
          frames = sys._current_frames()
      assert set(frames) == {threading.get_ident()}, frames
      assert frames[threading.get_ident()] is sys._getframe()
      """;

  private FramesMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    PythonContextManager contexts = Python.start().contexts();
    List<PythonContext> working =
        List.of(
            contexts.openAnonymous(Isolation.INTERPRETER),
            contexts.openAnonymous(Isolation.INTERPRETER));
    List<Thread> threads =
        working.stream().map(context -> new Thread(() -> context.exec(WORK))).toList();
    threads.forEach(Thread::start);
    contexts.open("looking").exec(LOOK);
    for (Thread thread : threads) {
      thread.join();
    }
    for (int i = 0; i < 8; i++) {
      contexts.openAnonymous(Isolation.INTERPRETER).exec("import json");
    }
    contexts.closeAll();
    System.out.println("closed");
  }
}
