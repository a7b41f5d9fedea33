package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Managed handles: each is given back once, whether it is closed or found dead. */
@Timeout(60)
class HandleRegistryTest {

  /** Notes what the reclaimer would tell the core. */
  private static final class FakeCore implements Reclaimer.Core {
    final Set<Long> reclaimed = new HashSet<>();
    final AtomicInteger drains = new AtomicInteger();
    int doubles;
    boolean failing;

    @Override
    public synchronized void reclaim(long interpreter, long[] refs, int count) {
      if (failing) {
        throw new OutOfMemoryError("as if");
      }
      for (int i = 0; i < count; i++) {
        doubles += reclaimed.add(refs[i]) ? 0 : 1;
      }
    }

    synchronized int count() {
      return reclaimed.size();
    }

    synchronized void fail(boolean fails) {
      failing = fails;
    }

    @Override
    public void drain() {
      drains.incrementAndGet();
    }
  }

  private final FakeCore core = new FakeCore();
  private HandleRegistry registry;

  @BeforeEach
  void start() {
    Reclaimer reclaimer = new Reclaimer(core);
    reclaimer.start();
    registry = new HandleRegistry(3, reclaimer);
  }

  private static long ref(int slot, long generation) {
    return Ref.MANAGED | generation << 28 | slot;
  }

  private void awaitReclaimed(int count) throws InterruptedException {
    while (core.count() < count) {
      System.gc();
      Thread.sleep(10);
    }
  }

  @Test
  void deadObjectsAreReclaimedAndTheQueueIsDrainedWhileIdle() throws InterruptedException {
    for (int i = 0; i < 10_000; i++) {
      registry.track(new Object(), ref(i, 1));
    }
    awaitReclaimed(10_000);
    assertEquals(0, core.doubles);
    while (core.drains.get() == 0) {
      Thread.sleep(5);
    }
  }

  @Test
  void whatIsForgottenOrAliveIsNotReclaimed() throws InterruptedException {
    List<Object> alive = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Object owner = new Object();
      TrackedHandle tracked = registry.track(owner, ref(i, 1));
      if (i % 3 == 0) {
        alive.add(owner);
      } else if (i % 3 == 1) {
        assertTrue(registry.forget(tracked));
        assertFalse(registry.forget(tracked));
      }
    }
    awaitReclaimed(333);
    Thread.sleep(100);
    assertEquals(333, core.count());
    assertEquals(334, alive.size());
  }

  @Test
  void aSlotUsedAgainIsWatchedForItsNewHandleOnly() throws InterruptedException {
    Object old = new Object();
    Object young = new Object();
    TrackedHandle former = registry.track(old, ref(5, 1));
    TrackedHandle latter = registry.track(young, ref(5, 2));
    registry.track(old, ref(5, 1)); // an older one that came late
    assertFalse(registry.forget(former));
    assertTrue(registry.forget(latter));
    assertEquals(0, core.count());
    assertTrue(old != young);
  }

  @Test
  void manyThreadsRegisterAndDropAtOnce() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int first = t * 20_000;
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  registry.track(new Object(), ref(first + i, 1));
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    awaitReclaimed(160_000);
    assertEquals(0, core.doubles);
  }

  @Test
  void aFailedHandOverIsTriedAgain() throws InterruptedException {
    core.fail(true);
    registry.track(new Object(), ref(1, 1));
    for (int i = 0; i < 10; i++) {
      System.gc();
      Thread.sleep(10);
    }
    core.fail(false);
    registry.track(new Object(), ref(2, 1));
    awaitReclaimed(2);
  }

  @Test
  void aNudgeDrainsOnceAfterTheIdleTime() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      registry.nudge();
    }
    assertEquals(0, core.drains.get());
    while (core.drains.get() == 0) {
      Thread.sleep(5);
    }
    Thread.sleep(3 * Reclaimer.IDLE_MILLIS);
    assertEquals(1, core.drains.get());
  }

  @Test
  void aHandleWhoseTransactionEndedSaysSo() {
    ContextState context = Wire.context("scores");
    CurrentTransaction begun = CurrentTransaction.begin(context);
    PythonObject scoped =
        ApiBridge.get().object(context, 1L << 28 | 9, begun, Origin.EVAL, "a + b");
    assertFalse(scoped.isClosed());
    begun.end();
    assertTrue(scoped.isClosed());
    assertTrue(ApiBridge.get().stale(scoped).getMessage().contains("keep()"));
    scoped.close();
    scoped.close();
    IllegalStateException e = assertThrows(IllegalStateException.class, scoped::str);
    assertTrue(
        e.getMessage()
            .startsWith(
                "the result of eval(\"a + b\") in context 'scores' ended with its transaction"),
        e.getMessage());
  }

  @Test
  void aClosedHandleOfAClosedContextIsRefusedAsAnArgument() {
    ContextState context = Wire.context("scores");
    PythonObject object = ApiBridge.get().object(context, ref(4, 1), null, Origin.ITEM, 3L);
    assertEquals("<PythonObject of context 'scores'>", object.toString());
    context.markClosed();
    object.close();
    assertEquals("<closed PythonObject of context 'scores'>", object.toString());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> Wire.roundTrip(List.of(1, object)));
    assertEquals(
        "item(3) in context 'scores' cannot be used: the context is closed", e.getMessage());
  }

  @Test
  void noneNeedsNoHandle() {
    PythonObject none =
        ApiBridge.get().object(Wire.context("scores"), Ref.NONE, null, Origin.CALL, "f");
    none.close();
    assertTrue(none.isNone());
    assertEquals("None", none.toString());
  }
}
