package io.gilgamesh.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Rust sources of the bridge, as text. */
final class RustSources {

  /** A line of code, without its comment, and where it stands. */
  record Line(Path file, int number, String code) {
    @Override
    public String toString() {
      return file + ":" + number + ": " + code.strip();
    }
  }

  private static final Path PROJECT = Path.of(System.getProperty("gilgamesh.project", "."));
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)//.*$");

  private RustSources() {}

  static String manifest(String crate) {
    return read(PROJECT.resolve("bridge-rs").resolve(crate).resolve("Cargo.toml"));
  }

  /** All lines of the given crates' sources that hold the pattern outside line comments. */
  static List<Line> linesWith(Pattern pattern, String... crates) {
    List<Line> found = new ArrayList<>();
    for (String crate : crates) {
      for (Path file : files(crate)) {
        addLines(file, pattern, found);
      }
    }
    return found;
  }

  /** The text of one source file, without line comments. */
  static String code(String crate, String file) {
    Path path = PROJECT.resolve("bridge-rs").resolve(crate).resolve("src").resolve(file);
    return read(path).lines().map(RustSources::withoutComment).collect(Collectors.joining("\n"));
  }

  private static void addLines(Path file, Pattern pattern, List<Line> found) {
    int number = 0;
    for (String text : read(file).split("\n", -1)) {
      number++;
      String code = withoutComment(text);
      if (pattern.matcher(code).find()) {
        found.add(new Line(PROJECT.relativize(file), number, code));
      }
    }
  }

  private static String withoutComment(String line) {
    return COMMENT.matcher(line).replaceFirst("");
  }

  private static List<Path> files(String crate) {
    try (var files = Files.walk(PROJECT.resolve("bridge-rs").resolve(crate))) {
      return files.filter(file -> file.toString().endsWith(".rs")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
