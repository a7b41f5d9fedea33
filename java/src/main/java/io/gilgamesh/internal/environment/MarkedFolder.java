package io.gilgamesh.internal.environment;

import io.gilgamesh.internal.find.FileTree;
import io.gilgamesh.internal.find.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/**
 * Virtual environments that are complete once their marker is written.
 *
 * <p>The scripts and settings of a virtual environment hold its path, so it cannot be filled under
 * another name and renamed. It is made in its place, under a lock, and the marker is written last:
 * a folder without the marker, or with that of something else, is what a killed process left, and
 * is deleted.
 */
final class MarkedFolder {
  private MarkedFolder() {}

  /** Fills a folder that does not exist. */
  @FunctionalInterface
  interface Filler {
    void fill() throws IOException;
  }

  static boolean isComplete(EnvironmentFolder folder, String content) {
    try {
      return Files.readString(folder.marker()).equals(content)
          && Files.isExecutable(folder.program());
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes the folder unless another makes it first. What fails leaves nothing. */
  static void make(
      EnvironmentFolder folder, String content, Consumer<String> listener, Filler filler)
      throws IOException {
    FolderLock.<Boolean>hold(
        folder.lock(),
        listener,
        () -> {
          boolean missing = !isComplete(folder, content);
          if (missing) {
            fill(folder, content, filler);
          }
          return missing;
        });
  }

  private static void fill(EnvironmentFolder folder, String content, Filler filler)
      throws IOException {
    FileTree.delete(folder.path());
    boolean complete = false;
    try {
      filler.fill();
      Files.writeString(folder.marker(), content);
      complete = true;
    } finally {
      if (!complete) {
        FileTree.deleteQuietly(folder.path());
      }
    }
  }
}
