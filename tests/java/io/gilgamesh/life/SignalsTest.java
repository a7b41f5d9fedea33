package io.gilgamesh.life;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.testing.ChildJvm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Signals stay the JVM's, and processes made by Python do not harm it. */
@Tag("exit")
@DisabledOnOs(OS.WINDOWS)
class SignalsTest {

  static final class Waiting {
    public static void main(String[] args) throws Exception {
      PythonContext context = Python.start().contexts().open("waiting");
      context.exec("import atexit; atexit.register(lambda: print('exit handler ran', flush=True))");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
      if (args[0].equals("inside")) {
        Thread inside =
            new Thread(() -> context.exec("print('ready', flush=True)\nwhile True: pass"));
        inside.start();
        inside.join();
      }
      System.out.println("ready");
      Thread.sleep(60_000);
    }
  }

  @Test
  void terminateAndInterruptReachTheJvm() throws Exception {
    for (String place : List.of("outside", "inside")) {
      ChildJvm.Running terminated =
          ChildJvm.of(Waiting.class).arguments(place).start().awaitOutput("ready");
      signal("TERM", terminated);
      terminated.await().expectExit(143).expectOutput("hook ran").expectOutput("exit handler ran");
      ChildJvm.Running interrupted =
          ChildJvm.of(Waiting.class).arguments(place).start().awaitOutput("ready");
      signal("INT", interrupted);
      interrupted.await().expectExit(130).expectOutput("hook ran").expectOutput("exit handler ran");
    }
  }

  private static void signal(String name, ChildJvm.Running child)
      throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(child.handle().pid())).start();
    kill.waitFor(10, TimeUnit.SECONDS);
  }

  // ----

  static final class FaultHandler {
    private static Object nothing;

    public static void main(String[] args) {
      PythonContext context = Python.start().contexts().open("faults");
      context.exec("import faulthandler; faulthandler.enable()");
      int caught = 0;
      for (int i = 0; i < 1_000_000; i++) {
        caught += touch(i % 2 == 0 ? nothing : "x");
      }
      context.exec(
          "assert faulthandler.is_enabled(); faulthandler.disable(); faulthandler.enable()");
      for (int i = 0; i < 1_000_000; i++) {
        caught += touch(i % 2 == 0 ? nothing : "x");
        if (i % 100_000 == 0) {
          System.gc();
        }
      }
      System.out.println("caught " + caught);
    }

    private static int touch(Object object) {
      try {
        object.hashCode();
        return 0;
      } catch (NullPointerException e) {
        return 1;
      }
    }
  }

  @Test
  void nullChecksAndSafepointsGoOnAfterFaulthandler() {
    ChildJvm.of(FaultHandler.class).run().expectExit(0).expectOutput("caught 1000000");
  }

  // ----

  static final class Processes {
    public static void main(String[] args) {
      PythonContext context = Python.start().contexts().open("processes");
      context.exec(
          """
          import subprocess, sys
          out = subprocess.run([sys.executable, '-c', 'print(6 * 7)'], capture_output=True, text=True, check=True)
          print('subprocess', out.stdout.strip(), flush=True)
          """);
      context.exec(
          """
          import multiprocessing, math
          for method in ('spawn', 'forkserver'):
            with multiprocessing.get_context(method).Pool(2) as pool:
              print(method, sum(pool.map(math.factorial, range(5))), flush=True)
          """);
      try {
        context.exec("import os\nif os.fork() == 0:\n  os._exit(0)");
      } catch (io.gilgamesh.PythonException e) {
        System.out.println("fork: " + e.pythonMessage());
      }
    }
  }

  @Test
  void pythonStartsProcessesAndDoesNotFork() {
    ChildJvm.of(Processes.class)
        .run()
        .expectExit(0)
        .expectOutput("subprocess 42")
        .expectOutput("spawn 34")
        .expectOutput("forkserver 34")
        .expectOutput("fork: os.fork() is refused");
  }
}
