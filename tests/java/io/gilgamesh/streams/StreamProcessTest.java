package io.gilgamesh.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gilgamesh.HostAccess;
import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonStreams;
import io.gilgamesh.testing.ChildJvm;
import io.gilgamesh.testing.ChildJvm.Result;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a process prints, and that it lives and ends, whatever its streams do. */
class StreamProcessTest {

  private static Result run(Class<?> main) {
    return ChildJvm.of(main).deadline(Duration.ofSeconds(60)).run().expectExit(0);
  }

  static final class Redirected {
    public static void main(String[] args) {
      PythonContext context = Python.start().contexts().open("redirected");
      StringBuilder all = new StringBuilder();
      context.setStreams(PythonStreams.inherit().stdout(all::append).stderr(all::append));
      context.exec(
          "import sys, threading, traceback\n"
              + "print('out'); print('err', file=sys.stderr)\n"
              + "def fail(): 1 / 0\n"
              + "t = threading.Thread(target=fail); t.start(); t.join()\n"
              + "try: fail()\n"
              + "except ArithmeticError: traceback.print_exc()\n"
              + "print('part', end='')");
      String told = context.capture(() -> context.exec("print('captured')")).out();
      System.out.println(told.trim() + " " + all.toString().contains("Exception in thread"));
      System.out.println(all.substring(0, 6) + " " + all.toString().endsWith("part"));
    }
  }

  @Test
  void fileDescriptors1And2AreLeftAlone() {
    assertEquals("captured true\nouterr true\n", run(Redirected.class).output());
  }

  static final class Unasked {
    public static void main(String[] args) {
      Python.start()
          .contexts()
          .open("unasked")
          .exec(
              "import sys, threading\nprint(type(sys.stdout).__name__, type(sys.stdin).__name__)\n"
                  + "print(threading.Thread.start.__module__)\n"
                  + "print([m for m in sys.modules if 'stream' in m or m == 'logging'])");
    }
  }

  @Test
  void aProgramThatNeverAsksHasPythonsOwnStreams() {
    assertEquals("TextIOWrapper TextIOWrapper\nthreading\n[]\n", run(Unasked.class).output());
  }

  static final class WithoutAccess {
    public static void main(String[] args) {
      PythonConfig config = PythonConfig.builder().hostAccess(HostAccess.NONE).build();
      PythonContext context = Python.start(config).contexts().open("closed world");
      System.out.print(context.capture(() -> context.exec("print('captured')")).out());
      context.forwardLogging();
      context.exec("import logging\nlogging.getLogger('closed').warning('logged')");
    }
  }

  @Test
  void scriptsThatMayNotTouchJavaWriteAllTheSame() {
    run(WithoutAccess.class).expectOutput("captured\n").expectOutput("[WARNING] closed: logged");
  }

  static final class Exiting {
    public static void main(String[] args) throws InterruptedException {
      PythonContext context = Python.start().contexts().open("exiting");
      context.setStreams(PythonStreams.inherit().stdout(OutputStream.nullOutputStream()));
      context.forwardLogging();
      context.exec(
          "import logging, threading, time\ndef work():\n"
              + "    while True: print('x'); print(end='y'); logging.info('z')\n"
              + "for _ in range(4): threading.Thread(target=work, daemon=True).start()");
      Thread.sleep(200);
      System.exit(0);
    }
  }

  @Test
  void threadsThatWriteDoNotHoldUpTheExit() {
    Result result = run(Exiting.class);
    assertFalse(result.output().contains("Exception in thread"), result.output());
  }

  static final class Endless {
    public static void main(String[] args) {
      PythonContext context = Python.start().contexts().open("endless");
      PythonContext other = Python.start().contexts().open("other");
      PythonStreams there = PythonStreams.inherit().stdout(l -> other.exec("print('there')"));
      PythonStreams back = PythonStreams.inherit().stdout(l -> context.exec("print('back')"));
      context.setStreams(there);
      other.setStreams(back);
      context.exec("print('begin')");
    }
  }

  @Test
  void streamsThatWriteToEachOtherComeToAnEnd() {
    assertEquals("back\n", run(Endless.class).output());
  }
}
