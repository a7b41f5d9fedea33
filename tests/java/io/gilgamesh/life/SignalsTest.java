package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.testing.ChildJvm;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
          ChildJvm.of(Waiting.class)
              .withDefaultSignals()
              .arguments(place)
              .start()
              .awaitOutput("ready");
      signal("TERM", terminated);
      terminated.await().expectExit(143).expectOutput("hook ran").expectOutput("exit handler ran");
      ChildJvm.Running interrupted =
          ChildJvm.of(Waiting.class)
              .withDefaultSignals()
              .arguments(place)
              .start()
              .awaitOutput("ready");
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

  // ----

  static final class OwnHandlers {
    public static void main(String[] args) throws Exception {
      CountDownLatch handled = new CountDownLatch(2);
      handle("INT", handled);
      PythonContext context = Python.start().contexts().open("handlers");
      context.exec("import signal, time");
      handle("TERM", handled);
      Thread inside = new Thread(() -> context.exec("print('ready', flush=True); time.sleep(60)"));
      inside.setDaemon(true);
      inside.start();
      System.exit(handled.await(30, TimeUnit.SECONDS) && inside.isAlive() ? 7 : 99);
    }

    /** By reflection: javac warns of every use of these classes, and cannot be told not to. */
    private static void handle(String name, CountDownLatch handled) throws Exception {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler body =
          (proxy, method, arguments) -> {
            System.out.println("handled " + name);
            handled.countDown();
            return null;
          };
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, body));
    }
  }

  @Test
  void handlersThatJavaInstalledBeforeAndAfterTheStartAreCalled() throws Exception {
    ChildJvm.Running child =
        ChildJvm.of(OwnHandlers.class).withDefaultSignals().start().awaitOutput("ready");
    signal("INT", child);
    signal("TERM", child);
    child.await().expectExit(7).expectOutput("handled INT").expectOutput("handled TERM");
  }

  // ----

  @ParameterizedTest
  @ValueSource(strings = {"-XX:TieredStopAtLevel=1", "-XX:-OmitStackTraceInFastThrow", "-Xcomp"})
  void compiledNullChecksThatTrapGoOnAfterFaulthandler(String compiler) {
    String output =
        ChildJvm.of(FaultHandler.class)
            .jvm(compiler)
            .run()
            .expectExit(0)
            .expectOutput("caught 1000000")
            .output();
    assertFalse(output.contains("Fatal Python error"), output);
  }

  // ----

  static final class ForkDoors {
    public static void main(String[] args) throws Exception {
      PythonContext context = Python.start().contexts().open("doors");
      context.exec(
          """
          import multiprocessing, os, pty
          from concurrent.futures import ProcessPoolExecutor
          forking = multiprocessing.get_context('fork')
          def refused(name, door):
              try:
                  door()
              except RuntimeError as e:
                  print(name, 'refused' if 'refused' in str(e) else repr(e), flush=True)
          refused('os.fork', os.fork)
          refused('os.forkpty', os.forkpty)
          refused('pty.fork', pty.fork)
          refused('Process', forking.Process(target=print).start)
          refused('Pool', lambda: forking.Pool(1))
          refused('Executor', lambda: ProcessPoolExecutor(1, mp_context=forking).submit(len, 'a').result())
          """);
      context.exec(
          """
          import math
          with multiprocessing.Pool(2) as pool:
              print('default', pool.map(math.sqrt, [16]), flush=True)
          """);
      Thread other =
          new Thread(
              () ->
                  context.exec(
                      """
                      import subprocess, sys
                      with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context('spawn')) as pool:
                          print('executor', list(pool.map(math.factorial, [4])), flush=True)
                      child = subprocess.Popen([sys.executable, '-c', 'print(input() * 2)'],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                      print('popen', child.communicate('ab')[0].strip(), child.returncode, flush=True)
                      failed = subprocess.run([sys.executable, '-c', 'raise SystemExit(9)'])
                      print('failed', failed.returncode, flush=True)
                      """),
              "other");
      other.start();
      other.join();
    }
  }

  @Test
  void forkIsRefusedAtEveryDoorAndOtherStartsWorkFromAnyThread() {
    ChildJvm.Result result = ChildJvm.of(ForkDoors.class).run().expectExit(0);
    for (String door :
        List.of("os.fork", "os.forkpty", "pty.fork", "Process", "Pool", "Executor")) {
      result.expectOutput(door + " refused");
    }
    result
        .expectOutput("default [4.0]")
        .expectOutput("executor [24]")
        .expectOutput("popen abab 0")
        .expectOutput("failed 9");
  }

  @Test
  void theGuideSaysThatForkIsRefusedAndWhatWorks() throws IOException {
    String guide =
        Files.readString(Path.of(System.getProperty("gilgamesh.project"), "docs/starting.md"));
    for (String part : List.of("`os.fork` is refused", "`spawn`", "`forkserver`", "`subprocess`")) {
      assertTrue(guide.contains(part), part);
    }
  }

  // ----

  static final class OtherStarts {
    public static void main(String[] args) {
      PythonContext context = Python.start().contexts().open("starts");
      context.exec(
          """
          import asyncio, os, subprocess, sys
          def tell(name, value): print(name, value, flush=True)
          tell('system', os.waitstatus_to_exitcode(os.system('exit 4')))
          tell('os.popen', os.popen('echo piped').read().strip())
          pid = os.posix_spawn('/bin/sh', ['sh', '-c', 'exit 5'], os.environ)
          tell('posix_spawn', os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
          tell('session', subprocess.run(['sh', '-c', 'exit 6'], start_new_session=True, cwd='/').returncode)
          tell('many', sum(subprocess.run(['true']).returncode for _ in range(50)))
          async def child():
              process = await asyncio.create_subprocess_exec('sh', '-c', 'echo async', stdout=asyncio.subprocess.PIPE)
              out, _ = await process.communicate()
              return out.decode().strip(), process.returncode
          tell('asyncio', asyncio.run(child()))
          try:
              subprocess.run(['sleep', '60'], timeout=0.2)
          except subprocess.TimeoutExpired:
              tell('timeout', 'expired')
          try:
              subprocess.run(['/no/such/program'])
          except FileNotFoundError as e:
              tell('missing', e.filename)
          """);
    }
  }

  @Test
  void everyOtherWayToStartAProcessWorks() {
    ChildJvm.of(OtherStarts.class)
        .run()
        .expectExit(0)
        .expectOutput("system 4")
        .expectOutput("os.popen piped")
        .expectOutput("posix_spawn 5")
        .expectOutput("session 6")
        .expectOutput("many 0")
        .expectOutput("asyncio ('async', 0)")
        .expectOutput("timeout expired")
        .expectOutput("missing /no/such/program");
  }
}
