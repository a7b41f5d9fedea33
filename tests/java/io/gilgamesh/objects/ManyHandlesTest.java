package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.ProcessMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Handles that are made and dropped without a close, from eight threads at once. */
class ManyHandlesTest {

  private static final int THREADS = 8;
  private static final long SLACK_KB = 96 * 1024;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void eightThreadsThatDropTheirHandlesLeaveNone() throws InterruptedException {
    try (Python python = Python.start();
        PythonContext context = python.contexts().open("many handles")) {
      PythonObject make = context.eval("object");
      long before = python.stats().liveHandles();
      dropFromAllThreads(make, 40_000);
      awaitLive(python, before);
    }
  }

  /** Ten million, in two halves: the second must find the memory that the first has left. */
  @Test
  @Tag("soak")
  @EnabledOnOs(OS.LINUX)
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void tenMillionDroppedHandlesLeaveMemoryFlat() throws InterruptedException, IOException {
    try (Python python = Python.start();
        PythonContext context = python.contexts().open("ten million handles")) {
      PythonObject make = context.eval("object");
      long before = python.stats().liveHandles();
      dropFromAllThreads(make, 5_000_000);
      awaitLive(python, before);
      long half = ProcessMemory.residentKilobytes();
      dropFromAllThreads(make, 5_000_000);
      awaitLive(python, before);
      long end = ProcessMemory.residentKilobytes();
      assertTrue(
          end < half + SLACK_KB, () -> half + " KB after one half, " + end + " KB after both");
    }
  }

  private static void dropFromAllThreads(PythonObject make, int total) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> drop(make, total / THREADS));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void drop(PythonObject make, int count) {
    for (int i = 0; i < count; i++) {
      make.apply();
    }
  }

  /** Waits until the collector has found them all; only it can say when. */
  private static void awaitLive(Python python, long expected) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (python.stats().liveHandles() > expected && System.nanoTime() < deadline) {
      System.gc();
      Thread.sleep(50);
    }
    assertEquals(expected, python.stats().liveHandles());
  }
}
