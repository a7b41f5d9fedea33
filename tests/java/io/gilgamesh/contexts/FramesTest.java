package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gilgamesh.testing.ChildJvm;
import org.junit.jupiter.api.Test;

class FramesTest extends IsolatedContexts {

  @Test
  void framesAreThoseOfOneInterpretersThreads() {
    for (int i = 0; i < 2; i++) {
      ChildJvm.of(FramesMain.class).run().expectExit(0).expectOutput("closed");
    }
  }

  @Test
  void aThreadOfPythonsIsAmongThem() {
    try (var context = isolated()) {
      context.exec(
          """
          import sys, threading
          inside, leave = threading.Event(), threading.Event()
          def wait():
              inside.set()
              leave.wait()
          thread = threading.Thread(target=wait)
          thread.start()
          inside.wait()
          frame = sys._current_frames()[thread.ident]
          names = set()
          while frame is not None:
              names.add(frame.f_code.co_name)
              frame = frame.f_back
          leave.set()
          thread.join()
          """);
      assertEquals(true, context.evalBoolean("'wait' in names and 'run' in names"));
      assertEquals(false, context.evalBoolean("thread.ident in sys._current_frames()"));
    }
  }
}
