package io.gilgamesh.internal.find;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * One at a time, among the threads of this JVM, its class loaders and the other processes of the
 * machine.
 *
 * <p>The file's lock keeps other processes out and goes with its process, however that ends. It
 * must not be left to keep threads apart: where locks belong to the process, as on POSIX, closing
 * any channel on the file drops the lock that another thread holds. So a monitor that all class
 * loaders share, an interned string, is held around opening, locking and closing. The file itself
 * stays: deleting it would let two processes lock two files of one name.
 */
public final class FolderLock {
  private FolderLock() {}

  /**
   * What is done under the lock.
   *
   * @param <T> what comes out of it
   */
  @FunctionalInterface
  public interface Body<T> {
    /**
     * Does it.
     *
     * @return what comes out of it
     * @throws IOException if it fails
     */
    T run() throws IOException;
  }

  /**
   * Does something that nobody else does meanwhile.
   *
   * @param file the lock's file, made if it does not exist
   * @param progress told if there is somebody to wait for
   * @param body what to do
   * @param <T> what comes out of it
   * @return what the body returns
   * @throws IOException if the file cannot be locked, or the body fails
   */
  public static <T> T hold(Path file, Consumer<String> progress, Body<T> body) throws IOException {
    synchronized (("io.gilgamesh lock " + file.toAbsolutePath()).intern()) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Released by closing the channel.
        lock(channel, file, progress);
        return body.run();
      }
    }
  }

  private static void lock(FileChannel channel, Path file, Consumer<String> progress)
      throws IOException {
    if (channel.tryLock() == null) {
      progress.accept("Waiting for another process that holds " + file);
      channel.lock();
    }
  }
}
