package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTimeoutException;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.RecordedLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TransactionTest {

  private Python python;
  private PythonContext context;
  private PythonContext other;

  @BeforeEach
  void start() {
    python = Python.start();
    context = python.contexts().open("scores");
    other = python.contexts().open("other");
  }

  @AfterEach
  void close() {
    python.close();
  }

  /** Runs on a new platform thread of that name and gives its result. */
  private static <T> T on(String name, Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    new Thread(task, name).start();
    return task.get(30, TimeUnit.SECONDS);
  }

  // ---- nesting and order

  @Test
  void transactionsNestOnOneThreadInOneContextAndInTwo() {
    try (PythonTransaction outer = context.begin()) {
      PythonObject list = outer.eval("[1]");
      try (PythonTransaction inner = context.begin();
          PythonTransaction third = other.begin()) {
        inner.set("x", 1);
        third.set("x", 2);
        assertEquals(1, outer.evalLong("x"));
        PythonObject kept = inner.eval("[2]").keep();
        list.call("append", kept);
      }
      assertEquals("[1, [2]]", list.str());
    }
    assertEquals(2, other.evalLong("x"));
    assertEquals(0, python.stats().transactions());
  }

  @Test
  void codeThatTakesATransactionMayBeCalledInsideOne() {
    context.transact(tx -> context.transact(inner -> inner.evalLong("1 + 1")) + tx.evalLong("1"));
    try (PythonTransaction tx = context.begin()) {
      assertEquals(2L, context.<Long>transact(inner -> inner.evalLong("1 + 1")));
      assertEquals(3, context.evalLong("3"));
    }
  }

  @Test
  void aScopedObjectEndsWithItsTransactionAndAKeptOneStays() {
    PythonObject scoped;
    PythonObject kept;
    try (PythonTransaction tx = context.begin()) {
      scoped = tx.eval("[1]");
      kept = tx.eval("[2]").keep();
    }
    assertThrows(IllegalStateException.class, () -> scoped.call("append", 1));
    kept.call("append", 1);
  }

  @Test
  void closingTheOuterOneFirstClosesBothAndSaysSo() throws Exception {
    PythonTransaction outer = context.begin();
    PythonTransaction inner = other.begin();
    IllegalStateException e = assertThrows(IllegalStateException.class, outer::close);
    assertTrue(
        e.getMessage().contains("'scores'") && e.getMessage().contains("inner"), e.getMessage());
    assertThrows(IllegalStateException.class, () -> inner.exec("1"));
    inner.close();
    outer.close();
    assertEquals(2L, on("free", () -> context.evalLong("1 + 1")));
    assertEquals(0, python.stats().transactions());
  }

  @Test
  void closingTwiceDoesNothingAndUseAfterwardsIsRefused() {
    PythonTransaction tx = context.begin();
    tx.close();
    tx.close();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> tx.exec("1"));
    assertTrue(
        e.getMessage().contains("'scores'") && e.getMessage().contains("closed by"),
        e.getMessage());
  }

  // ---- other threads

  @Test
  void useByAnotherThreadIsRefusedAndNamesBoth() throws Exception {
    try (PythonTransaction tx = context.begin()) {
      IllegalStateException e =
          on("stranger", () -> assertThrows(IllegalStateException.class, () -> tx.exec("1")));
      assertTrue(e.getMessage().contains("'stranger'"), e.getMessage());
      assertTrue(
          e.getMessage().contains("'" + Thread.currentThread().getName() + "'"), e.getMessage());
      assertEquals(1, tx.evalLong("1"));
    }
  }

  @Test
  void closedByAnotherThreadItIsReportedRefusedAndRepairedByItsOwn() throws Exception {
    PythonTransaction tx = context.begin();
    IllegalStateException e =
        on("meddler", () -> assertThrows(IllegalStateException.class, tx::close));
    assertTrue(e.getMessage().contains("'meddler'"), e.getMessage());
    RecordedLogs.await("was closed by thread 'meddler'");
    e = assertThrows(IllegalStateException.class, () -> tx.exec("1"));
    assertTrue(e.getMessage().contains("'meddler'"), e.getMessage());
    assertEquals(2L, on("free", () -> context.evalLong("1 + 1")));
    tx.close();
    assertEquals(0, python.stats().transactions());
  }

  @Test
  void closedByAnotherThreadItEndsAtItsThreadsNextTransaction() throws Exception {
    PythonTransaction tx = context.begin();
    on("meddler 2", () -> assertThrows(IllegalStateException.class, tx::close));
    try (PythonTransaction next = context.begin()) {
      assertEquals(1, next.evalLong("1"));
    }
    assertEquals(2L, on("free", () -> context.evalLong("1 + 1")));
  }

  @Test
  void leftOpenByAThreadThatEndedItIsReportedAndOthersGetIn() throws Exception {
    PythonTransaction[] left = new PythonTransaction[1];
    PythonObject scoped =
        on(
            "careless",
            () -> {
              other.begin();
              left[0] = context.begin();
              return left[0].eval("[1]");
            });
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertEquals(2, context.evalLong("1 + 1")));
    String inner = RecordedLogs.await("was left open by", "'careless'", "'scores'");
    String outer = RecordedLogs.await("was left open by", "'careless'", "'other'");
    assertTrue(inner.contains("has ended") && outer.contains("has ended"), inner + outer);
    assertThrows(IllegalStateException.class, () -> scoped.call("append", 1));
    assertThrows(IllegalStateException.class, () -> left[0].exec("1"));
    left[0].close();
    assertEquals(0, python.stats().transactions());
  }

  @Test
  void anImportThatFailsInsideLetsTheNextThreadIn() throws Exception {
    PythonException e =
        on(
            "importer",
            () ->
                assertThrows(
                    PythonException.class,
                    () -> {
                      try (PythonTransaction tx = context.begin()) {
                        tx.importModule("no_such_module");
                      }
                    }));
    assertEquals("ModuleNotFoundError", e.type());
    assertEquals(2L, on("next", () -> context.evalLong("1 + 1")));
  }

  @Test
  void aModuleThatRaisesWhileItIsImportedLetsTheNextThreadIn(@TempDir Path folder)
      throws Exception {
    Files.writeString(folder.resolve("gilgamesh_raises.py"), "import os\nraise ValueError('body')");
    context.exec("import sys; sys.path.insert(0, f)", Map.of("f", folder.toString()));
    for (String name : List.of("first", "second", "third")) {
      PythonException e =
          on(
              name,
              () ->
                  assertThrows(
                      PythonException.class,
                      () -> context.transact(tx -> tx.importModule("gilgamesh_raises"))));
      assertEquals("ValueError: body", e.getMessage());
    }
    Files.writeString(folder.resolve("gilgamesh_fine.py"), "x = 5");
    assertEquals(5L, on("fine", () -> context.importModule("gilgamesh_fine").attrLong("x")));
    assertEquals(0, python.stats().transactions());
    context.exec("sys.path.remove(f)");
  }

  // ---- limits

  @Test
  void aWaitWithALimitNamesTheHolderAndItsStack() throws Exception {
    try (PythonTransaction tx = context.begin()) {
      PythonTimeoutException e =
          on(
              "waiter",
              () ->
                  assertThrows(
                      PythonTimeoutException.class, () -> context.begin(Duration.ofMillis(100))));
      assertTrue(e.getMessage().contains(Thread.currentThread().getName()), e.getMessage());
      assertTrue(
          e.getMessage().contains("aWaitWithALimitNamesTheHolderAndItsStack"), e.getMessage());
      assertTrue(e.getMessage().contains("'scores'"), e.getMessage());
      assertEquals(Thread.currentThread().getName(), e.holder().orElseThrow());
      assertTrue(e.held().toMillis() >= 90, e.held()::toString);
      assertTrue(e.getMessage().contains("has held it for 0."), e.getMessage());
      assertTrue(e.getMessage().lines().count() <= 10, e.getMessage());
      assertTrue(
          e.holderStack().stream()
              .anyMatch(
                  frame ->
                      frame.getMethodName().equals("aWaitWithALimitNamesTheHolderAndItsStack")));
      on(
          "waiter",
          () -> assertThrows(PythonTimeoutException.class, () -> context.begin(Duration.ZERO)));
    }
    assertThrows(IllegalArgumentException.class, () -> context.begin(Duration.ofMillis(-1)));
    context.begin(Duration.ZERO).close();
    context.begin(Duration.ofSeconds(Long.MAX_VALUE)).close();
  }

  @Test
  void aWaitWithALimitGetsInWhenTheHolderLetsGo() throws Exception {
    CompletableFuture<Long> waiter = new CompletableFuture<>();
    try (PythonTransaction tx = context.begin()) {
      new Thread(
              () -> {
                try (PythonTransaction late = context.begin(Duration.ofSeconds(20))) {
                  waiter.complete(late.evalLong("1"));
                }
              })
          .start();
      Thread.sleep(50);
      assertFalse(waiter.isDone());
    }
    assertEquals(1L, waiter.get(10, TimeUnit.SECONDS));
  }

  @Test
  void heldLongWhileOthersWaitIsLoggedOnceWithTheHoldersStack() throws Exception {
    long before = RecordedLogs.count("is still open while");
    CompletableFuture<Long> waiter = new CompletableFuture<>();
    try (PythonTransaction tx = context.begin()) {
      new Thread(() -> waiter.complete(other.evalLong("7"))).start();
      Thread.sleep(3_000);
    }
    assertEquals(7, waiter.get(10, TimeUnit.SECONDS));
    String report = RecordedLogs.await("is still open while", "heldLongWhileOthersWait");
    assertTrue(report.contains("detached"), report);
    assertEquals(before + 1, RecordedLogs.count("is still open while"));
  }

  // ---- detached

  @Test
  void detachedLetsOthersInAndAttachesAgain() throws Exception {
    try (PythonTransaction tx = context.begin()) {
      PythonObject list = tx.eval("[1]");
      long seen =
          tx.detached(
              () -> {
                try {
                  return on("guest", () -> other.evalLong("40 + 2"));
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      assertEquals(42, seen);
      list.call("append", 2);
      assertEquals("[1, 2]", list.str());
    }
  }

  @Test
  void detachedAttachesAgainWhenTheBodyThrows() {
    try (PythonTransaction tx = context.begin()) {
      assertThrows(
          ArithmeticException.class,
          () ->
              tx.detached(
                  () -> {
                    throw new ArithmeticException();
                  }));
      assertEquals(1, tx.evalLong("1"));
      assertThrows(IllegalStateException.class, () -> tx.detached(() -> tx.detached(() -> 1)));
      assertEquals(2, tx.evalLong("2"));
      assertEquals(3L, tx.<Long>detached(() -> context.evalLong("3")));
      assertEquals(4L, tx.<Long>detached(() -> context.transact(inner -> inner.evalLong("4"))));
      assertEquals(5, tx.evalLong("5"));
    }
  }

  @Test
  void onlyTheInnermostOneCanBeDetached() {
    try (PythonTransaction outer = context.begin();
        PythonTransaction inner = context.begin()) {
      assertThrows(IllegalStateException.class, () -> outer.detached(() -> 1));
      assertEquals(1, inner.detached(() -> 1));
    }
  }

  // ---- the lambda form

  @Test
  void transactGivesTheResultOrTheExceptionOfItsBody() throws Exception {
    assertEquals("x", context.transact(tx -> tx.evalText("'x'")));
    PythonException e =
        assertThrows(PythonException.class, () -> context.transact(tx -> tx.eval("1 / 0")));
    assertEquals("ZeroDivisionError", e.type());
    assertEquals(2L, on("free", () -> context.evalLong("1 + 1")));
  }

  @Test
  void manyShortTransactionsFromManyThreads() throws Exception {
    context.exec("n = 0");
    CountDownLatch done = new CountDownLatch(8);
    for (int t = 0; t < 8; t++) {
      new Thread(
              () -> {
                for (int i = 0; i < 500; i++) {
                  try (PythonTransaction tx = context.begin()) {
                    tx.exec("n += 1");
                  }
                }
                done.countDown();
              })
          .start();
    }
    assertTrue(done.await(30, TimeUnit.SECONDS));
    assertFalse(context.evalLong("n") > 4000);
    assertEquals(0, python.stats().transactions());
  }
}
