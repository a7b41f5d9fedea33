package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The interned texts of one interpreter: names of attributes and methods cross as refs. */
final class NameCache {

  private static final int CAPACITY = 4096;

  private final BoundedCache<String, CachedRef> names = new BoundedCache<>(CAPACITY);

  /** Gives the ref of a name and keeps it alive until the lease of the exchange ends. */
  static long hold(Exchange exchange, String name) {
    ContextState context = Objects.requireNonNull(exchange.context(), "names belong to a context");
    NameCache cache = context.interpreter().names();
    CachedRef cached = cache.names.get(name);
    if (cached == null) {
      cached = intern(context, exchange.receiver(), name);
      cache.names.put(name, cached);
    }
    exchange.hold(cached);
    return cached.ref;
  }

  private static CachedRef intern(
      ContextState context, @Nullable PythonObject receiver, String name) {
    try (Exchange exchange = Exchange.lease(context, receiver)) {
      exchange.text(name);
      long ref = Calls.number(exchange, ObjectNatives.intern(context.id(), exchange.address()));
      return new CachedRef(context.interpreter(), ref);
    }
  }
}
