package io.gilgamesh.internal.find;

import io.gilgamesh.internal.find.PythonInstallation.Kind;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was found, so that the next start needs no process. An entry is a small file that
 * holds the whole key and the facts. The key holds all that the facts depend on (path, size, time
 * of change), so an entry is never wrong, only never asked for again. Nothing here fails: what
 * cannot be read is not known, what cannot be written is asked again.
 */
public final class Memory {
  /**
   * Changes with what of the embedded CPython is unpacked, and how: a folder of another release is
   * then not taken.
   */
  static final String LAYOUT = "1";

  private static final long PRIME = 0x100000001b3L;

  private final File folder;

  Memory(Path cache) {
    this.folder = new File(cache.toFile(), "found");
  }

  /** The installation remembered for a key, if its library is still there; else null. */
  @Nullable PythonInstallation installation(String key) {
    String[] facts = facts(key);
    if (facts == null || facts.length < 8) {
      return null;
    }
    try {
      PythonInstallation found = installation(facts);
      return Files.isRegularFile(found.library()) ? found : null;
    } catch (IllegalArgumentException e) {
      // InvalidPathException and NumberFormatException are such: written under another locale, or
      // damaged.
      return null;
    }
  }

  /** Enum.valueOf reflects, which costs a start some milliseconds. */
  private static Kind kind(String name) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static PythonInstallation installation(String[] facts) {
    return new PythonInstallation(
        kind(facts[0]),
        orNull(facts[1]),
        Path.of(facts[2]),
        facts[3],
        Integer.parseInt(facts[4]),
        Path.of(facts[5]),
        Path.of(facts[6]),
        orNull(facts[7]));
  }

  private static @Nullable Path orNull(String text) {
    return text.isEmpty() ? null : Path.of(text);
  }

  void remember(String key, PythonInstallation found) {
    String facts =
        found.kind().name()
            + "\n"
            + text(found.executable())
            + "\n"
            + found.library()
            + "\n"
            + found.version()
            + "\n"
            + found.hexVersion()
            + "\n"
            + found.prefix()
            + "\n"
            + found.basePrefix()
            + "\n"
            + text(found.home())
            + "\n";
    rememberFacts(key, facts);
  }

  private static String text(@Nullable Path path) {
    return path == null ? "" : path.toString();
  }

  /** The lines remembered for a key, or null. */
  private String @Nullable [] facts(String key) {
    // Not Files.readString: the channels behind it are a third of what a fast start costs.
    try (InputStream in = new FileInputStream(new File(folder, fingerprint(key)))) {
      String entry = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return entry.startsWith(key) ? entry.substring(key.length()).split("\n", -1) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private void rememberFacts(String key, String facts) {
    try {
      Path place = Files.createDirectories(folder.toPath());
      Path temporary = Files.createTempFile(place, ".tmp-", "");
      try {
        Files.writeString(temporary, key + facts);
        Files.move(temporary, place.resolve(fingerprint(key)), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      // A cache that cannot be written to costs a question at each start, nothing else.
    }
  }

  /** The key of the CPython embedded in a jar. */
  static String embeddedKey(Path jar) throws IOException {
    return "embedded ".concat(LAYOUT).concat("\n").concat(stamp(jar)).concat("--\n");
  }

  /** The part of a key that says which file is meant, and in which state. */
  static String stamp(Path file) throws IOException {
    return file.toAbsolutePath()
        .toString()
        .concat("\n")
        .concat(file.toRealPath().toString())
        .concat("\n")
        .concat(Long.toString(Files.size(file)))
        .concat(" ")
        .concat(Long.toString(Files.getLastModifiedTime(file).toMillis()))
        .concat("\n");
  }

  /** Whether an entry of lines can hold these paths. */
  static boolean canHold(PythonInstallation found) {
    List<String> paths =
        List.of(text(found.executable()), found.library().toString(), found.prefix().toString());
    return paths.stream().noneMatch(path -> path.contains("\n"));
  }

  /**
   * A 128-bit name for a text, of 32 hexadecimal digits. Not cryptographic: whoever looks something
   * up by it compares the whole text too. Loading a message digest takes longer than all the rest
   * of finding a Python that is known.
   *
   * @param text any text
   * @return its name
   */
  public static String fingerprint(String text) {
    long first = 0xcbf29ce484222325L;
    long second = 0x9e3779b97f4a7c15L;
    for (int i = 0; i < text.length(); i++) {
      first = (first ^ text.charAt(i)) * PRIME;
      second = Long.rotateLeft(second ^ first, 23) * 0x2545f4914f6cdd1dL;
    }
    return hex(first).concat(hex(second));
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()).concat(digits);
  }
}
