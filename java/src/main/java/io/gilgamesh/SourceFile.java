package io.gilgamesh;

import io.gilgamesh.internal.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a file. Python itself compiles the bytes, so byte order marks, encoding comments and the
 * errors of both are Python's own.
 */
final class SourceFile {

  private static final String COMPILE =
      "__import__('builtins').compile(source, file, 'exec', dont_inherit=True)";

  private SourceFile() {}

  static void run(PythonScope scope, Path file) {
    String path = file.toAbsolutePath().toString();
    Map<String, Object> variables = Map.of("source", read(file), "file", path);
    try (PythonObject code = scope.eval(COMPILE, variables)) {
      withFileVariable(scope, path, code);
    }
  }

  /** Reads the bytes of a Python file. */
  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the Python file cannot be read: " + file, e);
    }
  }

  private static void withFileVariable(PythonScope scope, String path, PythonObject code) {
    Optional<PythonObject> former = scope.find("__file__");
    scope.set("__file__", path);
    try {
      Scripts.exec(Scopes.state(scope), code);
    } finally {
      restore(scope, former);
    }
  }

  /** Puts the variable back, unless the code itself closed the context. */
  private static void restore(PythonScope scope, Optional<PythonObject> former) {
    PythonContext context = Scopes.context(scope);
    if (context.state().isClosed()) {
      return;
    }
    if (former.isPresent()) {
      scope.set("__file__", former.get());
      former.get().close();
    } else {
      Scripts.delete(context.state(), context.globals(), "__file__");
    }
  }
}
