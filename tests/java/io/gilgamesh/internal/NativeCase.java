package io.gilgamesh.internal;

/** How one native method is called, and in which ways it can fail. */
final class NativeCase {

  /** Calls the native with a request written to the exchange; checks and undoes what it made. */
  @FunctionalInterface
  interface Call {
    void run(Failing failing);
  }

  /** Lets the next entry fail, when the case is to; called right before the native in question. */
  @FunctionalInterface
  interface Failing {
    void now();
  }

  private static final long[] ATTACHED = {
    TestingNatives.PANIC,
    TestingNatives.EXCEPTION,
    TestingNatives.STALE,
    TestingNatives.STATE,
    TestingNatives.PANIC_IN_RECORD
  };
  private static final long[] DETACHED = {
    TestingNatives.PANIC, TestingNatives.STALE, TestingNatives.STATE
  };

  private final String name;
  private final Call call;
  private final long[] ways;
  private final boolean last;

  private NativeCase(String name, Call call, long[] ways, boolean last) {
    this.name = name;
    this.call = call;
    this.ways = ways;
    this.last = last;
  }

  /** One that attaches, and so can meet a Python exception. */
  static NativeCase attached(String name, Call call) {
    return new NativeCase(name, call, ATTACHED, false);
  }

  /** One that attaches by itself, later or not at all. */
  static NativeCase detached(String name, Call call) {
    return new NativeCase(name, call, DETACHED, false);
  }

  /** One that ends what all others need. */
  static NativeCase last(String name, Call call) {
    return new NativeCase(name, call, DETACHED, true);
  }

  /** One that has no way to report a failure, since nothing in it can fail. */
  static NativeCase infallible(String name, Call call) {
    return new NativeCase(name, call, new long[0], false);
  }

  String name() {
    return name;
  }

  long[] ways() {
    return ways.clone();
  }

  boolean isFallible() {
    return ways.length > 0;
  }

  boolean isLast() {
    return last;
  }

  void run() {
    call.run(() -> {});
  }

  void run(long how) {
    call.run(() -> TestingNatives.provoke(how));
  }
}
