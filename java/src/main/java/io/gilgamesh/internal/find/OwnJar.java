package io.gilgamesh.internal.find;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The jar that these classes came from, read as a file. The class loader has it open, and the JVM
 * shares what it knows of a jar among all who open it; a resource's URL opens it through a
 * connection instead, which costs a start some milliseconds.
 */
public final class OwnJar {

  private OwnJar() {}

  /**
   * Reads an entry.
   *
   * @param name the entry's path
   * @return its bytes, or null where it is not there or the classes are in no jar of their own:
   *     then the class loader is to be asked
   * @throws IOException if the jar cannot be read
   */
  public static byte @Nullable [] read(String name) throws IOException {
    File jar = file();
    if (jar == null) {
      return null;
    }
    try (ZipFile open = new ZipFile(jar)) {
      ZipEntry entry = open.getEntry(name);
      return entry == null ? null : bytes(open, entry);
    }
  }

  /** The folder that the jar lies in, null where the classes are in no jar of their own. */
  static @Nullable Path folder() {
    File jar = file();
    return jar == null ? null : jar.toPath().toAbsolutePath().getParent();
  }

  private static byte[] bytes(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static @Nullable File file() {
    CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !location.getProtocol().equals("file")) {
      return null;
    }
    try {
      File file = new File(URI.create(location.toString()));
      return file.isFile() ? file : null;
    } catch (IllegalArgumentException e) {
      // A class loader that does not escape its locations, or one of another host.
      return null;
    }
  }
}
