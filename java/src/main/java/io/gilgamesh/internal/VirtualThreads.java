package io.gilgamesh.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Tells virtual threads from platform threads, on JDKs that know the difference. */
final class VirtualThreads {

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
}
