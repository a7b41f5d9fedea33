package io.gilgamesh.internal.find;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deleting folders, and folders whose name begins with a text. Symbolic links are deleted, never
 * followed.
 */
public final class FileTree {
  private FileTree() {}

  /**
   * Deletes a folder with all that is in it, or a file; nothing where neither is there.
   *
   * @param tree the folder
   * @throws IOException if something of it cannot be deleted
   */
  public static void delete(Path tree) throws IOException {
    if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(tree, new Deleter());
    }
  }

  /**
   * Deletes without a word: for cleaning up on the way out of a failure that is told by itself.
   *
   * @param tree the folder
   */
  public static void deleteQuietly(Path tree) {
    try {
      delete(tree);
    } catch (IOException e) {
      // What is left over has a temporary name: the next process to prepare the same folder deletes
      // it.
    }
  }

  /**
   * The entries of a folder whose name begins with a text.
   *
   * @param folder the folder
   * @param beginning the text
   * @return the entries, in no order
   * @throws IOException if the folder cannot be read
   */
  public static List<Path> beginningWith(Path folder, String beginning) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (entry.getFileName().toString().startsWith(beginning)) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error)
        throws IOException {
      if (error != null) {
        throw error;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
