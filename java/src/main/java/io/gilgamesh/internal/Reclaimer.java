package io.gilgamesh.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings dead managed handles from the JVM's collector to the core, in batches, on one daemon
 * thread.
 *
 * <p>The core queues them, and any thread that attaches drains a part of the queue. Where nobody
 * attaches, this thread does it {@value #IDLE_MILLIS} ms later, so that memory is given back while
 * the program is idle.
 */
public final class Reclaimer {

  /** How long a queued release may wait for somebody else to attach. */
  static final long IDLE_MILLIS = 50;

  /** How long it sleeps between batches while the dead keep coming. */
  private static final long PAUSE_MILLIS = 2;

  private static final int BATCH = 512;

  /** How many dead handles the maker of a new one passes on while the thread is behind. */
  private static final int SHARE = 8;

  /** Where the dead go; the natives, or a test's fake. */
  interface Core {
    void reclaim(long interpreter, long[] refs, int count);

    void drain();
  }

  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
  private volatile boolean nudged;
  private final long[] batch = new long[BATCH];
  private int pending;

  /**
   * Whether the dead come faster than this thread gets to pass them on: then those who make handles
   * take a share.
   */
  private volatile boolean behind;

  private @Nullable HandleRegistry registry;
  private final Core core;

  Reclaimer(Core core) {
    this.core = core;
  }

  private static final class Running {
    static final Reclaimer INSTANCE = new Reclaimer(new NativeCore());

    static {
      INSTANCE.start();
    }
  }

  /** The one of the process; starts its thread on first use. */
  static Reclaimer running() {
    return Running.INSTANCE;
  }

  ReferenceQueue<Object> queue() {
    return queue;
  }

  void start() {
    Thread thread =
        new Thread(null, null, "gilgamesh-reclaim", 0, false) {
          @Override
          public void run() {
            work();
          }
        };
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Asks for a drain after the idle time. Costs one volatile read while one is already asked for.
   */
  void nudge() {
    if (!nudged) {
      ask();
    }
  }

  /** Under a lock and not by an AtomicBoolean, whose classes would be loaded at each start. */
  private synchronized void ask() {
    if (!nudged) {
      nudged = true;
      new WeakReference<>(this, queue).enqueue();
    }
  }

  /**
   * Works for ever: after an exhausted heap or a refused drain too, since what is pending can still
   * be freed later.
   */
  private void work() {
    while (true) {
      try {
        round();
      } catch (Throwable e) {
        Thread.onSpinWait();
      }
    }
  }

  /**
   * Waits for the first dead handle, passes on what comes until the idle time is over, then drains.
   *
   * <p>Between batches it sleeps instead of waiting on the queue: the JVM would wake it for each
   * dead handle, which costs both sides far more than the handle.
   */
  void round() throws InterruptedException {
    Reference<?> dead = queue.remove();
    long end = System.nanoTime() + IDLE_MILLIS * 1_000_000;
    while (true) {
      behind = dead != null && passBatch(dead);
      if (System.nanoTime() - end >= 0) {
        break;
      }
      if (!behind) {
        Thread.sleep(PAUSE_MILLIS);
      }
      dead = queue.poll();
    }
    nudged = false;
    core.drain();
  }

  /** Passes on a dead handle and some of those behind it; whether there may be more. */
  private boolean passBatch(Reference<?> first) {
    int room = BATCH;
    for (Reference<?> dead = first; dead != null; dead = --room > 0 ? queue.poll() : null) {
      if (dead instanceof TrackedHandle tracked && tracked.registry.forget(tracked)) {
        add(tracked);
      }
    }
    flush();
    return room == 0;
  }

  /**
   * Takes a share of the work where the thread is behind: many threads that make handles would
   * otherwise leave it too little of the processor, and the dead would pile up. Called by each
   * maker of a handle.
   */
  void help() {
    if (behind) {
      passShare();
    }
  }

  private void passShare() {
    long[] refs = new long[SHARE];
    int count = 0;
    HandleRegistry of = null;
    for (Reference<?> dead = queue.poll();
        dead != null;
        dead = count < SHARE ? queue.poll() : null) {
      if (dead instanceof TrackedHandle tracked && tracked.registry.forget(tracked)) {
        if (of != null && of != tracked.registry) {
          core.reclaim(of.interpreter(), refs, count);
          count = 0;
        }
        of = tracked.registry;
        refs[count++] = tracked.ref;
      }
    }
    if (of != null) {
      core.reclaim(of.interpreter(), refs, count);
    }
    behind = count == SHARE;
  }

  private void add(TrackedHandle tracked) {
    if (registry != tracked.registry || pending == BATCH) {
      flush();
    }
    registry = tracked.registry;
    batch[pending++] = tracked.ref;
  }

  /** Hands over what is pending; when that fails it stays pending for the next time. */
  private void flush() {
    HandleRegistry of = registry;
    if (of != null && pending > 0) {
      core.reclaim(of.interpreter(), batch, pending);
      pending = 0;
    }
  }

  private static final class NativeCore implements Core {
    @Override
    public void reclaim(long interpreter, long[] refs, int count) {
      HandleNatives.reclaim(interpreter, refs, count);
    }

    @Override
    public void drain() {
      try (Exchange exchange = Exchange.lease(null)) {
        Calls.number(exchange, RuntimeNatives.drain(exchange.address()));
      }
    }
  }
}
