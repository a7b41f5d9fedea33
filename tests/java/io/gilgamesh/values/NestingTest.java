package io.gilgamesh.values;

import io.gilgamesh.testing.ChildJvm;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Depth and cycles are errors that name the place, on small stacks and on large ones. */
class NestingTest {

  @ParameterizedTest
  @CsvSource({"256", "512", "1024", "8192"})
  void depthAndCyclesAreRefusedWithTheirPlaceOnAStackOf(String kilobytes) {
    ChildJvm.of(NestingMain.class)
        .arguments(kilobytes)
        .deadline(Duration.ofSeconds(100))
        .run()
        .expectExit(0)
        .expectOutput("bad 0");
  }
}
