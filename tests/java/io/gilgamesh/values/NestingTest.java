package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.testing.ChildJvm;
import io.gilgamesh.testing.InContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Depth and cycles are errors that name the place, on small stacks and on large ones. */
class NestingTest extends InContext {

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

  record Deep(String reason) {
    @Override
    public String reason() {
      throw new StackOverflowError(reason);
    }
  }

  /** Where the stack ends there, and not in the code around it. */
  @Test
  void aStackThatEndsInARecordsAccessorIsToldAsDepth() {
    PythonConversionException e =
        assertThrows(
            PythonConversionException.class,
            () -> context.set("deep", List.of(1, new Deep("no room"))));
    assertTrue(e.getMessage().contains("nested deeper than this thread's stack"), e.getMessage());
  }
}
