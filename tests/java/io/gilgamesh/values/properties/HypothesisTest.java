package io.gilgamesh.values.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.testing.ChildJvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random values of Python come back from Java as they went. */
@Tag("network")
class HypothesisTest {

  private static List<String> families(long seed, long seconds) {
    return ChildJvm.of(HypothesisMain.class)
        .arguments(Long.toString(seed), Long.toString(seconds))
        .environment("HYPOTHESIS_STORAGE_DIRECTORY", "build/hypothesis")
        .deadline(Duration.ofSeconds(100 + 20 * seconds))
        .run()
        .expectExit(0)
        .output()
        .lines()
        .filter(line -> line.endsWith(", seed " + seed))
        .toList();
  }

  @Test
  void randomValuesComeBackAsTheyWent() {
    List<String> families = families(0, 0);
    assertEquals(8, families.size());
    for (String family : families) {
      assertTrue(Integer.parseInt(family.split(" ")[1]) > 100, family);
    }
  }

  @Test
  @Tag("soak")
  void otherRandomValuesComeBackAsTheyWent() {
    long seconds = Integer.getInteger("gilgamesh.soak.minutes", 1) * 60 / 8;
    families(System.nanoTime() & 0xffffff, seconds).forEach(System.out::println);
  }
}
