package io.gilgamesh.internal.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {
  @TempDir Path root;

  private ContentCache cache() {
    return new ContentCache(TestSurroundings.with(Map.of(), root));
  }

  @Test
  void fillsAFolderOnceAndFindsItAgain() throws IOException {
    AtomicInteger fills = new AtomicInteger();
    ContentCache.Unpacker fill =
        (folder, destination) -> {
          fills.incrementAndGet();
          Files.writeString(folder.resolve("file"), destination.toString());
        };

    Path first = cache().folder("name", "key", fill);
    Path second = cache().folder("name", "key", fill);

    assertEquals(first, second);
    assertEquals(1, fills.get());
    assertEquals(first.toString(), Files.readString(first.resolve("file")));
    assertEquals(first, cache().existing("name", "key"));
  }

  @Test
  void anotherContentGetsAnotherFolder() {
    assertFalse(cache().place("name", "1").equals(cache().place("name", "2")));
  }

  @Test
  void aKeyCannotLeaveTheCache() {
    assertEquals(root, cache().place("../x", "../../y").normalize().getParent());
  }

  @Test
  void aFailedFillLeavesNothingBehind() throws IOException {
    PythonStartException failure =
        assertThrows(
            PythonStartException.class,
            () ->
                cache()
                    .folder(
                        "name",
                        "key",
                        (folder, destination) -> {
                          Files.writeString(folder.resolve("half"), "half");
                          throw new IOException("No space left on device");
                        }));

    assertTrue(failure.getMessage().contains("No space left on device"), failure.getMessage());
    assertTrue(failure.getMessage().contains(root.toString()), failure.getMessage());
    assertTrue(failure.getMessage().contains("GILGAMESH_CACHE"), failure.getMessage());
    assertEquals(List.of(), foldersIn(root));
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamedWithTheSetting() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "not a folder");
    ContentCache cache = new ContentCache(TestSurroundings.with(Map.of(), file.resolve("cache")));

    PythonStartException failure =
        assertThrows(
            PythonStartException.class,
            () -> cache.folder("name", "key", (folder, destination) -> {}));

    assertTrue(
        failure.getMessage().contains(file.resolve("cache").toString()), failure.getMessage());
    assertTrue(failure.getMessage().contains("gilgamesh.cache"), failure.getMessage());
  }

  @Test
  void eightThreadsFillItOnce() throws Exception {
    AtomicInteger fills = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Path>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tasks.add(
          () -> cache().folder("name", "key", (folder, destination) -> slowly(folder, fills)));
    }
    for (Future<Path> done : threads.invokeAll(tasks)) {
      assertTrue(Files.exists(done.get().resolve("file")));
    }
    threads.shutdown();

    assertEquals(1, fills.get());
  }

  private static void slowly(Path folder, AtomicInteger fills) throws IOException {
    fills.incrementAndGet();
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    Files.writeString(folder.resolve("file"), "whole");
  }

  @Test
  void eightProcessesFillItOnce() throws Exception {
    List<Process> children = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      children.add(ChildJvm.start(Filler.class, root.toString(), "finish"));
    }
    int filled = 0;
    for (Process child : children) {
      filled += ChildJvm.finish(child).contains("filled") ? 1 : 0;
    }

    assertEquals(1, filled);
    assertEquals(List.of(cache().place("name", "key")), foldersIn(root));
  }

  @Test
  void aKilledFillIsCleanedByTheNext() throws Exception {
    Process child = ChildJvm.start(Filler.class, root.toString(), "hang");
    Path half = null;
    while (half == null) {
      Thread.sleep(20);
      half =
          foldersIn(root).stream()
              .filter(folder -> Files.exists(folder.resolve("file")))
              .findFirst()
              .orElse(null);
    }
    child.destroyForcibly().waitFor();
    assertTrue(Files.exists(half), "the killed process left a temporary folder");
    assertEquals(null, cache().existing("name", "key"));

    Path folder =
        cache()
            .folder(
                "name",
                "key",
                (temporary, destination) -> Files.writeString(temporary.resolve("file"), "whole"));

    assertEquals("whole", Files.readString(folder.resolve("file")));
    assertEquals(List.of(folder), foldersIn(root));
  }

  private static List<Path> foldersIn(Path root) throws IOException {
    return FileTree.beginningWith(root, "").stream().filter(Files::isDirectory).toList();
  }

  /** The other process. */
  static final class Filler {
    public static void main(String[] arguments) {
      ContentCache cache = new ContentCache(TestSurroundings.with(Map.of(), Path.of(arguments[0])));
      cache.folder(
          "name",
          "key",
          (folder, destination) -> {
            Files.writeString(folder.resolve("file"), "whole");
            try {
              Thread.sleep(arguments[1].equals("hang") ? 600_000 : 200);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            System.out.println("filled");
          });
    }
  }
}
