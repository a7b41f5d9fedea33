package io.gilgamesh.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;

/**
 * A faster way into {@link Upcalls#enter}, where the JVM has one (JDK 22 and later): a stub made by
 * the Foreign Function and Memory API, which costs half of a call by JNI.
 *
 * <p>The first stub of a process takes 0.1 s and 16 MB, so it is made in the background, once there
 * were enough calls. The API is reached by reflection, since the classes run on JDK 17 too. Where
 * anything fails, calls go on by JNI.
 */
final class UpcallStub {

  /** From this many calls on it pays. */
  private static final int WORTH_IT = 2_000;

  /** Counted without a lock: some are missed, which does no harm. */
  private static int calls;

  private UpcallStub() {}

  /** Counts a call. */
  static void count() {
    if (calls < WORTH_IT && ++calls == WORTH_IT) {
      begin();
    }
  }

  private static void begin() {
    Thread maker = new Thread(null, UpcallStub::install, "gilgamesh-upcall-stub", 0, false);
    maker.setDaemon(true);
    maker.start();
  }

  static void install() {
    if (Runtime.version().feature() < 22) {
      return;
    }
    try {
      UpcallNatives.replaceEntry(make());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      System.getLogger("io.gilgamesh.internal.upcalls")
          .log(System.Logger.Level.DEBUG, "calls from Python go on by JNI", e);
    }
  }

  /** {@code Linker.nativeLinker().upcallStub(enter, descriptor, Arena.global()).address()}. */
  private static long make() throws ReflectiveOperationException {
    MethodType type =
        MethodType.methodType(long.class, int.class, int.class, long.class, long.class, int.class);
    MethodHandle enter = MethodHandles.lookup().findStatic(Upcalls.class, "enter", type);
    Class<?> linkers = foreign("Linker");
    Class<?> descriptors = foreign("FunctionDescriptor");
    Class<?> arenas = foreign("Arena");
    Object options = Array.newInstance(foreign("Linker$Option"), 0);
    Object linker = linkers.getMethod("nativeLinker").invoke(null);
    Object arena = arenas.getMethod("global").invoke(null);
    Object stub =
        linkers
            .getMethod("upcallStub", MethodHandle.class, descriptors, arenas, options.getClass())
            .invoke(linker, enter, descriptor(type), arena, options);
    return (long) foreign("MemorySegment").getMethod("address").invoke(stub);
  }

  private static Object descriptor(MethodType type) throws ReflectiveOperationException {
    Class<?> layouts = foreign("MemoryLayout");
    Object parameters = Array.newInstance(layouts, type.parameterCount());
    for (int i = 0; i < type.parameterCount(); i++) {
      Array.set(parameters, i, layout(type.parameterType(i)));
    }
    return foreign("FunctionDescriptor")
        .getMethod("of", layouts, parameters.getClass())
        .invoke(null, layout(type.returnType()), parameters);
  }

  private static Object layout(Class<?> type) throws ReflectiveOperationException {
    String name = type == long.class ? "JAVA_LONG" : "JAVA_INT";
    return foreign("ValueLayout").getField(name).get(null);
  }

  private static Class<?> foreign(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }
}
