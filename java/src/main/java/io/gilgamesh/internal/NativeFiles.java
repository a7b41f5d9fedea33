package io.gilgamesh.internal;

import io.gilgamesh.PythonStartException;
import io.gilgamesh.internal.find.ContentCache;
import io.gilgamesh.internal.find.OwnJar;
import io.gilgamesh.internal.find.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the native libraries and the Python package lie as files: unpacked from the jar into the
 * cache, or, for those who work on Gilgamesh itself, in the folders that system properties name.
 *
 * @param loader the library that opens libpython
 * @param bridge the library with all other natives
 * @param pythonPackage the folder that holds the Python package {@code gilgamesh}
 */
record NativeFiles(Path loader, Path bridge, Path pythonPackage) {

  private static final String RESOURCES = "/io/gilgamesh/";

  /** All that a jar may hold, to tell which ones it does hold. */
  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "macosx-x86_64", "macosx-arm64", "windows-x86_64");

  /** Finds the files, unpacking them if that was not done yet. */
  static NativeFiles locate() {
    String folder = System.getProperty("gilgamesh.native");
    return folder != null ? in(Path.of(folder).toAbsolutePath()) : unpacked();
  }

  private static NativeFiles in(Path folder) {
    String python = System.getProperty("gilgamesh.package");
    return of(folder, python != null ? Path.of(python).toAbsolutePath() : folder.resolve("python"));
  }

  private static NativeFiles of(Path folder, Path pythonPackage) {
    Path loader = folder.resolve(fileName("gilgamesh_loader"));
    Path bridge = folder.resolve(fileName("gilgamesh"));
    for (Path library : List.of(loader, bridge)) {
      if (!Files.isRegularFile(library)) {
        throw new PythonStartException("The native library " + library + " is missing");
      }
    }
    return new NativeFiles(loader, bridge, pythonPackage);
  }

  private static String fileName(String library) {
    if (Platform.name().startsWith("windows")) {
      return library + ".dll";
    }
    return "lib" + library + (Platform.name().startsWith("macosx") ? ".dylib" : ".so");
  }

  // ---- the jar

  private static NativeFiles unpacked() {
    String content = content();
    ContentCache cache = ContentCache.ofUser();
    Path folder = cache.existing("gilgamesh", key(content));
    if (folder == null) {
      folder =
          cache.folder("gilgamesh", key(content), (into, destination) -> unpack(content, into));
    }
    return of(folder.resolve("native").resolve(Platform.name()), folder.resolve("python"));
  }

  /**
   * The first line is the hash of all others; 16 of its digits tell contents apart and keep paths
   * short.
   */
  private static String key(String content) {
    int line = content.indexOf('\n');
    return content.substring(0, Math.min(16, line < 0 ? content.length() : line));
  }

  /**
   * Reads the list of what the jar holds for this platform: a hash of all, then a line "hash path"
   * for each file.
   */
  private static String content() {
    String path = "native/" + Platform.name() + "/CONTENT";
    try {
      byte[] content = OwnJar.read(RESOURCES.substring(1) + path);
      return new String(content != null ? content : read(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The jar of Gilgamesh cannot be read", e);
    }
  }

  private static byte[] read(String path) throws IOException {
    try (InputStream in = resource(path)) {
      if (in == null) {
        throw new PythonStartException(unsupported());
      }
      return in.readAllBytes();
    }
  }

  private static String unsupported() {
    List<String> held = PLATFORMS.stream().filter(NativeFiles::isHeld).toList();
    String holds =
        held.isEmpty()
            ? "holds no native libraries at all"
            : "holds those for " + String.join(", ", held);
    return "There is no native library for " + Platform.name() + ": the jar of Gilgamesh " + holds;
  }

  private static boolean isHeld(String platform) {
    return NativeFiles.class.getResource(RESOURCES + "native/" + platform + "/CONTENT") != null;
  }

  private static void unpack(String content, Path folder) throws IOException {
    for (String line : content.lines().skip(1).toList()) {
      String path = line.substring(line.indexOf(' ') + 1);
      Path file = folder.resolve(path).normalize();
      if (!file.startsWith(folder)) {
        throw new IOException("the jar names a file outside of its folder: " + path);
      }
      copy(path, file);
    }
  }

  private static void copy(String path, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream in = resource(path)) {
      if (in == null) {
        throw new IOException("the jar lacks " + path);
      }
      Files.copy(in, file);
    }
  }

  private static @Nullable InputStream resource(String path) {
    return NativeFiles.class.getResourceAsStream(RESOURCES + path);
  }
}
