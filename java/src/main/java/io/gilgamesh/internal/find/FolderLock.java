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
final class FolderLock {
  private FolderLock() {}

  /** What is done under the lock. */
  interface Body<T> {
    T run() throws IOException;
  }

  static <T> T hold(Path file, Consumer<String> progress, Body<T> body) throws IOException {
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
