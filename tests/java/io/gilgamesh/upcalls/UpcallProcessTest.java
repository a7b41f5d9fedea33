package io.gilgamesh.upcalls;

import io.gilgamesh.testing.ChildJvm;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a callback does, the JVM lives, or exits as it was told to. */
class UpcallProcessTest {

  private static ChildJvm child(String... arguments) {
    return ChildJvm.of(UpcallChildMain.class).arguments(arguments).deadline(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"256", "512", "1024", "8192"})
  void recursionThroughBothLanguagesRaisesOnEveryStack(String kilobytes) {
    child("recursion", kilobytes)
        .run()
        .expectExit(0)
        .expectOutput("raised RecursionError\nraised RecursionError\nraised RecursionError\nstill");
  }

  @Test
  void aComparatorThatSortsForeverRaises() {
    child("nested sort", "1024").run().expectExit(0).expectOutput("raised RecursionError");
  }

  @Test
  void aStackOverflowOfJavasReachesPythonAsItself() {
    child("overflow").run().expectExit(0).expectOutput("raised StackOverflowError\nstill there");
  }

  @Test
  void anExhaustedHeapReachesPythonAsItself() {
    child("memory")
        .jvm("-Xmx200m")
        .run()
        .expectExit(0)
        .expectOutput("raised OutOfMemoryError\nstill there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "exit on a thread"})
  void aCallbackMayExitTheJvm(String how) {
    child(how).run().expectExit(7);
  }

  @Test
  void callbacksAfterTheEndAreRefused() {
    ChildJvm.Result result =
        child("late").run().expectExit(0).expectOutput("the context is closed");
    if (result.output().contains("it ran")) {
      throw new AssertionError(result.output());
    }
  }

  @Test
  void pythonsThreadsInsideJavaDoNotHoldUpTheExit() {
    child("daemons").run().expectExit(3);
  }
}
