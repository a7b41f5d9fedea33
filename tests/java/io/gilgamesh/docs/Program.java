package io.gilgamesh.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gilgamesh.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java program, compiled and run.
 *
 * @param classes an empty folder for its source and classes
 * @param name the main class, with its package
 * @param source its text
 * @param release the JDK that it is for
 */
record Program(Path classes, String name, String source, int release) {

  /** The first run on a machine may install packages. */
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  /** Gives what it printed; fails unless it exits with 0. */
  String run() throws Exception {
    compile();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      return ChildJvm.of(loader.loadClass(name))
          .deadline(DEADLINE)
          .classPath(classes + File.pathSeparator + CLASS_PATH)
          .run()
          .expectExit(0)
          .output();
    }
  }

  private void compile() throws IOException {
    Files.createDirectories(classes);
    Path file = Files.writeString(classes.resolve(simpleName() + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(messages, files, null, options(), null, files.getJavaFileObjects(file))
              .call();
      assertEquals("", messages.toString(), () -> "the compiler's messages for\n" + source);
      assertEquals(true, compiled);
    }
  }

  private String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private List<String> options() {
    return List.of(
        "-Xlint:all,-try,-processing",
        "--release",
        String.valueOf(release),
        "-d",
        classes.toString(),
        "-cp",
        CLASS_PATH);
  }
}
