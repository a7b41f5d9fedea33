package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python keeps for a Java thread between its calls, and until when. */
class ThreadStateTest extends InContext {

  @BeforeEach
  void define() {
    context.exec(
        """
        import threading, contextvars, decimal, sys
        local = threading.local()
        variable = contextvars.ContextVar('variable', default=None)
        freed = []
        class Mark:
            def __init__(self, name): self.name = name
            def __del__(self): freed.append(self.name)
        class MarkedContext(decimal.Context):
            def __del__(self): freed.append('decimal')
        def read(): return variable.get()
        """);
  }

  private static <T> T on(String name, Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    new Thread(task, name).start();
    return task.get(60, TimeUnit.SECONDS);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "did not come about");
      Thread.sleep(5);
    }
  }

  private long freed(String name) {
    return context.evalLong("freed.count('" + name + "')");
  }

  @Test
  void aThreadLocalAContextVariableAndADecimalContextAreFreedWhenTheirThreadEnds()
      throws Exception {
    on(
        "short",
        () -> {
          context.exec("local.mark = Mark('local')");
          context.exec("variable.set(Mark('variable'))");
          context.exec("decimal.setcontext(MarkedContext(prec=9))");
          assertEquals("local", context.evalText("local.mark.name"));
          assertEquals("variable", context.evalText("variable.get().name"));
          assertEquals(9, context.evalLong("decimal.getcontext().prec"));
          assertEquals(0, context.evalLong("len(freed)"));
          return null;
        });
    for (String name : List.of("local", "variable", "decimal")) {
      await(() -> freed(name) == 1);
    }
  }

  @Test
  void thousandsOfShortThreadsFreeWhatEachSetForItself() throws Exception {
    long before = python.stats().threadStates();
    for (int i = 0; i < 20; i++) {
      List<Thread> threads = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        threads.add(new Thread(() -> context.exec("local.m = Mark('l'); variable.set(Mark('v'))")));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    await(() -> freed("l") == 2000 && freed("v") == 2000);
    await(() -> python.stats().threadStates() <= before + 2);
  }

  @Test
  void aContextVariableSetInOneCallIsSeenByEveryFormOfCall() throws Exception {
    PythonObject read = context.get("read");
    on(
        "setter",
        () -> {
          context.exec("variable.set('set')");
          assertEquals("set", read.applyText());
          assertEquals("set", context.callText("read"));
          assertEquals("set", context.evalText("variable.get()"));
          assertEquals("set", context.get("variable").callText("get"));
          assertEquals("set", context.<String>transact(tx -> tx.evalText("read()")));
          try (PythonTransaction tx = context.begin()) {
            assertEquals("set", tx.get("read").applyText());
            assertEquals("set", tx.detached(() -> read.applyText()));
            tx.exec("variable.set('inside')");
          }
          assertEquals("inside", read.applyText());
          return null;
        });
    assertTrue(context.evalBoolean("variable.get() is None"));
  }

  @Test
  void aProfileFunctionSetInOneCallSeesTheNextOnItsThreadOnly() throws Exception {
    context.exec(
        """
        seen = []
        def profiler(frame, event, arg): seen.append(frame.f_code.co_name)
        def mine(): pass
        def others(): pass
        """);
    on(
        "profiled",
        () -> {
          context.exec("sys.setprofile(profiler)");
          context.call("mine").close();
          on("other", () -> context.call("others").isNone());
          context.exec("sys.setprofile(None)");
          return null;
        });
    assertTrue(context.evalBoolean("'mine' in seen"), () -> context.evalText("str(seen)"));
    assertFalse(context.evalBoolean("'others' in seen"), () -> context.evalText("str(seen)"));
  }

  @Test
  void aTraceFunctionSetInOneCallSeesTheLinesOfTheNextAndOfATransaction() throws Exception {
    context.exec(
        """
        seen = []
        def tracer(frame, event, arg):
            if frame.f_code.co_name == 'traced': seen.append(event)
            return tracer
        def traced():
            x = 1
            return x
        """);
    on(
        "traced",
        () -> {
          context.exec("sys.settrace(tracer)");
          assertEquals(1, context.callLong("traced"));
          assertEquals(1L, context.<Long>transact(tx -> tx.callLong("traced")));
          context.exec("sys.settrace(None)");
          return null;
        });
    assertEquals("['call', 'line', 'line', 'return']", context.evalText("str(seen[:4])"));
    assertEquals(8, context.evalLong("len(seen)"));
  }

  @Test
  void nativeStateOfALibraryIsThereAtTheThreadsNextCall() throws Exception {
    context.exec("import ctypes, asyncio");
    on(
        "native",
        () -> {
          context.exec("ctypes.set_errno(42); ident = threading.get_native_id()");
          context.exec("loop = asyncio.new_event_loop(); asyncio.set_event_loop(loop)");
          assertEquals(42, context.evalLong("ctypes.get_errno()"));
          assertTrue(context.evalBoolean("asyncio.get_event_loop() is loop"));
          assertTrue(context.evalBoolean("threading.get_native_id() == ident"));
          assertEquals(0L, on("other", () -> context.evalLong("ctypes.get_errno()")));
          assertEquals(42, context.evalLong("ctypes.get_errno()"));
          context.exec("asyncio.set_event_loop(None); loop.close()");
          return null;
        });
  }

  @Test
  void aHandleOutlivesTheThreadThatMadeItAndIsUsedByItsSuccessors() throws Exception {
    PythonObject list = on("maker", () -> context.eval("[1]"));
    for (int i = 0; i < 20; i++) {
      int next = i;
      on("user " + i, () -> list.call("append", next).isNone());
    }
    assertEquals(21, list.length());
    on("closer", () -> close(list));
    assertTrue(list.isClosed());
  }

  private static boolean close(PythonObject object) {
    object.close();
    return true;
  }

  @Test
  void whatAnEndedThreadLeftMayRaiseExitOrRunCodeWhenItIsFreed() throws Exception {
    context.exec(
        """
        class Raising(Mark):
            def __del__(self): super().__del__(); raise ValueError('freed')
        class Exiting(Mark):
            def __del__(self): super().__del__(); sys.exit(3)
        class Working(Mark):
            def __del__(self):
                local.again = Mark('again')
                import json
                json.dumps([threading.current_thread().name])
                super().__del__()
        sys.unraisablehook = lambda unraisable: None
        """);
    for (String kind : List.of("Raising", "Exiting", "Working")) {
      for (int i = 0; i < 20; i++) {
        on("leaving", () -> leave(kind));
      }
    }
    for (String kind : List.of("Raising", "Exiting", "Working")) {
      await(() -> freed(kind) == 20);
    }
    assertEquals(2, context.evalLong("1 + 1"));
    context.exec("sys.unraisablehook = sys.__unraisablehook__");
  }

  private boolean leave(String kind) {
    context.exec("local.mark = " + kind + "('" + kind + "')");
    return true;
  }

  @Test
  void threadsThatImportTheSameModuleAtOnceAllGetIt(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("gilgamesh_slow.py"), "import time\ntime.sleep(0.3)\nx = 5");
    context.exec("sys.path.insert(0, f)", Map.of("f", folder.toString()));
    ExecutorService pool = Executors.newFixedThreadPool(6);
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      boolean inTransaction = i % 2 == 0;
      tasks.add(
          () ->
              inTransaction
                  ? context.<Long>transact(tx -> tx.importModule("gilgamesh_slow").attrLong("x"))
                  : context.importModule("gilgamesh_slow").attrLong("x"));
    }
    for (Future<Long> task : pool.invokeAll(tasks)) {
      assertEquals(5, task.get(30, TimeUnit.SECONDS));
    }
    pool.shutdown();
    context.exec("sys.path.remove(f)");
  }
}
