package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Isolation;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a context finds of those that had its interpreter before: nothing. */
@Tag("start")
class RecyclingTest extends IsolatedContexts {

  /** Runs code in a context, closes it, and opens another in the same interpreter. */
  private PythonContext after(String code) throws InterruptedException {
    awaitIdle();
    long reused = python.stats().interpreters().reused();
    try (PythonContext former = isolated()) {
      former.exec(code);
    }
    awaitIdle();
    PythonContext next = isolated();
    assertTrue(python.stats().interpreters().reused() > reused);
    return next;
  }

  @Test
  void variablesAndModulesOfTheUsersAreGone(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("gilgamesh_tenant.py"), "value = 1\n");
    PythonContext next =
        after(
            "import sys\nsys.path.insert(0, %s)\nimport gilgamesh_tenant\ngilgamesh_tenant.value = 2\nx = 1"
                .formatted(quoted(folder)));
    next.exec("import sys");
    assertFalse(next.evalBoolean("'x' in globals()"));
    assertFalse(next.evalBoolean("'gilgamesh_tenant' in sys.modules"));
    assertFalse(next.evalBoolean("%s in sys.path".formatted(quoted(folder))));
  }

  private static String quoted(Path folder) {
    return "'" + folder.toString().replace("\\", "\\\\") + "'";
  }

  @Test
  void patchesOfTheStandardLibraryAreUndone() throws Exception {
    PythonContext next =
        after(
            """
            import builtins, collections, decimal, json, json.decoder, logging, os, random, sys, warnings
            json.dumps = len
            json.added = 1
            json.decoder.JSONDecoder.decode = len
            json.decoder.JSONDecoder.added = 1
            del json.loads
            builtins.print = len
            builtins.added = 1
            collections.Counter.added = 1
            random.random = lambda: 4
            decimal.DefaultContext.prec = 3
            decimal.getcontext().prec = 3
            os.environ["GILGAMESH_TENANT"] = "1"
            sys.stdout = None
            sys.meta_path.clear()
            sys.modules["string"] = None
            warnings.simplefilter("error")
            logging.basicConfig(level=logging.DEBUG)
            logging.getLogger("tenant").addHandler(logging.NullHandler())
            sys.setrecursionlimit(500)
            """);
    next.exec(
        "import builtins, collections, decimal, json, logging, os, random, string, sys, warnings");
    assertEquals("[1]", next.evalText("json.dumps([1])"));
    assertEquals(List.of(1L), next.eval("json.loads('[1]')").toJava());
    assertFalse(next.evalBoolean("hasattr(json, 'added') or hasattr(builtins, 'added')"));
    assertFalse(
        next.evalBoolean(
            "hasattr(json.decoder.JSONDecoder, 'added') or hasattr(collections.Counter, 'added')"));
    assertTrue(next.evalBoolean("print is not len and random.random() != 4"));
    assertEquals("0.3333333333333333333333333333", next.evalText("str(decimal.Decimal(1) / 3)"));
    assertFalse(next.evalBoolean("'GILGAMESH_TENANT' in os.environ"));
    assertTrue(next.evalBoolean("sys.stdout is not None and string.digits == '0123456789'"));
    assertFalse(next.evalBoolean("('error', None, Warning, None, 0) in warnings.filters"));
    assertTrue(
        next.evalBoolean("logging.root.level == logging.WARNING and not logging.root.handlers"));
    assertFalse(next.evalBoolean("'tenant' in logging.root.manager.loggerDict"));
    assertTrue(next.evalLong("sys.getrecursionlimit()") != 500);
  }

  @Test
  void whatThreadsHadIsGone() throws Exception {
    PythonContext next =
        after(
            """
            import contextvars, decimal, sys, threading
            threading.settrace(lambda *_: None)
            sys.settrace(lambda *_: None)
            threading.main_thread().tenant = threading.local()
            decimal.getcontext().prec = 5
            """);
    next.exec("import decimal, sys, threading");
    assertTrue(next.evalBoolean("sys.gettrace() is None and threading.gettrace() is None"));
    assertEquals(28, next.evalLong("decimal.getcontext().prec"));
  }

  @Test
  void exitHandlersRunWhenTheContextIsClosed() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    try (PythonContext former = isolated()) {
      former.set("ran", (Runnable) ran::countDown);
      former.exec("import atexit\natexit.register(ran)");
    }
    assertTrue(ran.await(20, TimeUnit.SECONDS));
  }

  @Test
  void handlesOfAFormerTenantAreRefusedInTheNext() throws Exception {
    awaitIdle();
    PythonContext former = isolated();
    PythonObject list = former.eval("[1, 2]");
    former.close();
    awaitIdle();
    PythonContext next = isolated();
    next.exec("x = [3, 4, 5]\nsize = len");
    for (Runnable use :
        List.<Runnable>of(list::length, () -> next.set("y", list), () -> next.call("size", list))) {
      IllegalStateException e = assertThrows(IllegalStateException.class, use::run);
      assertTrue(e.getMessage().contains("closed"), e.getMessage());
    }
    list.close();
    assertEquals(3, next.evalLong("len(x)"));
  }

  @Test
  void whatIsNotClosedIsReleasedWithItsContext() throws Exception {
    awaitIdle();
    long live = python.stats().liveHandles();
    List<PythonObject> kept = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      try (PythonContext context = isolated()) {
        for (int i = 0; i < 50; i++) {
          kept.add(context.eval("object()"));
        }
      }
    }
    awaitIdle();
    assertEquals(live, python.stats().liveHandles());
    assertTrue(kept.stream().allMatch(PythonObject::isClosed));
  }

  @Test
  void anInterpreterInWhichCodeRunsIsNotUsedBeforeThatEnds() throws Exception {
    awaitIdle();
    PythonContext context = isolated();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    context.set(
        "wait",
        (Runnable)
            () -> {
              inside.countDown();
              try {
                leave.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> running = thread.submit(() -> context.exec("wait()"));
      assertTrue(inside.await(20, TimeUnit.SECONDS));
      Thread closer = new Thread(context::close);
      closer.start();
      long before = made();
      try (PythonContext other = isolated()) {
        assertEquals(2, other.evalLong("1 + 1"));
      }
      assertTrue(idle() < made() || made() > before);
      leave.countDown();
      running.get(30, TimeUnit.SECONDS);
      closer.join(30_000);
      awaitIdle();
      assertEquals(0, python.stats().interpreters().abandoned());
      assertEquals(made(), idle());
    } finally {
      leave.countDown();
      thread.shutdownNow();
    }
  }

  @Test
  void closedInsideItsOwnTransactionItIsCleanedAfterThat() throws Exception {
    awaitIdle();
    PythonContext context = isolated();
    PythonTransaction transaction = context.begin();
    transaction.exec("x = 1");
    context.close();
    assertThrows(IllegalStateException.class, () -> transaction.exec("x = 2"));
    assertTrue(idle() < made());
    transaction.close();
    awaitIdle();
    assertEquals(made(), idle());
  }

  @Test
  void eightThreadsThatOpenUseAndCloseLeaveNothing() throws Exception {
    awaitIdle();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        long number = t;
        all.add(threads.submit(() -> rounds(number)));
      }
      for (Future<?> one : all) {
        one.get(100, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    awaitIdle();
    assertEquals(made(), idle());
    assertTrue(python.stats().interpreters().made() <= 40);
  }

  private Object rounds(long number) {
    for (int round = 0; round < 15; round++) {
      try (PythonContext context = contexts.openAnonymous(Isolation.INTERPRETER)) {
        context.exec("import json\nassert 'mine' not in globals()\nmine = %d".formatted(number));
        assertEquals(number, context.evalLong("mine"));
        assertEquals("[1]", context.evalText("json.dumps([1])"));
      }
    }
    return number;
  }
}
