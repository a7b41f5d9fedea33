package io.gilgamesh.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonOutput;
import io.gilgamesh.PythonStreams;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What one call writes, as text or in streams of its own. */
class CaptureTest extends InContext {

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  private void toLines() {
    context.setStreams(PythonStreams.inherit().stdout(lines::add));
  }

  @Test
  void aCaptureHasTheResultAndBothTexts() {
    PythonOutput<Long> output =
        context.capture(
            () -> {
              context.exec("import sys\nprint('out')\nprint('err', file=sys.stderr)");
              return context.evalLong("1 + 1");
            });
    assertEquals(new PythonOutput<>(2L, "out\n", "err\n"), output);
  }

  @Test
  void theInnerCaptureTakesAllAndTheOuterGoesOn() {
    List<String> inner = new ArrayList<>();
    String outer =
        context
            .capture(
                () -> {
                  context.exec("print('before')");
                  inner.add(context.capture(() -> context.exec("print('inner')")).out());
                  context.exec("print('after')");
                })
            .out();
    assertEquals("before\nafter\n", outer);
    assertEquals(List.of("inner\n"), inner);
  }

  @Test
  void afterACaptureTheStreamsOfTheContextCount() {
    toLines();
    context.capture(() -> context.exec("print('captured')"));
    context.exec("print('not captured')");
    assertEquals(List.of("not captured"), lines);
  }

  @Test
  void aBlockThatFailsEndsToo() {
    toLines();
    List<String> block = new ArrayList<>();
    assertThrows(
        PythonException.class,
        () ->
            context.withStreams(
                PythonStreams.inherit().stdout(block::add),
                () -> context.exec("print('told', end=''); 1 / 0")));
    context.exec("print('after')");
    assertEquals(List.of("told"), block);
    assertEquals(List.of("after"), lines);
  }

  @Test
  void whatABlockDoesNotNameStaysAsItIs() {
    context.setStreams(PythonStreams.inherit().stdin("typed\n").stdout(lines::add));
    List<String> errors = new ArrayList<>();
    context.withStreams(
        PythonStreams.inherit().stderr(errors::add),
        () -> context.exec("import sys\nprint(input()); print('bad', file=sys.stderr)"));
    assertEquals(List.of("typed"), lines);
    assertEquals(List.of("bad"), errors);
    String answer =
        context.withStreams(PythonStreams.inherit().stdin("42"), () -> context.evalText("input()"));
    assertEquals("42", answer);
  }

  @Test
  void capturesOfTwoThreadsDoNotMix() throws Exception {
    context.exec(
        "import time\ndef talk(name):\n    for _ in range(50):\n"
            + "        print(name, end=' '); time.sleep(0.0002); print(name)");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<String>> texts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String code = "talk('t" + i + "')";
      texts.add(threads.submit(() -> context.capture(() -> context.exec(code)).out()));
    }
    for (int i = 0; i < 8; i++) {
      assertEquals(("t" + i + " t" + i + "\n").repeat(50), texts.get(i).get());
    }
    threads.shutdown();
  }

  @Test
  void otherThreadsAreNotCaptured() throws Exception {
    toLines();
    String text =
        context
            .capture(
                () -> {
                  Thread other = new Thread(() -> context.exec("print('from another thread')"));
                  other.start();
                  join(other);
                  context.exec("print('mine')");
                })
            .out();
    assertEquals("mine\n", text);
    assertEquals(List.of("from another thread"), lines);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void threadsThatPythonStartsAreCapturedWhereTheyWereStarted() {
    toLines();
    context.exec(
        "import threading\nfrom concurrent.futures import ThreadPoolExecutor\n"
            + "def run(f):\n    t = threading.Thread(target=f); t.start(); t.join()\n"
            + "pool = ThreadPoolExecutor(1)");
    String text =
        context
            .capture(
                () ->
                    context.exec(
                        "run(lambda: run(lambda: print('grandchild')))\n"
                            + "pool.submit(print, 'pooled').result()\n"
                            + "run(lambda: print('left over', end=''))"))
            .out();
    assertEquals("grandchild\npooled\nleft over", text);
    context.exec("pool.submit(print, 'after the capture').result()");
    assertEquals(List.of("after the capture"), lines);
    context.exec("pool.shutdown()");
  }

  @Test
  void whatOthersPutAroundTheStartOfThreadsStaysThere() {
    context.capture(() -> {});
    context.exec(
        "import threading\nours = threading.Thread.start\nstarts = []\n"
            + "def start(self): starts.append(self); ours(self)\n"
            + "threading.Thread.start = start");
    String code = "t = threading.Thread(target=print, args=('x',)); t.start(); t.join()";
    assertEquals("x\n", context.capture(() -> context.exec(code)).out());
    context.exec("threading.Thread.start = ours");
    assertEquals(1, context.evalLong("len(starts)"));
  }

  @Test
  void javaThatAThreadOfPythonsCallsIsCapturedToo() {
    context.set("java", (Runnable) () -> context.exec("print('through Java')"));
    context.exec("import threading");
    String code = "t = threading.Thread(target=java); t.start(); t.join()";
    assertEquals("through Java\n", context.capture(() -> context.exec(code)).out());
  }

  @Test
  void asyncioStaysOnItsThread() {
    context.exec(
        "import asyncio\nasync def main():\n    await asyncio.sleep(0); print('async')\n"
            + "    await asyncio.to_thread(print, 'to a thread')");
    assertEquals(
        "async\nto a thread\n", context.capture(() -> context.exec("asyncio.run(main())")).out());
  }

  @Test
  void aTransactionIsCaptured() {
    String text =
        context
            .capture(
                () -> {
                  try (PythonTransaction transaction = context.begin()) {
                    transaction.exec("print('in a transaction', end='')");
                  }
                })
            .out();
    assertEquals("in a transaction", text);
  }

  @Test
  void anotherContextIsNotCaptured() {
    PythonContext other = python.contexts().open("other");
    other.setStreams(PythonStreams.inherit().stdout(lines::add));
    assertEquals("", context.capture(() -> other.exec("print('other')")).out());
    assertEquals(List.of("other"), lines);
  }

  @Test
  void aContextMayBeClosedInItsCapture() {
    PythonOutput<?> output =
        context.capture(
            () -> {
              context.exec("print('seen', end='')");
              context.close();
            });
    assertEquals("seen", output.out());
  }
}
