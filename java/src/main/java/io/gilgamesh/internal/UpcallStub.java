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
public final class UpcallStub {

  /** The parameters of {@link Upcalls#enter}. */
  public static final MethodType TYPE =
      MethodType.methodType(long.class, int.class, int.class, long.class, long.class, int.class);

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
    if (!isPossible()) {
      return;
    }
    try {
      UpcallNatives.replaceEntry(
          of(MethodHandles.lookup().findStatic(Upcalls.class, "enter", TYPE)));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      System.getLogger("io.gilgamesh.internal.upcalls")
          .log(System.Logger.Level.DEBUG, "calls from Python go on by JNI", e);
    }
  }

  /**
   * Tells whether the JVM has the API.
   *
   * @return whether it is of version 22 or later
   */
  public static boolean isPossible() {
    return Runtime.version().feature() >= 22;
  }

  /**
   * Makes a stub: {@code Linker.nativeLinker().upcallStub(method, descriptor, Arena.global())}.
   *
   * @param method a static method of {@link #TYPE}, which throws nothing
   * @return the address of the stub, which lives for ever
   * @throws ReflectiveOperationException if the JVM has no such API, or refuses
   */
  public static long of(MethodHandle method) throws ReflectiveOperationException {
    Class<?> linkers = foreign("Linker");
    Class<?> descriptors = foreign("FunctionDescriptor");
    Class<?> arenas = foreign("Arena");
    Object options = Array.newInstance(foreign("Linker$Option"), 0);
    Object linker = linkers.getMethod("nativeLinker").invoke(null);
    Object arena = arenas.getMethod("global").invoke(null);
    Object stub =
        linkers
            .getMethod("upcallStub", MethodHandle.class, descriptors, arenas, options.getClass())
            .invoke(linker, method, descriptor(), arena, options);
    return (long) foreign("MemorySegment").getMethod("address").invoke(stub);
  }

  private static Object descriptor() throws ReflectiveOperationException {
    Class<?> layouts = foreign("MemoryLayout");
    Object parameters = Array.newInstance(layouts, TYPE.parameterCount());
    for (int i = 0; i < TYPE.parameterCount(); i++) {
      Array.set(parameters, i, layout(TYPE.parameterType(i)));
    }
    return foreign("FunctionDescriptor")
        .getMethod("of", layouts, parameters.getClass())
        .invoke(null, layout(TYPE.returnType()), parameters);
  }

  private static Object layout(Class<?> type) throws ReflectiveOperationException {
    String name = type == long.class ? "JAVA_LONG" : "JAVA_INT";
    return foreign("ValueLayout").getField(name).get(null);
  }

  private static Class<?> foreign(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }
}
