package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions around calls from Python, and such as are begun in one. */
class CallbackTransactionsTest extends InContext {

  private final AtomicReference<PythonTransaction> begun = new AtomicReference<>();

  @AfterEach
  void nothingIsOpenAndOthersGetIn() throws Exception {
    assertEquals(0, python.stats().transactions());
    long other =
        CompletableFuture.supplyAsync(() -> context.evalLong("1")).get(20, TimeUnit.SECONDS);
    assertEquals(1, other);
  }

  @Test
  void oneIsNotEndedByACallThatIsMadeInIt() {
    PythonException refused;
    try (PythonTransaction tx = context.begin()) {
      context.set("end", (Runnable) tx::close);
      refused = assertThrows(PythonException.class, () -> tx.exec("end()"));
      assertEquals(3, tx.evalLong("1 + 2"));
    }
    Throwable cause = refused.getCause();
    assertSame(IllegalStateException.class, cause.getClass());
    assertTrue(cause.getMessage().contains("still runs"), cause.getMessage());
  }

  @Test
  void oneThatACallLeavesOpenEndsWithTheCall() {
    context.set("begin", (Runnable) () -> begun.set(context.begin()));
    context.exec("begin()");
    assertEquals(0, python.stats().transactions());
    assertRefused();
  }

  @Test
  void severalThatACallLeavesOpenEndWithTheCallAndThoseAroundItGoOn() {
    context.set(
        "begin",
        (Runnable)
            () -> {
              context.begin();
              begun.set(context.begin());
            });
    try (PythonTransaction tx = context.begin()) {
      tx.exec("begin()");
      assertEquals(1, python.stats().transactions());
      assertEquals(3, tx.evalLong("1 + 2"));
    }
    assertRefused();
  }

  @Test
  void oneThatAnotherThreadHasClosedEndsAfterTheCallsThatRunInIt() throws Exception {
    PythonTransaction tx = context.begin();
    Runnable closing = () -> assertThrows(IllegalStateException.class, () -> closeElsewhere(tx));
    context.set("close_elsewhere", closing);
    context.set("evaluate", (Runnable) () -> context.evalLong("1"));
    context.set(
        "nested",
        (Runnable)
            () -> {
              try (PythonTransaction inner = context.begin()) {
                inner.evalLong("1");
              }
            });
    tx.exec("close_elsewhere(); evaluate(); nested()");
    tx.close();
  }

  private static void closeElsewhere(PythonTransaction tx) throws Throwable {
    try {
      CompletableFuture.runAsync(tx::close).get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private void assertRefused() {
    PythonTransaction left = begun.get();
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> left.evalLong("1"));
    assertTrue(refused.getMessage().contains("closed by the end of the call"), refused::getMessage);
    left.close();
  }
}
