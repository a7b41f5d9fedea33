package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import org.jspecify.annotations.Nullable;

/** Functions of the package {@code gilgamesh} that Java calls, in a context's interpreter. */
final class PackageModule {

  private PackageModule() {}

  static PythonObject call(
      ContextState context,
      String module,
      String function,
      @Nullable Object @Nullable ... arguments) {
    try (PythonObject imported = Scripts.importModule(context, module)) {
      return imported.call(function, arguments);
    }
  }
}
