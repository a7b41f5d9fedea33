package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.testing.ChildJvm;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Tables, NumPy and pandas: {@link PandasCases} in one JVM of its own, since the other tests'
 * Python has neither.
 */
@Tag("network")
class PandasTest {

  private static final Duration DEADLINE = Duration.ofMinutes(9);

  private static ChildJvm.Result result;

  /** The first run on a machine installs the packages. */
  @BeforeAll
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  static void runAll() {
    result = ChildJvm.of(PandasMain.class).deadline(DEADLINE).run();
    result.expectOutput("all cases ran").expectExit(0);
  }

  @TestFactory
  Stream<DynamicTest> pandas() {
    return PandasMain.cases()
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getName(),
                    () ->
                        assertTrue(
                            result.output().contains(PandasMain.passed(method)), result.output())));
  }
}
