package io.gilgamesh.internal.environment;

import io.gilgamesh.internal.find.FolderLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who uses an environment: each process that makes or takes it holds a shared lock on a file beside
 * it until the process ends, however that ends. Who wants to delete the environment needs the lock
 * alone.
 *
 * <p>Where locks belong to the process, closing any channel on the file drops the lock that the
 * process holds. So it is never opened again by a process that holds it, which a system property
 * says to all class loaders.
 */
final class EnvironmentUse {
  /** Reachable as long as the process lives, since a channel closes when it is collected. */
  private static final List<FileChannel> HELD = new CopyOnWriteArrayList<>();

  private EnvironmentUse() {}

  /** From now on this process uses the environment. Waits while another process deletes it. */
  static void begin(EnvironmentFolder folder) {
    synchronized (monitor(folder)) {
      if (!isOurs(folder)) {
        hold(folder);
      }
    }
  }

  private static void hold(EnvironmentFolder folder) {
    try {
      HELD.add(locked(open(folder.use())));
      System.setProperty(key(folder), "used");
    } catch (IOException e) {
      // In a cache that cannot be written to by this process nothing is deleted by its kind either.
    }
  }

  private static FileChannel locked(FileChannel channel) throws IOException {
    try {
      channel.lock(0, Long.MAX_VALUE, true);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A cache that is read-only can be used too: a shared lock needs no right to write. */
  private static FileChannel open(Path file) throws IOException {
    if (Files.exists(file) && !Files.isWritable(file)) {
      return FileChannel.open(file, StandardOpenOption.READ);
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    return openForWriting(file);
  }

  private static FileChannel openForWriting(Path file) throws IOException {
    OpenOption[] options = {
      StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE
    };
    return FileChannel.open(file, options);
  }

  /** Remembers that the environment is used now, on its marker: touching a file closes it too. */
  static void touch(EnvironmentFolder folder) {
    try {
      Files.setLastModifiedTime(folder.marker(), FileTime.from(Instant.now()));
    } catch (IOException e) {
      // A read-only cache does not remember when it was used.
    }
  }

  /** When a complete environment was used last. */
  static Instant lastUsed(EnvironmentFolder folder) throws IOException {
    return Files.getLastModifiedTime(folder.marker()).toInstant();
  }

  /**
   * Does something that needs the environment unused.
   *
   * @return whether it was done: not where a living process uses the environment
   */
  static boolean ifUnused(EnvironmentFolder folder, FolderLock.Body<Boolean> body)
      throws IOException {
    synchronized (monitor(folder)) {
      if (isOurs(folder)) {
        return false;
      }
      try (FileChannel channel = openForWriting(folder.use());
          FileLock lock = channel.tryLock()) {
        return lock != null && body.run();
      } catch (OverlappingFileLockException e) {
        return false;
      }
    }
  }

  /** Whether a living process uses it. Asking changes no time of last use. */
  static boolean isUsed(EnvironmentFolder folder) throws IOException {
    if (isOurs(folder)) {
      return true;
    }
    return Files.isWritable(folder.use()) && !ifUnused(folder, () -> true);
  }

  private static boolean isOurs(EnvironmentFolder folder) {
    return System.getProperty(key(folder)) != null;
  }

  private static String key(EnvironmentFolder folder) {
    return "io.gilgamesh.uses." + folder.path().toAbsolutePath();
  }

  private static String monitor(EnvironmentFolder folder) {
    return key(folder).intern();
  }
}
