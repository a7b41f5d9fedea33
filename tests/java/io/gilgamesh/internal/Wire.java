package io.gilgamesh.internal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends values through the wire form without a core: what Java writes, Java reads. */
final class Wire {

  private Wire() {}

  static @Nullable Object roundTrip(@Nullable Object value) {
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.value(value);
      Reader reader = reader(exchange);
      Object read = ValueDecoder.read(reader);
      if (reader.position != exchange.position) {
        throw new AssertionError(
            "wrote up to " + exchange.position + ", read up to " + reader.position);
      }
      return read;
    }
  }

  static byte tagOf(@Nullable Object value) {
    try (Exchange exchange = Exchange.lease(null)) {
      exchange.value(value);
      return exchange.buffer.get(Exchange.PAYLOAD);
    }
  }

  static Reader reader(Exchange exchange) {
    return new Reader(exchange, exchange.buffer, Exchange.PAYLOAD, Origin.VALUE, null);
  }

  static void putByte(Exchange to, int value) {
    int at = to.reserve(1);
    to.buffer.put(at, (byte) value);
  }

  static void putInt(Exchange to, int value) {
    int at = to.reserve(4);
    to.buffer.putInt(at, value);
  }

  static void putLong(Exchange to, long value) {
    int at = to.reserve(8);
    to.buffer.putLong(at, value);
  }

  /** A context of an interpreter whose dead handles go to the given core. */
  static ContextState context(String name, Reclaimer.Core core) {
    return new ContextState(
        7,
        name,
        new InterpreterState(0, new HandleRegistry(0, new Reclaimer(core))),
        new Converters(null));
  }

  static ContextState context(String name) {
    return context(name, new NoCore());
  }

  static <T> T notNull(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private static final class NoCore implements Reclaimer.Core {
    @Override
    public void reclaim(long interpreter, long[] refs, int count) {}

    @Override
    public void drain() {}
  }
}
