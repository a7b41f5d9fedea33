package io.gilgamesh.values;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonObject;
import java.util.concurrent.Callable;

/** Takes and passes values for which the process may have no more memory. */
final class NoMemoryMain {

  /** What the process may still allocate then: enough for itself, not for the value. */
  private static final String LEAVE_LITTLE =
      """
      import resource
      pages = int(open("/proc/self/statm").read().split()[0])
      old = resource.getrlimit(resource.RLIMIT_AS)
      large = bytes(400_000_000)
      pages = int(open("/proc/self/statm").read().split()[0])
      resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (200 << 20), old[1]))
      """;

  private NoMemoryMain() {}

  public static void main(String[] arguments) {
    try (Python python = Python.start()) {
      PythonContext context = python.contexts().open("no memory");
      context.exec(LEAVE_LITTLE);
      tell("reply", () -> context.eval("large").toBytes().length);
      tell("nested reply", () -> context.eval("['a', large]").toJava());
      context.exec("resource.setrlimit(resource.RLIMIT_AS, old)");
      PythonObject size = context.eval("len");
      tell("request", () -> size.applyLong(new byte[100_000_000]));
      tell("with memory", () -> context.eval("large").toBytes().length);
    }
  }

  private static void tell(String what, Callable<?> attempt) {
    try {
      System.out.println(what + ": " + attempt.call());
    } catch (PythonConversionException e) {
      System.out.println(what + ": " + e.getMessage());
    } catch (Exception e) {
      System.out.println(what + ": UNEXPECTED " + e);
    }
  }
}
