package io.gilgamesh.internal.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Surroundings without anything of the machine, to which a test adds what it is about. */
public final class TestSurroundings {
  /** Where the embedded Python's jar is in the tests' own class path. */
  static final String CLASS_PATH = System.getProperty("java.class.path");

  private static final ClassLoader NO_JARS = new ClassLoader(null) {};

  private TestSurroundings() {}

  static Surroundings bare() {
    return with(Map.of());
  }

  static Surroundings with(Map<String, String> environment) {
    return new Surroundings(
        environment, null, "?", "", NO_JARS, Duration.ofSeconds(20), line -> {});
  }

  public static Surroundings with(Map<String, String> environment, Path cache) {
    return new Surroundings(
        environment, cache.toString(), "?", "", NO_JARS, Duration.ofSeconds(20), line -> {});
  }

  static Surroundings embedded(
      Map<String, String> environment, Path cache, CopyOnWriteArrayList<String> told) {
    return new Surroundings(
        environment, cache.toString(), "?", CLASS_PATH, NO_JARS, Duration.ofSeconds(60), told::add);
  }

  /** A program that is a shell script. */
  static Path script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
    return file;
  }

  /**
   * A program that answers as a Python would; each change is a fact in place of the one of a Python
   * 3.12 in good order.
   */
  static Path fakePython(Path file, Path library, String... changes) throws IOException {
    StringBuilder answer = new StringBuilder();
    String facts =
        """
        implementation=cpython
        version=3.12.1
        hexversion=51118576
        executable=%s
        prefix=/opt/fake
        base=/opt/fake
        library=%s
        tried=/opt/fake/lib
        shared=1
        freethreaded=0
        arch=x
        """
            .formatted(file.toAbsolutePath(), library);
    for (String fact : facts.split("\n")) {
      answer.append(changed(fact, changes)).append('\n');
    }
    return script(
        file,
        "echo asked >> '" + file + ".count'",
        "echo noise of a launcher",
        "cat <<'END'",
        "gilgamesh-answer",
        answer + "END");
  }

  private static String changed(String fact, String[] changes) {
    for (String change : changes) {
      if (fact.startsWith(change.substring(0, change.indexOf('=') + 1))) {
        return change;
      }
    }
    return fact;
  }

  /** How often a fake Python was asked. */
  static int asked(Path fake) throws IOException {
    Path count = Path.of(fake + ".count");
    return Files.exists(count) ? Files.readAllLines(count).size() : 0;
  }

  /** A file with the head of an ELF library for a processor. */
  static Path elf(Path file, int machine) throws IOException {
    byte[] head = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, head, 0, 7);
    head[18] = (byte) machine;
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, head);
  }

  /** A library for the processor of this machine. */
  static Path ownLibrary(Path file) throws IOException {
    return elf(file, Platform.processorName().equals("arm64") ? 183 : 62);
  }
}
