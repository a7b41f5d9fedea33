package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextPool;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonLease;
import io.gilgamesh.PythonPoolReset;
import io.gilgamesh.PythonTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class PoolTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private Python python;
  private Isolation isolation;

  @BeforeEach
  void start() {
    python = Python.start();
    isolation = IsolatedContexts.areThere(python) ? Isolation.INTERPRETER : Isolation.NAMESPACE;
  }

  @AfterEach
  void close() {
    python.close();
  }

  private PythonContextPool.Builder pool(int size) {
    return PythonContextPool.builder(python).isolation(isolation).size(size);
  }

  private static void eventually(BooleanSupplier question) throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!question.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not so after 30 s");
      Thread.sleep(2);
    }
  }

  @Test
  void eachLeaseHasAContextOfItsOwnInWhichTheScriptHasRun() throws Exception {
    try (PythonContextPool pool = pool(2).startup("import json\nx = 1").open();
        PythonLease one = pool.lease(LONG);
        PythonLease two = pool.lease(LONG)) {
      assertNotSame(one.context(), two.context());
      one.context().exec("x += 1");
      assertEquals(2, one.context().evalLong("x"));
      assertEquals(1, two.context().evalLong("x"));
      assertEquals("[1]", two.context().evalText("json.dumps([1])"));
      assertEquals(2, pool.stats().leased());
      assertEquals(2, pool.stats().leases());
    }
    eventually(() -> python.stats().contexts() == 0);
  }

  @ParameterizedTest
  @EnumSource
  void whatALeaseLeavesDependsOnTheReset(PythonPoolReset reset) {
    String startup = "import sys\nruns = getattr(sys, 'gilgamesh_runs', 0) + 1\nstate = []\nx = 1";
    try (PythonContextPool pool = pool(1).startup(startup).reset(reset).open()) {
      try (PythonLease first = pool.lease(LONG)) {
        first.context().exec("x = 2\ny = 3\nstate.append(1)\ndef f(): return x\ndel sys");
      }
      try (PythonLease second = pool.lease(LONG)) {
        PythonContext context = second.context();
        boolean restored = reset != PythonPoolReset.NONE;
        assertEquals(restored ? 1 : 2, context.evalLong("x"));
        assertEquals(restored, !context.evalBoolean("'y' in globals()"));
        assertEquals(restored, context.evalBoolean("'sys' in globals()"));
        // Objects of the script are the same ones, unless it has run again.
        assertEquals(reset == PythonPoolReset.CONTEXT ? 0 : 1, context.evalLong("len(state)"));
        assertEquals(3, context.evalLong("len([1, 2, 3])"));
      }
    }
  }

  @Test
  void functionsOfTheScriptSeeItsVariablesAfterAReset() {
    try (PythonContextPool pool = pool(1).startup("x = 1\ndef f(): return x, len('ab')").open()) {
      for (int i = 0; i < 3; i++) {
        try (PythonLease lease = pool.lease(LONG)) {
          assertEquals(1, lease.context().evalLong("f()[0]"));
          lease.context().exec("x = 5\ndef len(_): return 0");
          assertEquals(List.of(5L, 0L), lease.context().eval("list(f())").toJava());
        }
      }
    }
  }

  @Test
  void whenAllAreLeasedTheWaitEndsInTimeAndSaysSo() throws Exception {
    try (PythonContextPool pool = pool(1).open()) {
      PythonLease held = pool.lease(LONG);
      PythonTimeoutException e =
          assertThrows(PythonTimeoutException.class, () -> pool.lease(Duration.ofMillis(20)));
      assertTrue(e.getMessage().contains("none of the 1 contexts"), e.getMessage());
      assertThrows(PythonTimeoutException.class, () -> pool.lease(Duration.ZERO));
      assertEquals(2, pool.stats().timeouts());
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        Future<Long> waiting =
            thread.submit(
                () -> {
                  try (PythonLease lease = pool.lease(LONG)) {
                    return lease.context().evalLong("7");
                  }
                });
        eventually(() -> pool.stats().waiting() == 1);
        held.close();
        held.close();
        assertEquals(7, waiting.get(30, TimeUnit.SECONDS));
      } finally {
        thread.shutdownNow();
      }
      assertThrows(IllegalStateException.class, held::context);
    }
  }

  @Test
  void aBrokenContextIsReplaced() throws Exception {
    try (PythonContextPool pool =
        pool(1).startup("healthy = [True]").healthCheck("healthy[0]").open()) {
      PythonContext first;
      try (PythonLease lease = pool.lease(LONG)) {
        first = lease.context();
        first.exec("healthy[0] = False");
      }
      PythonContext second;
      try (PythonLease lease = pool.lease(LONG)) {
        second = lease.context();
        assertNotSame(first, second);
        assertTrue(second.evalBoolean("healthy[0]"));
        lease.markBroken();
      }
      try (PythonLease lease = pool.lease(LONG)) {
        assertNotSame(second, lease.context());
        lease.context().exec("healthy.clear()");
      }
      eventually(() -> pool.stats().replaced() == 3 && pool.stats().idle() == 1);
      assertThrows(IllegalStateException.class, () -> first.evalLong("1"));
      try (PythonLease lease = pool.lease(LONG);
          PythonContextPool other = pool(1).open();
          PythonLease same = other.lease(LONG)) {
        assertTrue(lease.context().evalBoolean("healthy[0]"));
        assertSame(same.context(), same.context());
      }
    }
  }

  @Test
  void aScriptThatFailsIsToldAtOnce() throws Exception {
    PythonException e = assertThrows(PythonException.class, () -> pool(2).startup("1 / 0").open());
    assertEquals("ZeroDivisionError", e.type());
    assertEquals("<start-up of the pool>", e.frames().get(0).file());
    eventually(() -> python.stats().contexts() == 0);
  }

  @Test
  void aPlaceThatCouldNotBeFilledIsTriedAgainByTheNextLease(@TempDir Path folder) throws Exception {
    Path obstacle = folder.resolve("obstacle");
    String startup =
        "import os\nif os.path.exists('%s'): raise OSError('not now')".formatted(obstacle);
    try (PythonContextPool pool = pool(1).startup(startup).open()) {
      Files.createFile(obstacle);
      try (PythonLease lease = pool.lease(LONG)) {
        lease.markBroken();
      }
      PythonException later = assertThrows(PythonException.class, () -> pool.lease(LONG));
      assertEquals("OSError", later.type());
      Files.delete(obstacle);
      try (PythonLease lease = pool.lease(LONG)) {
        assertEquals(1, lease.context().evalLong("1"));
      }
    }
  }

  @Test
  void aClosedPoolRefusesLeasesAndClosesWhatComesBack() throws Exception {
    PythonContextPool pool = pool(2).open();
    PythonLease lease = pool.lease(LONG);
    PythonContext context = lease.context();
    pool.close();
    pool.close();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> pool.lease(LONG));
    assertEquals("the pool is closed", e.getMessage());
    assertEquals(1, context.evalLong("1"));
    lease.close();
    eventually(() -> python.stats().contexts() == 0);
    assertThrows(IllegalStateException.class, () -> context.evalLong("1"));
  }

  @Test
  void manyThreadsShareFewContextsWithoutCrossTalk() throws Exception {
    try (PythonContextPool pool = pool(3).startup("seen = None").open()) {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          long number = i;
          all.add(threads.submit(() -> use(pool, number)));
        }
        for (Future<?> one : all) {
          one.get(100, TimeUnit.SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }
      eventually(() -> pool.stats().idle() == 3);
      assertEquals(200, pool.stats().leases());
      assertEquals(0, pool.stats().replaced());
      assertEquals(0, pool.stats().leased());
    }
  }

  private static Object use(PythonContextPool pool, long number) {
    try (PythonLease lease = pool.lease(LONG)) {
      PythonContext context = lease.context();
      assertTrue(context.evalBoolean("seen is None"));
      context.exec("seen = n", Map.of("n", number));
      assertEquals(number, context.evalLong("seen"));
    }
    return number;
  }

  @Test
  void oddSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> pool(0));
    assertThrows(NullPointerException.class, () -> PythonContextPool.builder(null));
    assertThrows(NullPointerException.class, () -> pool(1).startup(null));
    assertThrows(PythonException.class, () -> pool(1).startup("if").open());
    try (PythonContextPool pool = pool(1).open()) {
      assertThrows(IllegalArgumentException.class, () -> pool.lease(Duration.ofSeconds(-1)));
      assertFalse(pool.stats().toString().isEmpty());
    }
    python.close();
    assertThrows(IllegalStateException.class, () -> pool(1).open());
  }
}
