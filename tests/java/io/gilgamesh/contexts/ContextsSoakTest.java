package io.gilgamesh.contexts;

import io.gilgamesh.testing.ChildJvm;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Eight threads open contexts of either kind, use, stop, reset and close them at random, with
 * handles left open: every result is right, nothing is left in the end, and memory is flat.
 */
@EnabledOnOs(OS.LINUX)
@Tag("long")
class ContextsSoakTest {

  @Test
  void tenantsOfManyThreadsLeaveNothing() {
    soak(Duration.ofSeconds(6));
  }

  @Test
  @Tag("soak")
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void tenantsForAsLongAsAsked() {
    soak(Duration.ofMinutes(Integer.getInteger("gilgamesh.soak.minutes", 1)));
  }

  private static void soak(Duration time) {
    long seed = System.nanoTime();
    String output =
        ChildJvm.of(ContextsSoakMain.class)
            .jvm("-Xmx512m")
            .arguments(Long.toString(time.toSeconds()), Long.toString(seed))
            .deadline(time.plus(Duration.ofSeconds(100)))
            .run()
            .expectExit(0)
            .expectOutput("settled")
            .output();
    System.out.println("contexts, seed " + seed + ": " + output);
  }
}
