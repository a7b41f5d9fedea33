package io.gilgamesh.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Tiny packages, each of one module that knows its version, in a folder that installers take. */
public final class Wheels {
  private final Path folder;

  private Wheels(Path folder) {
    this.folder = folder;
  }

  public static Wheels in(Path folder) throws IOException {
    return new Wheels(Files.createDirectories(folder));
  }

  public Path folder() {
    return folder;
  }

  /** Adds a version of a package that needs others. */
  public Path add(String name, String version, String... needed) throws IOException {
    StringBuilder metadata =
        new StringBuilder(
            "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version));
    for (String requirement : needed) {
      metadata.append("Requires-Dist: ").append(requirement).append('\n');
    }
    String info = name + "-" + version + ".dist-info/";
    Map<String, String> files = new LinkedHashMap<>();
    files.put(name + ".py", "version = '" + version + "'\n");
    files.put(info + "METADATA", metadata.toString());
    files.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "RECORD", record(files, info));
    return write(folder.resolve(name + "-" + version + "-py3-none-any.whl"), files);
  }

  private static String record(Map<String, String> files, String info) {
    StringBuilder record = new StringBuilder();
    files.forEach(
        (name, text) ->
            record.append("%s,sha256=%s,%d\n".formatted(name, hash(text), text.length())));
    return record.append(info).append("RECORD,,\n").toString();
  }

  private static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path write(Path wheel, Map<String, String> files) throws IOException {
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return wheel;
  }
}
