package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gilgamesh.Python;
import io.gilgamesh.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of one version and the native library of another. */
@Tag("start")
class TwoVersionsTest {

  static final class Starting {
    public static void main(String[] args) {
      Python.start();
    }
  }

  @Test
  void aClassThatLacksANativeMethodIsNamed(@TempDir Path folder) throws IOException {
    Path source = folder.resolve("HandleNatives.java");
    Files.writeString(source, "package io.gilgamesh.internal; public final class HandleNatives {}");
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString()));
    ChildJvm.of(Starting.class)
        .classPath(folder + File.pathSeparator + System.getProperty("java.class.path"))
        .run()
        .expectExit(1)
        .expectOutput("the class io.gilgamesh.internal.HandleNatives has not the native methods")
        .expectOutput("two versions of Gilgamesh are on the class path");
  }
}
