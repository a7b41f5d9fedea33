package io.gilgamesh.life;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.Python;
import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonStartException;
import io.gilgamesh.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts, each in a JVM of its own. */
@Tag("start")
class StartTest {

  /** Says what went right, and ends the JVM otherwise. */
  private static void expect(boolean condition, String what) {
    System.out.println((condition ? "ok: " : "NOT: ") + what);
    if (!condition) {
      System.exit(99);
    }
  }

  private static void expectMessage(Throwable e, String... parts) {
    for (String part : parts) {
      expect(String.valueOf(e.getMessage()).contains(part), "'" + part + "' in: " + e);
    }
  }

  // ----

  static final class Defaults {
    public static void main(String[] args) {
      try (Python python = Python.start()) {
        PythonContext context = python.contexts().open("first");
        System.out.println("sum " + context.evalLong("sum(range(10))"));
        System.out.println("argv " + context.evalText("str(__import__('sys').argv)"));
      }
    }
  }

  @Test
  void startsWithTheDefaults() {
    ChildJvm.of(Defaults.class)
        .run()
        .expectExit(0)
        .expectOutput("sum 45")
        .expectOutput("argv ['']");
  }

  @Test
  void printsNothingAboutNativeAccess() {
    String output = ChildJvm.of(Defaults.class).run().expectExit(0).output();
    if (output.contains("WARNING")) {
      throw new AssertionError(output);
    }
  }

  @Test
  void theReadmeNamesTheOptionThatTheseTestsStartWith() throws IOException {
    String readme = Files.readString(Path.of(System.getProperty("gilgamesh.project"), "README.md"));
    if (!readme.contains("$ java --enable-native-access=ALL-UNNAMED -cp")) {
      throw new AssertionError(readme);
    }
  }

  @Test
  void startsUnderTheJvmsJniCheck() {
    String output = ChildJvm.of(Defaults.class).jvm("-Xcheck:jni").run().expectExit(0).output();
    if (output.contains("in native method")) {
      throw new AssertionError(output);
    }
  }

  // ----

  static final class Settings {
    public static void main(String[] args) {
      PythonConfig config =
          PythonConfig.builder()
              .arguments(List.of("prog", "\u00e9 x"))
              .path(List.of(Path.of("/no/such folder")))
              .build();
      try (Python python = Python.start(config)) {
        PythonContext context = python.contexts().open("first");
        context.exec("import sys");
        expect(context.evalText("str(sys.argv)").equals("['prog', '\u00e9 x']"), "argv");
        expect(context.evalBoolean("'/no/such folder' in sys.path"), "path");
        expect(
            context.evalText("sys.getfilesystemencoding()").equals("utf-8"),
            "file system encoding");
      }
    }
  }

  @Test
  void takesArgumentsAndPathFromTheConfiguration() {
    ChildJvm.of(Settings.class).run().expectExit(0);
  }

  // ----

  static final class OtherConfiguration {
    public static void main(String[] args) {
      Python first = Python.start();
      PythonConfig other = PythonConfig.builder().arguments(List.of("other")).build();
      try {
        Python.start(other);
        expect(false, "a second configuration is refused");
      } catch (PythonStartException e) {
        expectMessage(e, "arguments: running with [], asked for [other]", "Python.shared()");
        expect(!e.getMessage().contains("shutdownTimeout"), e.getMessage());
        StackTraceElement top = e.getStackTrace()[0];
        expect(top.toString().startsWith("io.gilgamesh.Python.start("), top.toString());
      }
      expect(
          Python.start(PythonConfig.builder().build()) != first,
          "an equal configuration is another owner");
      expect(Python.shared().contexts().open("s").evalLong("1") == 1, "shared joins");
      first.close();
      expect(Python.start().contexts().open("t").evalLong("1") == 1, "the interpreter stays");
    }
  }

  @Test
  void aSecondConfigurationIsRefusedNamingOnlyWhatDiffers() {
    ChildJvm.of(OtherConfiguration.class).run().expectExit(0);
  }

  // ----

  static final class SharedJoins {
    public static void main(String[] args) {
      Python.start(PythonConfig.builder().arguments(List.of("other")).build());
      expect(
          Python.shared()
              .contexts()
              .open("s")
              .evalText("__import__('sys').argv[0]")
              .equals("other"),
          "joined");
    }
  }

  @Test
  void sharedJoinsWhateverRuns() {
    ChildJvm.of(SharedJoins.class).run().expectExit(0);
  }

  // ----

