package io.gilgamesh.internal;

import java.util.List;
import java.util.Objects;

/**
 * The compiled code of one interpreter, by mode, source name, source and parameter names. Sources
 * under the default name are found by the text itself, whose hash a String remembers. Very long
 * sources are compiled each time.
 */
public final class CodeCache {

  /** The mode that runs statements. */
  public static final int EXEC = 0;

  /** The mode that evaluates one expression. */
  public static final int EVAL = 1;

  /** The name that sources have in tracebacks unless they are given another. */
  public static final String DEFAULT_NAME = "<string>";

  private static final int CAPACITY = 1024;
  private static final int MAX_CACHED_CHARS = 1 << 16;

  private final BoundedCache<String, CachedRef> statements = new BoundedCache<>(CAPACITY);
  private final BoundedCache<String, CachedRef> expressions = new BoundedCache<>(CAPACITY);
  private final BoundedCache<Key, CachedRef> others = new BoundedCache<>(CAPACITY);

  CodeCache() {}

  private record Key(int mode, String name, String source, List<String> parameters) {}

  /**
   * Gives the ref of code under the default name, and keeps it alive until the lease of the
   * exchange ends.
   *
   * @param exchange the exchange of the run
   * @param mode {@link #EXEC} or {@link #EVAL}
   * @param source the source
   * @return the ref for {@link CodeNatives#run}
   */
  public static long hold(Exchange exchange, int mode, String source) {
    ContextState context = contextOf(exchange);
    CodeCache cache = context.interpreter().codes();
    BoundedCache<String, CachedRef> codes = mode == EXEC ? cache.statements : cache.expressions;
    CachedRef cached = codes.get(source);
    if (cached == null) {
      cached = compile(context, mode, DEFAULT_NAME, source, List.of());
      put(codes, source, cached, source);
    }
    exchange.hold(cached);
    return cached.ref;
  }

  /**
   * Gives the ref of code, and keeps it alive until the lease of the exchange ends.
   *
   * @param exchange the exchange of the run
   * @param mode {@link #EXEC} or {@link #EVAL}
   * @param name the source's name in tracebacks, {@link #DEFAULT_NAME} if it has none
   * @param source the source
   * @param parameters the names of the parameters that an expression takes
   * @return the ref for {@link CodeNatives#run} or {@link CodeNatives#runWith}
   */
  public static long hold(
      Exchange exchange, int mode, String name, String source, List<String> parameters) {
    if (parameters.isEmpty() && name.equals(DEFAULT_NAME)) {
      return hold(exchange, mode, source);
    }
    ContextState context = contextOf(exchange);
    CodeCache cache = context.interpreter().codes();
    Key key = new Key(mode, name, source, List.copyOf(parameters));
    CachedRef cached = cache.others.get(key);
    if (cached == null) {
      cached = compile(context, mode, name, source, key.parameters);
      put(cache.others, key, cached, source);
    }
    exchange.hold(cached);
    return cached.ref;
  }

  private static ContextState contextOf(Exchange exchange) {
    return Objects.requireNonNull(exchange.context(), "code belongs to a context");
  }

  private static <K> void put(
      BoundedCache<K, CachedRef> cache, K key, CachedRef code, String source) {
    if (source.length() <= MAX_CACHED_CHARS) {
      cache.put(key, code);
    }
  }

  private static CachedRef compile(
      ContextState context, int mode, String name, String source, List<String> parameters) {
    try (Exchange exchange = Exchange.lease(context)) {
      exchange.text(source).text(name.equals(DEFAULT_NAME) ? SourceNames.of(mode, source) : name);
      exchange.value(parameters);
      long ref =
          Calls.number(exchange, CodeNatives.compile(context.id(), mode, exchange.address()));
      return new CachedRef(context.interpreter(), ref);
    }
  }
}
