package io.gilgamesh.internal.find;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The CPython of a jar, unpacked once for a user. Its folder is named by what the jar's directory
 * says of the entries.
 */
final class EmbeddedPython {
  private static final String NAME = "python";

  private final EmbeddedJar jar;
  private final ContentCache cache;
  private final Memory memory;
  private final Surroundings surroundings;

  EmbeddedPython(EmbeddedJar jar, Surroundings surroundings) {
    this.jar = jar;
    this.cache = new ContentCache(surroundings);
    this.memory = new Memory(cache.root());
    this.surroundings = surroundings;
  }

  /** The installation, unpacked now if it is not. */
  PythonInstallation prepare() throws UnusablePythonException {
    try {
      PythonInstallation known = known();
      return known != null ? known : unpacked();
    } catch (IOException e) {
      throw new UnusablePythonException("cannot be read: " + ContentCache.reason(e), e);
    }
  }

  /** What a start would do, without doing it: the installation if it is unpacked, else null. */
  @Nullable PythonInstallation look() throws UnusablePythonException {
    try {
      PythonInstallation known = known();
      Path folder = known == null ? place() : null;
      return folder != null && Files.isDirectory(folder) ? EmbeddedFacts.read(folder) : known;
    } catch (IOException e) {
      throw new UnusablePythonException("cannot be read: " + ContentCache.reason(e), e);
    }
  }

  /** Where it is or will be unpacked. */
  Path place() throws IOException {
    try (JarFile open = jar.open()) {
      return cache.place(NAME, contentKey(open));
    }
  }

  private @Nullable PythonInstallation known() throws IOException {
    return jar.file() == null ? null : memory.installation(Memory.embeddedKey(jar.file()));
  }

  private PythonInstallation unpacked() throws IOException {
    Path folder;
    try (JarFile open = jar.open()) {
      EmbeddedUnpacker unpacker = new EmbeddedUnpacker(open, jar.location(), surroundings);
      folder = cache.folder(NAME, contentKey(open), unpacker::fill);
    }
    PythonInstallation found = EmbeddedFacts.read(folder);
    if (jar.file() != null) {
      memory.remember(Memory.embeddedKey(jar.file()), found);
    }
    return found;
  }

  /**
   * Names the content by the names, sizes and checksums that the jar's directory lists: no entry is
   * read.
   */
  private static String contentKey(JarFile jar) throws IOException {
    MessageDigest digest = digest();
    Enumeration<JarEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      JarEntry entry = entries.nextElement();
      if (entry.getName().startsWith(EmbeddedJar.FOLDER)) {
        String line = entry.getName() + " " + entry.getSize() + " " + entry.getCrc() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    String hash = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    return Platform.name() + "-" + Memory.LAYOUT + "-" + hash;
  }

  private static MessageDigest digest() throws IOException {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this JVM has no SHA-256", e);
    }
  }
}