  static final class FailedThenGood {
    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try {
          Python.start(PythonConfig.builder().executable(Path.of("/no/such/python3")).build());
          expect(false, "a missing interpreter is refused");
        } catch (PythonStartException e) {
          expectMessage(e, "/no/such/python3");
        }
      }
      expect(Python.start().contexts().open("a").evalLong("1") == 1, "a later start works");
    }
  }

  @Test
  void aStartThatFailedBeforeAnythingWasLoadedCanBeTriedAgain() {
    ChildJvm.of(FailedThenGood.class).run().expectExit(0);
  }

  // ----

  static final class Concurrent {
    public static void main(String[] args) throws InterruptedException {
      Set<Long> results = ConcurrentHashMap.newKeySet();
      CountDownLatch go = new CountDownLatch(1);
      List<Thread> threads = new java.util.ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int number = i;
        threads.add(
            new Thread(
                () -> {
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  try (Python python = Python.start()) {
                    results.add(python.contexts().open("same").evalLong("" + number));
                  }
                }));
      }
      threads.forEach(Thread::start);
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      expect(results.size() == 16, "16 starts at once: " + results);
    }
  }

  @Test
  void manyThreadsMayStartAtOnce() {
    ChildJvm.of(Concurrent.class).run().expectExit(0);
  }

  // ----

  static final class OnShortThread {
    public static void main(String[] args) throws InterruptedException {
      Thread starter = new Thread(Python::start);
      starter.start();
      starter.join();
      PythonContext context = Python.shared().contexts().open("a");
      context.exec("import threading; threading.Thread(target=lambda: None).start()");
      expect(context.evalLong("1") == 1, "the starting thread may end");
    }
  }

  @Test
  void theThreadThatStartsMayEnd() {
    ChildJvm.of(OnShortThread.class).run().expectExit(0);
  }

  // ----

  static final class TwoLoaders {
    public static void main(String[] args) throws Exception {
      Python.start().contexts().open("a").exec("1");
      try (URLClassLoader second =
          new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
        second.loadClass("io.gilgamesh.Python").getMethod("start").invoke(null);
        expect(false, "a second class loader is refused");
      } catch (InvocationTargetException e) {
        expectMessage(e.getCause(), "class loader");
        expect(
            e.getCause().getClass().getName().endsWith("PythonStartException"), "" + e.getCause());
      }
      expect(Python.shared().contexts().open("b").evalLong("1") == 1, "the first goes on");
    }

    static URL[] classPath() throws MalformedURLException {
      String[] parts = System.getProperty("java.class.path").split(File.pathSeparator);
      URL[] urls = new URL[parts.length];
      for (int i = 0; i < parts.length; i++) {
        urls[i] = Path.of(parts[i]).toUri().toURL();
      }
      return urls;
    }
  }

  @Test
  void aSecondClassLoaderGetsAClearError() {
    ChildJvm.of(TwoLoaders.class).run().expectExit(0);
  }

  // ----

  static final class RacingLoaders {
    public static void main(String[] args) throws Exception {
      URL[] urls = TwoLoaders.classPath();
      CountDownLatch go = new CountDownLatch(1);
      Queue<String> outcomes = new ConcurrentLinkedQueue<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        Class<?> type = loader.loadClass("io.gilgamesh.Python");
        threads.add(new Thread(() -> outcomes.add(outcome(type, go))));
      }
      threads.forEach(Thread::start);
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      expect(outcomes.stream().filter("started"::equals).count() == 1, "one started: " + outcomes);
      expect(
          outcomes.stream().filter(outcome -> outcome.contains("class loader")).count() == 3,
          "three were refused: " + outcomes);
    }

    private static String outcome(Class<?> type, CountDownLatch go) {
      try {
        go.await();
        type.getMethod("start").invoke(null);
        return "started";
      } catch (InvocationTargetException e) {
        return "" + e.getCause();
      } catch (ReflectiveOperationException | InterruptedException e) {
        return "" + e;
      }
    }
  }

  @Test
  void ofSeveralClassLoadersAtOnceOneStartsAndTheOthersGetAClearError() {
    for (int round = 0; round < 3; round++) {
      ChildJvm.of(RacingLoaders.class).run().expectExit(0);
    }
  }

  // ----

  static final class NoNatives {
    public static void main(String[] args) {
      try {
        Python.start();
        expect(false, "a missing native library is refused");
      } catch (PythonStartException e) {
        expectMessage(e, "missing", "gilgamesh_loader");
      }
    }
  }

  @Test
  void aMissingNativeLibraryIsNamed() {
    ChildJvm.of(NoNatives.class).jvm("-Dgilgamesh.native=/no/such/folder").run().expectExit(0);
  }

  // ----

  static final class OtherPlatform {
    public static void main(String[] args) {
      try {
        Python.start();
        expect(false, "another platform is refused");
      } catch (PythonStartException e) {
        expectMessage(e, "linux-riscv64", "holds those for", "linux-x86_64");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPlatformWithoutNativesIsToldWhichThereAre() {
    assumeTrue(System.getProperty("gilgamesh.native") == null, "natives come from a folder here");
    ChildJvm.of(OtherPlatform.class).jvm("-Dos.arch=riscv64").run().expectExit(0);
  }

  // ----

  @Test
  void theFirstStartUnpacksAndTheNextFindsItThere(@TempDir Path cache) {
    assumeTrue(System.getProperty("gilgamesh.native") == null, "natives come from a folder here");
    for (int i = 0; i < 2; i++) {
      ChildJvm.of(Defaults.class)
          .jvm("-Dgilgamesh.cache=" + cache.resolve("a b \u00e9"))
          .run()
          .expectExit(0);
    }
  }

  @Test
  void theJarMayLieInAFolderWithSpacesAndOtherLetters(@TempDir Path folder) throws IOException {
    assumeTrue(System.getProperty("gilgamesh.native") == null, "natives come from a folder here");
    assumeTrue(
        System.getProperty("sun.jnu.encoding").equals("UTF-8"),
        "this JVM's locale cannot express the name");
    Path other = Files.createDirectories(folder.resolve("a b \u00e9 \u6771\u4eac + 100%"));
    List<String> entries = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path entry = Path.of(part);
      boolean copied = part.endsWith(".jar") && part.matches(".*(gilgamesh|cpython)[^/]*");
      entries.add(copied ? Files.copy(entry, other.resolve(entry.getFileName())).toString() : part);
    }
    ChildJvm.of(Defaults.class)
        .classPath(String.join(File.pathSeparator, entries))
        .jvm("-Dgilgamesh.cache=" + other.resolve("cache"))
        .run()
        .expectExit(0)
        .expectOutput("sum 45");
  }
}
