package io.gilgamesh.python;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import java.util.List;
import java.util.Map;

/**
 * Runs the unittest tests of a folder inside the bridge: {@code PythonTests FOLDER [NAME...]}.
 * Where names are given, only the tests that have one of them in their own run. What unittest
 * reports goes to the standard error stream.
 */
public final class PythonTests {

  private static final String RUN =
      """
      import unittest

      def run(folder, names):
          loader = unittest.TestLoader()
          if names:
              loader.testNamePatterns = [f"*{name}*" for name in names]
          result = unittest.TextTestRunner(verbosity=2).run(loader.discover(folder))
          return result.wasSuccessful()
      """;

  private PythonTests() {}

  /**
   * Ends the process with status 0 if all tests passed.
   *
   * @param args the folder, then names
   */
  public static void main(String[] args) {
    System.exit(succeeds(args[0], List.of(args).subList(1, args.length)) ? 0 : 1);
  }

  private static boolean succeeds(String folder, List<String> names) {
    try (Python python = Python.start()) {
      PythonContext context = python.contexts().open("tests of Python");
      context.exec(RUN, "PythonTests");
      return context
          .eval("run(folder, names)", Map.of("folder", folder, "names", names))
          .asBoolean();
    }
  }
}
