package io.gilgamesh.internal.find;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Unpacks the embedded CPython, checks that it runs on this machine, and compiles its standard
 * library.
 */
final class EmbeddedUnpacker {
  private static final Duration COMPILE_TIME = Duration.ofMinutes(10);
  private static final List<String> PROGRAMS =
      List.of("bin/python3", "bin/python.exe", "python.exe");

  private final JarFile jar;
  private final String location;
  private final Surroundings surroundings;
  private final Set<Path> made = new HashSet<>();

  EmbeddedUnpacker(JarFile jar, String location, Surroundings surroundings) {
    this.jar = jar;
    this.location = location;
    this.surroundings = surroundings;
  }

  void fill(Path folder, Path destination) throws IOException {
    surroundings.tell(
        "Unpacking the embedded Python of " + location + " to " + destination + " (once)");
    unpack(folder);
    Path executable = program(folder);
    Path library = standardLibrary(folder);
    EmbeddedRepairs.apply(folder, library);
    writeFacts(folder, executable);
    compile(executable, folder, destination, library);
    surroundings.tell("The embedded Python is ready in " + destination);
  }

  private void unpack(Path folder) throws IOException {
    Enumeration<JarEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      JarEntry entry = entries.nextElement();
      String name = entry.getName();
      if (!entry.isDirectory() && name.startsWith(EmbeddedJar.FOLDER)) {
        unpack(entry, folder, name.substring(EmbeddedJar.FOLDER.length()));
      }
    }
  }

  private void unpack(JarEntry entry, Path folder, String name) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("the jar holds an entry that points out of it: " + entry.getName());
    }
    if (!EmbeddedLayout.keeps(name)) {
      return;
    }
    if (made.add(file.getParent())) {
      Files.createDirectories(file.getParent());
    }
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, file);
    }
    if (EmbeddedLayout.isExecutable(name) && !file.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private Path program(Path folder) throws IOException {
    for (String name : PROGRAMS) {
      if (Files.exists(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw new IOException("the jar " + location + " holds no interpreter for " + Platform.name());
  }

  private Path standardLibrary(Path folder) throws IOException {
    Path parent = Platform.isWindows() ? folder : folder.resolve("lib");
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(parent, Platform.isWindows() ? "[Ll]ib" : "python3*")) {
      for (Path library : found) {
        return library;
      }
    }
    throw new IOException("the jar " + location + " holds no standard library");
  }

  private void writeFacts(Path folder, Path executable) throws IOException {
    try {
      Answer answer = Question.ask(executable, surroundings.answerTime());
      // Judged for its errors: a build that cannot be used, a library for another processor.
      PythonInstallation found = answer.judge();
      EmbeddedFacts.write(folder, executable, found.library(), answer);
    } catch (UnusablePythonException e) {
      throw new IOException(
          "the unpacked interpreter " + executable.getFileName() + " " + e.getMessage(), e);
    }
  }

  /**
   * Compiles the modules for their later place, without checking the sources at each import: nobody
   * changes them. That makes a start twice as fast, and needs no write access later. A Python
   * without it works too, so a failure is only told.
   */
  private void compile(Path executable, Path folder, Path destination, Path library)
      throws IOException {
    List<String> command =
        List.of(
            executable.toString(),
            "-I",
            "-B",
            "-S",
            "-m",
            "compileall",
            "-q",
            "-f",
            "-j",
            "0",
            "--invalidation-mode",
            "unchecked-hash",
            "-s",
            folder.toString(),
            "-p",
            destination.toString(),
            library.toString());
    Subprocess.Result result = Subprocess.run(command, COMPILE_TIME);
    if (!result.succeeded()) {
      surroundings.tell(
          "The standard library was not compiled, each start will be slower: " + result.said());
    }
  }
}
