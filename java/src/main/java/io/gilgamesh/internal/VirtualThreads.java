package io.gilgamesh.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells virtual threads from platform threads, on JDKs that know the difference, and keeps one on
 * its carrier while it is attached: Python's thread states belong to OS threads.
 */
public final class VirtualThreads {

  private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

  private VirtualThreads() {}

  /** Tells whether a thread is virtual; never on a JDK before 21. */
  static boolean isVirtual(Thread thread) {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new AssertionError("Thread.isVirtual does not throw", e);
    }
  }

  private static @Nullable MethodHandle isVirtualHandle() {
    if (java.lang.Runtime.version().feature() < 21) {
      return null;
    }
    try {
      MethodType type = MethodType.methodType(boolean.class);
      return MethodHandles.publicLookup().findVirtual(Thread.class, "isVirtual", type);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /**
   * Runs a body in which this thread may begin transactions even if it is virtual: then it runs
   * below a native frame, which keeps it on its carrier.
   *
   * @param body what to run, once
   * @param <T> the result's type
   * @return what the body returns
   */
  public static <T extends @Nullable Object> T pinned(Supplier<T> body) {
    if (!isVirtual(Thread.currentThread())) {
      return body.get();
    }
    ThreadRecord record = ThreadRecord.own();
    Once<T> once = new Once<>(body);
    record.pinned++;
    try {
      TransactionNatives.pinned(once);
    } finally {
      record.pinned--;
      if (record.pinned == 0) {
        record.unlist();
      }
    }
    return once.result();
  }

  /** A body and its result. */
  private static final class Once<T extends @Nullable Object> implements Runnable {
    private final Supplier<T> body;
    private @Nullable T result;

    Once(Supplier<T> body) {
      this.body = body;
    }

    @Override
    public void run() {
      result = body.get();
    }

    @SuppressWarnings("NullAway") // run() has set it, to null only where T allows null
    T result() {
      return result;
    }
  }
}
