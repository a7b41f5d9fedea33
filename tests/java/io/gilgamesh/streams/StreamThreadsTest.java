package io.gilgamesh.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonStreams;
import io.gilgamesh.testing.InContext;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Streams under many threads, and what is left of them. */
class StreamThreadsTest extends InContext {

  /** Not safe for several threads: it need not be. */
  private final List<String> lines = new ArrayList<>();

  private void inThreads(int count, Runnable work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(threads.submit(work));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
  }

  @Test
  void linesOfManyThreadsAreWholeAndNoneIsLost() throws Exception {
    context.setStreams(PythonStreams.inherit().stdout(lines::add));
    context.exec("def talk():\n    for i in range(500): print('a', i, 'b', end=' '); print('c')");
    context.exec("import threading\nts = [threading.Thread(target=talk) for _ in range(4)]");
    context.exec("for t in ts: t.start()");
    inThreads(4, () -> context.exec("talk()"));
    context.exec("for t in ts: t.join()");
    assertEquals(8 * 500, lines.size());
    TreeSet<String> kinds = new TreeSet<>(lines);
    assertEquals(500, kinds.size(), () -> kinds.headSet("a 1").toString());
  }

  @Test
  void aStreamThatBlocksHoldsUpItsWriterAlone() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    context.setStreams(
        PythonStreams.inherit()
            .stdout(
                line -> {
                  entered.countDown();
                  await(leave);
                }));
    Thread writer = new Thread(() -> context.exec("print('blocks')"));
    writer.start();
    await(entered);
    assertEquals(2, context.evalLong("1 + 1"));
    leave.countDown();
    writer.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void streamsMayBeReplacedWhileThreadsWrite() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              while (end.getCount() > 0) {
                context.exec("print('x', end='')\nprint('y')");
              }
            });
    OutputStream nowhere = OutputStream.nullOutputStream();
    context.setStreams(PythonStreams.inherit().stdout(nowhere));
    writer.start();
    inThreads(
        3,
        () -> {
          for (int i = 0; i < 100; i++) {
            context.setStreams(PythonStreams.inherit().stdout(nowhere).stderr(line -> {}));
          }
        });
    end.countDown();
    writer.join();
    context.setStreams(PythonStreams.inherit());
    assertEquals(0, left());
  }

  @Test
  void contextsMayBeClosedWhileTheirThreadsWrite() throws Exception {
    for (int i = 0; i < 50; i++) {
      PythonContext closed = python.contexts().open("closed");
      closed.setStreams(PythonStreams.inherit().stdout(line -> {}).stderr(line -> {}));
      closed.exec(
          "import sys, threading\n"
              + "def work():\n"
              + "    for _ in range(300): print('', end='', file=sys.stderr); print(end='\\r"
              + "', file=o)\n"
              + "o = sys.stdout\n"
              + "t = threading.Thread(target=work); t.start()");
      closed.close();
    }
    context.exec(
        "import threading\nfor t in threading.enumerate():\n"
            + "    if 'work' in t.name: t.join()");
  }

  @Test
  void nothingIsLeftOfAThousandContexts() {
    round(); // what the first one imports stays
    long before = left();
    for (int i = 0; i < 1000; i++) {
      round();
    }
    // What other tests have left may go meanwhile.
    assertTrue(left() <= before, () -> left() + " after " + before);
  }

  private void round() {
    try (PythonContext one = python.contexts().open("round")) {
      one.setStreams(
          PythonStreams.inherit()
              .stdin(new ByteArrayInputStream(new byte[] {'a'}))
              .stdout(line -> {})
              .stderr(OutputStream.nullOutputStream()));
      one.capture(() -> one.exec("print('captured', end='')"));
      one.exec("import threading\nt = threading.Thread(target=print, args=('x',)); t.start()");
      one.exec("t.join(); input(); print('pending', end='')");
    }
  }

  /** What Python keeps of streams, and Java for it. */
  private long left() {
    context.exec("from gilgamesh import _output as o, _streams as s\nimport gc; gc.collect()");
    String kept = "len(o._partials) + len(s._contexts) + len(s._blocks) + len(s._homes)";
    long inPython = context.evalLong(kept);
    assertTrue(inPython < 50, () -> context.evalText("repr(s.__dict__)"));
    return inPython + python.stats().javaObjects();
  }
}
