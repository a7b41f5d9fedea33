package io.gilgamesh.internal.environment;

import io.gilgamesh.PythonEnvironmentCheck;
import io.gilgamesh.PythonEnvironmentCleanUp;
import io.gilgamesh.PythonEnvironmentException;
import io.gilgamesh.PythonEnvironmentInfo;
import io.gilgamesh.PythonPackage;
import io.gilgamesh.internal.find.ContentCache;
import io.gilgamesh.internal.find.FileTree;
import io.gilgamesh.internal.find.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The environments in a cache: looking at them, and deleting them. */
public final class EnvironmentStore {
  /** Nothing else in the folder is touched. */
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

  private static final Duration LONGEST_WORK = Duration.ofDays(1);

  private final Path root;

  /**
   * Looks at a cache.
   *
   * @param cache the folder that environments are kept in, or null for the user's cache
   */
  public EnvironmentStore(@Nullable Path cache) {
    this.root = Settings.root(cache, Surroundings.ofProcess());
  }

  /**
   * The complete environments.
   *
   * @return what is known of each, sorted by folder
   * @throws PythonEnvironmentException if the cache cannot be read
   */
  public List<PythonEnvironmentInfo> all() {
    try {
      List<PythonEnvironmentInfo> found = new ArrayList<>();
      for (EnvironmentFolder folder : folders()) {
        if (Files.exists(folder.marker())) {
          found.add(info(folder));
        }
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw new PythonEnvironmentException("Cannot list the environments in " + root + ": " + e, e);
    }
  }

  private List<EnvironmentFolder> folders() throws IOException {
    Path all = EnvironmentFolder.all(root);
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    return FileTree.beginningWith(all, "").stream()
        .filter(entry -> NAME.matcher(entry.getFileName().toString()).matches())
        .sorted()
        .map(EnvironmentFolder::new)
        .toList();
  }

  private static PythonEnvironmentInfo info(EnvironmentFolder folder) throws IOException {
    EnvironmentContent content = new EnvironmentContent(Files.readString(folder.marker()));
    return new PythonEnvironmentInfo(
        folder.path(),
        content.requirements(),
        content.python(),
        size(folder.path()),
        EnvironmentUse.lastUsed(folder),
        EnvironmentUse.isUsed(folder));
  }

  private static long size(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !Files.isSymbolicLink(file))
          .mapToLong(EnvironmentStore::bytes)
          .sum();
    }
  }

  /** A file may go away while it is looked at. */
  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Deletes the environments that no living process uses and none has used since.
   *
   * @param unusedFor how long
   * @return what was deleted
   * @throws PythonEnvironmentException if the cache cannot be read
   * @throws IllegalArgumentException if the time is negative
   */
  public PythonEnvironmentCleanUp cleanUp(Duration unusedFor) {
    if (unusedFor.isNegative()) {
      throw new IllegalArgumentException("unusedFor is negative: " + unusedFor);
    }
    try {
      CleanUp cleanUp = new CleanUp(Instant.now().minus(unusedFor));
      folders().forEach(cleanUp::look);
      deleteOldWork();
      return new PythonEnvironmentCleanUp(cleanUp.deleted, cleanUp.bytes, cleanUp.failures);
    } catch (IOException e) {
      throw new PythonEnvironmentException("Cannot clean up " + root + ": " + e, e);
    }
  }

  /** What killed processes left. */
  private void deleteOldWork() throws IOException {
    Path all = EnvironmentFolder.all(root);
    if (Files.isDirectory(all)) {
      Instant limit = Instant.now().minus(LONGEST_WORK);
      for (Path work : FileTree.beginningWith(all, WorkFolder.BEGINNING)) {
        if (Files.getLastModifiedTime(work).toInstant().isBefore(limit)) {
          FileTree.deleteQuietly(work);
        }
      }
    }
  }

  private static final class CleanUp {
    private final Instant limit;
    private final List<Path> deleted = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long bytes;

    CleanUp(Instant limit) {
      this.limit = limit;
    }

    void look(EnvironmentFolder folder) {
      try {
        if (isOld(folder)) {
          EnvironmentUse.ifUnused(folder, () -> isOld(folder) && delete(folder));
        }
      } catch (IOException | UncheckedIOException e) {
        failures.add("Cannot delete " + folder.path() + ": " + e.getMessage());
      }
    }

    /** What is not complete is of no use to anybody, unless it is being made. */
    private boolean isOld(EnvironmentFolder folder) throws IOException {
      return Files.exists(folder.path())
          && (!Files.exists(folder.marker()) || !EnvironmentUse.lastUsed(folder).isAfter(limit));
    }

    /** The marker goes first: what is left if this fails is not taken for an environment. */
    private boolean delete(EnvironmentFolder folder) throws IOException {
      long size = size(folder.path());
      Files.deleteIfExists(folder.marker());
      FileTree.delete(folder.path());
      deleted.add(folder.path());
      bytes += size;
      return true;
    }
  }

  /**
   * The packages that are installed in an environment.
   *
   * @param environment its folder
   * @return the packages, sorted by name
   * @throws PythonEnvironmentException if they cannot be read
   */
  public static List<PythonPackage> installed(Path environment) {
    try {
      return List.copyOf(
          new InstalledPackages(new EnvironmentFolder(environment).sitePackages()).list());
    } catch (IOException e) {
      throw new PythonEnvironmentException(
          "Cannot read the packages of " + environment + ": " + ContentCache.reason(e), e);
    }
  }

  /**
   * Checks an environment.
   *
   * @param settings how it was made
   * @param environment its folder
   * @return what is wrong
   */
  public static PythonEnvironmentCheck check(Settings settings, Path environment) {
    return new EnvironmentCheck(settings, new EnvironmentFolder(environment)).run();
  }
}
