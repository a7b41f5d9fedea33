package io.gilgamesh.errors;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.ChildJvm;
import io.gilgamesh.testing.ProcessMemory;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What exceptions leave of the process's memory, of which neither heap knows all. */
class ExceptionMemoryTest {

  /** A block of 32 bytes a frame would be 128 MB. */
  static final class Failing {
    private static final int FRAMES = 40;
    private static final int TIMES = 100_000;

    /** Exceptions that wait for the next collection, with their frames, are some 20 to 50 MB. */
    private static final long LIMIT_KB = 96 * 1024;

    public static void main(String[] args) throws IOException {
      PythonContext context = Python.start().contexts().open("failing");
      context.exec(
          """
          def fail(n):
              if n == 0:
                  error = ValueError('text')
                  error.add_note('note')
                  raise error from KeyError('cause')
              fail(n - 1)
          """);
      PythonObject fail = context.get("fail");
      fail(fail, TIMES / 4);
      long before = residentKilobytes();
      fail(fail, TIMES);
      long grown = residentKilobytes() - before;
      System.out.println("grown by " + grown + " KB");
      System.exit(grown < LIMIT_KB ? 0 : 1);
    }

    private static void fail(PythonObject fail, int times) {
      for (int i = 0; i < times; i++) {
        try {
          fail.apply(FRAMES);
          System.exit(99);
        } catch (PythonException e) {
          if (e.frames().size() != FRAMES + 1) {
            System.exit(98);
          }
        }
      }
    }

    private static long residentKilobytes() throws IOException {
      System.gc();
      return ProcessMemory.residentKilobytes();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aHundredThousandExceptionsOfFortyFramesLeaveTheProcessesMemoryFlat() {
    ChildJvm.of(Failing.class)
        .jvm("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch")
        .deadline(Duration.ofSeconds(100))
        .run()
        .expectExit(0);
  }
}
