package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leases of exchanges, from the pool and inside transactions. */
class ExchangeTest {

  private final ContextState context = Wire.context("scores");

  @Test
  void theNextLeaseGetsTheSameExchange() {
    Exchange first = Exchange.lease(context);
    first.close();
    try (Exchange second = Exchange.lease(null)) {
      assertSame(first, second);
    }
  }

  @Test
  void nestedLeasesGetDifferentExchanges() {
    try (Exchange outer = Exchange.lease(context)) {
      outer.text("outer");
      try (Exchange inner = Exchange.lease(context)) {
        assertNotSame(outer, inner);
        inner.text("inner");
      }
      assertEquals("outer", ValueDecoder.read(Wire.reader(outer)));
    }
  }

  @Test
  void aTransactionHasAnExchangeOfItsOwn() {
    CurrentTransaction begun = CurrentTransaction.begin(context);
    try (Exchange own = Exchange.lease(context)) {
      assertSame(begun.exchange(), own);
      assertSame(begun, own.transaction);
      try (Exchange nested = Exchange.lease(context)) {
        assertNotSame(own, nested);
        assertSame(begun, nested.transaction);
      }
    } finally {
      begun.end();
    }
    try (Exchange after = Exchange.lease(context)) {
      assertEquals(null, after.transaction);
    }
  }

  @Test
  void transactionsNestAndEndInnermostFirst() {
    CurrentTransaction outer = CurrentTransaction.begin(context);
    CurrentTransaction inner = CurrentTransaction.begin(Wire.context("other"));
    assertFalse(CurrentTransaction.isAttached(context.interpreter()));
    assertThrows(IllegalStateException.class, outer::end);
    inner.end();
    assertTrue(CurrentTransaction.isAttached(context.interpreter()));
    outer.setDetached(true);
    assertFalse(CurrentTransaction.isAttached(context.interpreter()));
    outer.setDetached(false);
    outer.end();
    assertTrue(outer.isEnded());
    assertSame(null, CurrentTransaction.get());
  }

  @Test
  void aLeaseThatOutlivesItsTransactionGoesToThePool() {
    CurrentTransaction begun = CurrentTransaction.begin(context);
    Exchange own = Exchange.lease(context);
    begun.end();
    own.close();
    try (Exchange next = Exchange.lease(context)) {
      assertFalse(next.transaction != null);
    }
  }

  @Test
  void memoryIsCountedAndLargeBuffersAreGivenBack() {
    long before = Exchange.allocatedBytes();
    try (Exchange exchange = Exchange.lease(context)) {
      exchange.value(new byte[40 << 20]);
      assertTrue(Exchange.allocatedBytes() >= before + (40 << 20));
    }
    assertTrue(Exchange.allocatedBytes() < before + (1 << 20));
  }

  @Test
  void growingWhileNestedKeepsWhatWasWritten() {
    try (Exchange exchange = Exchange.lease(context)) {
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 2000; i++) {
        exchange.text("part " + i);
        expected.append("part ").append(i);
      }
      Reader reader = Wire.reader(exchange);
      StringBuilder read = new StringBuilder();
      for (int i = 0; i < 2000; i++) {
        read.append(ValueDecoder.read(reader));
      }
      assertEquals(expected.toString(), read.toString());
    }
  }

  @Test
  void thePoolIsBounded() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Thread thread = new Thread(() -> Wire.roundTrip("x"));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(
        ExchangePool.bytes() <= 66L * (ExchangePool.PAYLOAD_BYTES + Exchange.PAYLOAD),
        "" + ExchangePool.bytes());
  }
}
