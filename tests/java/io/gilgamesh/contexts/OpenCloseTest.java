package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.testing.ChildJvm;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contexts that come and go leave memory as it was, whatever the version of CPython. */
@EnabledOnOs(OS.LINUX)
@Tag("memory")
class OpenCloseTest {

  private static final String IMPORTS =
      "import json, decimal, asyncio\nasync def f(): return 1\nassert asyncio.run(f()) == 1";

  @ParameterizedTest
  @EnumSource
  void aThousandRoundsWithHandlesLeftOpenLeaveMemoryFlat(Isolation isolation) {
    isFlat(isolation, 1000, "x = [bytes(1000)]");
  }

  @Test
  void contextsThatImportAndRunMuchLeaveMemoryFlat() {
    isFlat(Isolation.INTERPRETER, 120, IMPORTS);
  }

  @Test
  @Tag("soak")
  void sixHundredContextsThatImportAndRunMuchLeaveMemoryFlat() {
    isFlat(Isolation.INTERPRETER, 600, IMPORTS);
  }

  private static void isFlat(Isolation isolation, int rounds, String code) {
    try (Python python = Python.start()) {
      assumeTrue(isolation == Isolation.NAMESPACE || IsolatedContexts.areThere(python));
    }
    ChildJvm.of(OpenCloseMain.class)
        .jvm("-Xmx64m", "-XX:+UseSerialGC")
        .arguments(isolation.name(), Integer.toString(rounds), code)
        .deadline(Duration.ofSeconds(100))
        .run()
        .expectExit(0)
        .expectOutput("flat");
  }
}
