package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Leases of buffers, from the pool and from the thread. */
class ExchangeTest {

  private final ContextState context = Wire.context("scores");

  @Test
  void theNextLeaseGetsTheSameBuffer() {
    Exchange first = Exchange.lease(context);
    first.close();
    try (Exchange second = Exchange.lease(null)) {
      assertSame(first.buffer, second.buffer);
    }
  }

  @Test
  void aThreadThatMakesManyCallsKeepsItsBuffer() throws InterruptedException {
    ByteBuffer mine = bufferAfterManyCalls();
    List<ByteBuffer> others = new ArrayList<>();
    for (int i = 0; i < 64; i++) { // one of them would meet this thread's place in the pool
      Thread other = new Thread(() -> others.add(bufferAfterManyCalls()));
      other.start();
      other.join();
    }
    assertFalse(others.contains(mine));
    assertSame(mine, bufferAfterManyCalls());
  }

  private ByteBuffer bufferAfterManyCalls() {
    for (int i = 0; i < 100; i++) {
      Exchange.lease(context).close();
    }
    try (Exchange exchange = Exchange.lease(context)) {
      return exchange.buffer;
    }
  }

  @Test
  void nestedLeasesGetDifferentExchanges() {
    try (Exchange outer = Exchange.lease(context)) {
      outer.text("outer");
      try (Exchange inner = Exchange.lease(context)) {
        assertNotSame(outer.buffer, inner.buffer);
        inner.text("inner");
      }
      assertEquals("outer", ValueDecoder.read(Wire.reader(outer)));
    }
  }

  @Test
  void aLeaseKnowsTheTransactionItIsIn() {
    CurrentTransaction begun = CurrentTransaction.begin(context);
    try (Exchange inside = Exchange.lease(context)) {
      assertSame(begun, inside.transaction);
    } finally {
      begun.end();
    }
    try (Exchange after = Exchange.lease(context)) {
      assertSame(null, after.transaction);
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
  void memoryIsCountedAndLargeBuffersAreGivenBack() {
    long before = Exchange.allocatedBytes();
    try (Exchange exchange = Exchange.lease(context)) {
      exchange.value(new byte[40 << 20]);
      assertTrue(
          Exchange.allocatedBytes() > before + (38 << 20)); // buffers of ended threads may go
    }
    assertTrue(Exchange.allocatedBytes() < before + (1 << 20));
  }

  @Test
  void aLargeBufferIsKeptInThePlaceOfSmallerOnes() {
    List<ByteBuffer> small = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      small.add(LargeBuffers.take(32 * 1024));
    }
    small.forEach(LargeBuffers::put);
    ByteBuffer large = LargeBuffers.take(9 << 20);
    LargeBuffers.put(large);
    ByteBuffer again = LargeBuffers.take(9 << 20);
    assertSame(large, again);
    LargeBuffers.put(again);
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
  void threadsThatMakeFewCallsShareBuffers() throws InterruptedException {
    long before = Exchange.allocatedBytes();
    for (int i = 0; i < 300; i++) {
      Thread thread = new Thread(() -> Wire.roundTrip("x"));
      thread.start();
      thread.join();
    }
    long made = Exchange.allocatedBytes() - before;
    assertTrue(made <= 66L * (ExchangeBuffer.PAYLOAD_BYTES + Exchange.PAYLOAD), "" + made);
  }
}
