package io.gilgamesh;

import io.gilgamesh.internal.Jobs;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The code of a job or of its setup.
 *
 * @param source a text, or the bytes of a file
 * @param file the file's path, null for a text
 */
record JobSource(Object source, @Nullable String file) {

  static JobSource of(String code) {
    return new JobSource(code, null);
  }

  static JobSource of(Path file) {
    return new JobSource(SourceFile.read(file), file.toAbsolutePath().toString());
  }

  /** Compiles it; in tracebacks a text is called by what it is of. */
  PythonObject compiled(PythonContext context, String title) {
    String name = file == null ? Jobs.sourceName(title, (String) source) : file;
    return Jobs.compile(context.openState(), source, name);
  }
}
