package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonPackage;
import io.gilgamesh.internal.find.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The packages in a folder, by the metadata that each has beside it. */
final class InstalledPackages {
  private static final String ENDING = ".dist-info";

  private final Path sitePackages;

  InstalledPackages(Path sitePackages) {
    this.sitePackages = sitePackages;
  }

  /** The packages, sorted by name. */
  List<PythonPackage> list() throws IOException {
    List<PythonPackage> packages = new ArrayList<>();
    for (Path metadata : metadata()) {
      packages.add(read(metadata.resolve("METADATA")));
    }
    packages.sort(Comparator.comparing(each -> each.name().toLowerCase(Locale.ROOT)));
    return packages;
  }

  private List<Path> metadata() throws IOException {
    return FileTree.beginningWith(sitePackages, "").stream()
        .filter(entry -> entry.getFileName().toString().endsWith(ENDING))
        .sorted()
        .toList();
  }

  private static PythonPackage read(Path metadata) throws IOException {
    List<String> head =
        Files.readString(metadata).lines().takeWhile(line -> !line.isEmpty()).toList();
    return new PythonPackage(header(head, "Name: "), header(head, "Version: "));
  }

  private static String header(List<String> head, String key) {
    return head.stream()
        .filter(line -> line.regionMatches(true, 0, key, 0, key.length()))
        .map(line -> line.substring(key.length()).strip())
        .findFirst()
        .orElse("");
  }

  /** The files that should be there and are not, or have another size. */
  List<String> damages() throws IOException {
    List<String> damages = new ArrayList<>();
    for (Path metadata : metadata()) {
      Path record = metadata.resolve("RECORD");
      if (!Files.exists(record)) {
        damages.add(record + " is missing");
        continue;
      }
      for (String line : Files.readAllLines(record)) {
        damage(line).ifPresent(damages::add);
      }
    }
    return damages;
  }

  /** A line is {@code path,hash,size}, the path in quotes where it holds a comma. */
  private Optional<String> damage(String line) throws IOException {
    int size = line.lastIndexOf(',') + 1;
    int hash = line.lastIndexOf(',', size - 2);
    if (hash < 0) {
      return Optional.empty();
    }
    String name = line.substring(0, hash);
    boolean quoted = name.startsWith("\"") && name.endsWith("\"") && name.length() > 1;
    name = quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    return damage(sitePackages.resolve(name).normalize(), line.substring(size).strip());
  }

  private static Optional<String> damage(Path file, String size) throws IOException {
    if (!Files.exists(file)) {
      // Compiled code is made again by whoever misses it.
      return file.toString().endsWith(".pyc")
          ? Optional.empty()
          : Optional.of(file + " is missing");
    }
    return size.isEmpty() || size.equals(Long.toString(Files.size(file)))
        ? Optional.empty()
        : Optional.of(file + " has " + Files.size(file) + " bytes in place of " + size);
  }
}
