package io.gilgamesh.internal.find;

import io.gilgamesh.internal.find.PythonInstallation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the unpacked Python said of itself when it was unpacked: a file beside it, of paths relative
 * to its folder.
 */
final class EmbeddedFacts {
  private static final String FILE = "gilgamesh-python.txt";

  private EmbeddedFacts() {}

  static PythonInstallation read(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(FILE));
    if (lines.size() < 4) {
      throw new IOException(folder.resolve(FILE) + " is damaged: delete the folder " + folder);
    }
    return new PythonInstallation(
        Kind.EMBEDDED,
        folder.resolve(lines.get(0)),
        folder.resolve(lines.get(1)),
        lines.get(2),
        (int) Long.parseLong(lines.get(3)),
        folder,
        folder,
        null);
  }

  static void write(Path folder, Path executable, Path library, Answer answer) throws IOException {
    // The interpreter tells real paths, and a folder above the cache may be a symbolic link.
    Path top = folder.toRealPath();
    Path real = library.toRealPath();
    if (!real.startsWith(top)) {
      throw new IOException(
          "the unpacked interpreter runs with "
              + real
              + " instead of its own library: unset LD_LIBRARY_PATH");
    }
    Files.write(
        folder.resolve(FILE),
        List.of(
            folder.relativize(executable).toString(),
            top.relativize(real).toString(),
            answer.fact("version"),
            answer.fact("hexversion")));
  }
}
