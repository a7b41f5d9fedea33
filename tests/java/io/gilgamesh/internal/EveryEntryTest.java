package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gilgamesh.testing.ChildJvm;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What each native method does when it fails: panic, Python exception, stale handle, wrong state.
 */
@Tag("crash")
class EveryEntryTest {

  private static final Map<String, String> FOUND = new TreeMap<>();
  private static String output = "";

  @BeforeAll
  static void runAll() {
    String testBuild = System.getProperty("gilgamesh.test.native");
    Assumptions.assumeTrue(
        testBuild != null && Files.isDirectory(Path.of(testBuild)),
        "the test build of the bridge is made by ./dev test");
    ChildJvm.Result result =
        ChildJvm.of(EveryEntry.class)
            .jvm("-Dgilgamesh.native=" + testBuild)
            .jvm(
                "-Dgilgamesh.package=" + Path.of(System.getProperty("gilgamesh.project"), "python"))
            .deadline(Duration.ofSeconds(100))
            .run()
            .expectExit(0);
    output = result.output();
    output.lines().forEach(EveryEntryTest::note);
  }

  private static void note(String line) {
    int colon = line.indexOf(": ");
    if (colon > 0 && line.substring(0, colon).matches("\\w+Natives\\.\\w+")) {
      FOUND.put(line.substring(0, colon), line.substring(colon + 2));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyNativeMethodFailsWell() throws Exception {
    List<String> natives = natives();
    assertFalse(natives.isEmpty(), "no native method found: the scan is broken");
    return natives.stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () ->
                        assertEquals(
                            "ok",
                            FOUND.getOrDefault(name, "no case in ObjectCases or LifeCases"))));
  }

  @Test
  void everyCaseIsOfANativeMethod() throws Exception {
    List<String> unknown = new ArrayList<>(FOUND.keySet());
    unknown.removeAll(natives());
    assertEquals(List.of(), unknown);
  }

  @Test
  void nothingIsPrinted() {
    List<String> others =
        output.lines().filter(line -> !line.matches("\\w+Natives\\.\\w+: .*")).toList();
    assertEquals(List.of(), others);
  }

  /** The native methods of the library and of the tests, "Class.method". */
  private static List<String> natives() throws Exception {
    List<String> names = new ArrayList<>();
    for (Class<?> holder : List.of(ObjectNatives.class, TestingNatives.class)) {
      URI place = holder.getProtectionDomain().getCodeSource().getLocation().toURI();
      if (Files.isDirectory(Path.of(place))) {
        addNatives(Path.of(place), names);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(place))) {
          addNatives(jar.getPath("/"), names);
        }
      }
    }
    return names.stream().sorted().distinct().toList();
  }

  private static void addNatives(Path root, List<String> names) throws Exception {
    String folder = ObjectNatives.class.getPackageName().replace('.', '/');
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("\\w+\\.class")) {
          addNatives(
              Class.forName(className(name), false, EveryEntryTest.class.getClassLoader()), names);
        }
      }
    }
  }

  private static String className(String file) {
    return ObjectNatives.class.getPackageName() + "." + file.substring(0, file.length() - 6);
  }

  private static void addNatives(Class<?> type, List<String> names) {
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isNative(method.getModifiers())) {
        names.add(type.getSimpleName() + "." + method.getName());
      }
    }
  }
}
