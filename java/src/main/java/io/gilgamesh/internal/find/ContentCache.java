package io.gilgamesh.internal.find;

import io.gilgamesh.PythonStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Folders named by their content, each filled once for a user and never changed afterwards.
 *
 * <p>A folder that exists is complete: it is filled under a temporary name and renamed in one step,
 * under a lock, so that many processes can ask for it at once and one that is killed leaves only a
 * temporary folder, which the next to fill the same folder deletes. Asking for a folder that exists
 * takes no lock and writes nothing, so a filled cache may be read-only.
 */
public final class ContentCache {
  private final Path root;
  private final Surroundings surroundings;

  /** Fills a folder. */
  @FunctionalInterface
  public interface Unpacker {
    /**
     * Writes the content.
     *
     * @param folder an empty folder, to be written to
     * @param destination the name that the folder gets when all is written
     * @throws IOException if it fails; what was written is then deleted
     */
    void fill(Path folder, Path destination) throws IOException;
  }

  ContentCache(Surroundings surroundings) {
    this.root = CacheFolder.of(surroundings);
    this.surroundings = surroundings;
  }

  /**
   * The cache of the user that runs this JVM.
   *
   * @return the cache, which need not exist yet
   * @throws PythonStartException if no folder is known for it
   */
  public static ContentCache ofUser() {
    return new ContentCache(Surroundings.ofProcess());
  }

  Path root() {
    return root;
  }

  /** Where the folder of a content is or would be. */
  Path place(String name, String contentKey) {
    return root.resolve(plain(name).concat("-").concat(plain(contentKey)));
  }

  /**
   * The folder of a content, if it exists. For starts: it needs no {@link Unpacker}, and so no
   * lambda.
   *
   * @param name what it is, for people
   * @param contentKey names the content
   * @return the folder, complete, or null
   */
  public @Nullable Path existing(String name, String contentKey) {
    Path folder = place(name, contentKey);
    return Files.isDirectory(folder) ? folder : null;
  }

  /**
   * The folder of a content, filled now if it does not exist.
   *
   * @param name what it is, for people
   * @param contentKey names the content: another content has another key
   * @param fill called at most once, by one process at a time
   * @return the folder, complete
   * @throws PythonStartException if it cannot be made; the message names the cache and how to
   *     choose another
   */
  public Path folder(String name, String contentKey, Unpacker fill) {
    Path existing = existing(name, contentKey);
    return existing != null ? existing : made(place(name, contentKey), fill);
  }

  private Path made(Path folder, Unpacker fill) {
    try {
      return FolderLock.hold(
          beside(folder, ".lock"), surroundings::tell, () -> filled(folder, fill));
    } catch (IOException e) {
      throw new PythonStartException(
          "Cannot prepare "
              + folder
              + ": "
              + reason(e)
              + ". The folder must be writable, with room for what is unpacked; "
              + CacheFolder.SETTING,
          e);
    }
  }

  private Path filled(Path folder, Unpacker fill) throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    for (Path stale :
        FileTree.beginningWith(root, beside(folder, ".tmp-").getFileName().toString())) {
      FileTree.deleteQuietly(stale);
    }
    Path temporary = beside(folder, ".tmp-" + ProcessHandle.current().pid());
    try {
      Files.createDirectory(temporary);
      fill.fill(temporary, folder);
      return Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileTree.deleteQuietly(temporary);
    }
  }

  private static Path beside(Path folder, String ending) {
    return folder.resolveSibling("." + folder.getFileName() + ending);
  }

  /**
   * Why something failed: an exception of the file system says what it could not do only by its
   * class.
   *
   * @param e the exception
   * @return the reason, for a message
   */
  public static String reason(IOException e) {
    return e.getClass() == IOException.class
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean kept = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-');
      plain.append(kept ? c : '_');
    }
    return plain.toString();
  }
}
