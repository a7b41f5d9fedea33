package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class VirtualThreadsTest {

  private Python python;
  private PythonContext context;

  @BeforeEach
  void start() {
    Assumptions.assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    python = Python.start();
    context = python.contexts().open("virtual");
  }

  @AfterEach
  void close() {
    if (python != null) {
      python.close();
    }
  }

  private static Thread startVirtual(Runnable body) {
    try {
      Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
      return (Thread) start.invoke(null, body);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void capturesOfVirtualThreadsDoNotMix() throws InterruptedException {
    AtomicLong next = new AtomicLong();
    runAll(
        50,
        () -> {
          String own = "thread " + next.incrementAndGet();
          Runnable body =
              () -> {
                context.exec("print('" + own + "', end='')");
                Thread.yield();
                context.exec("print('!')");
              };
          assertEquals(own + "!\n", context.capture(body).out());
        });
  }

  private static void runAll(int count, Runnable body) throws InterruptedException {
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(
          startVirtual(
              () -> {
                try {
                  body.run();
                } catch (Throwable e) {
                  failures.add(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(failures.isEmpty(), () -> failures.size() + " failures, such as " + failures.peek());
  }

  @Test
  void tenThousandUseTheLambdaForm() throws Exception {
    AtomicLong sum = new AtomicLong();
    PythonObject square = context.eval("lambda x: x * x");
    long before = python.stats().threadStates();
    runAll(
        10_000,
        () ->
            sum.addAndGet(
                context.transact(
                    tx -> {
                      PythonObject list = tx.eval("[1, 2, 3]");
                      Thread.yield();
                      return square.applyLong(3) + list.length();
                    })));
    assertEquals(120_000, sum.get());
    assertEquals(0, python.stats().transactions());
    assertTrue(python.stats().threadStates() - before <= 64, python.stats()::toString);
  }

  @Test
  void tenThousandUsePlainVerbs() throws Exception {
    AtomicLong sum = new AtomicLong();
    runAll(
        10_000,
        () -> {
          try (PythonObject list = context.eval("[1, 2, 3]")) {
            Thread.yield();
            sum.addAndGet(list.length());
          }
        });
    assertEquals(30_000, sum.get());
  }

  @Test
  void theTryFormIsRefusedAndSaysWhatToUse() throws Exception {
    runAll(
        1,
        () -> {
          try (PythonTransaction tx = context.begin()) {
            throw new AssertionError("a virtual thread began a transaction");
          } catch (IllegalStateException e) {
            assertTrue(e.getMessage().contains("transact"), e.getMessage());
          }
        });
  }

  @Test
  void theTryFormIsFineInsideTheLambdaForm() throws Exception {
    runAll(
        100,
        () ->
            context.transact(
                outer -> {
                  try (PythonTransaction inner = context.begin()) {
                    return inner.evalLong("1") + outer.evalLong("2");
                  }
                }));
  }

  @Test
  void anExceptionComesThroughTheLambdaForm() throws Exception {
    runAll(
        100,
        () -> {
          try {
            context.transact(tx -> tx.eval("1 / 0"));
            throw new AssertionError("nothing was thrown");
          } catch (io.gilgamesh.PythonException e) {
            assertEquals("ZeroDivisionError", e.type());
          }
        });
  }

  @Test
  void blockingInDetachedLetsOthersIn() throws Exception {
    runAll(
        50,
        () ->
            context.transact(
                tx ->
                    tx.detached(
                        () -> {
                          try {
                            Thread.sleep(5);
                          } catch (InterruptedException e) {
                            throw new AssertionError(e);
                          }
                          return 1;
                        })));
  }
}
