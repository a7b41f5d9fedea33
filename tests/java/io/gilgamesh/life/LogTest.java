package io.gilgamesh.life;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gilgamesh.Python;
import io.gilgamesh.testing.ChildJvm;
import io.gilgamesh.testing.ChildJvm.Result;
import io.gilgamesh.testing.RecordedLogs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the core has to say reaches the loggers of the JVM. */
@Tag("start")
class LogTest {

  static final class Logging {
    public static void main(String[] args) throws Exception {
      Python.start().contexts().open("logged").exec("print('ran', flush=True)");
      if (args.length > 0) {
        RecordedLogs.await(args); // the core's events come on a thread of their own
      }
    }
  }

  @Test
  void theCoreTellsTheJvmsLoggersWhatItDoes() {
    ChildJvm.of(Logging.class)
        .jvm("-Dgilgamesh.test.log=ALL")
        .environment("GILGAMESH_LOG", "debug")
        .arguments("a thread attached for the first time")
        .run()
        .expectExit(0)
        .expectOutput("[DEBUG] io.gilgamesh.core.life.start: Python started version=0x3");
  }

  @Test
  void withoutBeingAskedItSaysNothingBelowAWarning() {
    Result result =
        ChildJvm.of(Logging.class)
            .jvm("-Dgilgamesh.test.log=ALL")
            .run()
            .expectExit(0)
            .expectOutput("ran");
    assertFalse(result.output().contains("io.gilgamesh"), result.output());
  }

  @Test
  void aLevelThatIsNoneIsToldWhichThereAre() {
    ChildJvm.of(Logging.class)
        .environment("GILGAMESH_LOG", "loud")
        .arguments("GILGAMESH_LOG")
        .run()
        .expectExit(0)
        .expectOutput("GILGAMESH_LOG is \"loud\"; use error, warn, info, debug, trace or off");
  }
}
