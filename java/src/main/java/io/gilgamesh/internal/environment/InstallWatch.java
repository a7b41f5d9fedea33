package io.gilgamesh.internal.environment;

import io.gilgamesh.internal.find.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts the packages that are installed while an installer works: pip says so only when all are.
 */
final class InstallWatch extends Thread implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  private final Path sitePackages;
  private final ProgressMeter meter;
  private volatile boolean closed;

  InstallWatch(Path sitePackages, ProgressMeter meter) {
    super("gilgamesh-install-watch");
    this.sitePackages = sitePackages;
    this.meter = meter;
    setDaemon(true);
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        meter.installed(installed());
        Thread.sleep(PAUSE_MILLIS);
      } catch (IOException e) {
        // The folder is being changed: it is looked at again.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** RECORD is the last file of a package to be written. */
  private int installed() throws IOException {
    int count = 0;
    for (Path entry : FileTree.beginningWith(sitePackages, "")) {
      if (Files.exists(entry.resolve("RECORD"))) {
        count++;
      }
    }
    return count;
  }

  /** Nothing is told afterwards. */
  @Override
  public void close() {
    closed = true;
    interrupt();
    boolean interrupted = false;
    while (isAlive()) {
      try {
        join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
