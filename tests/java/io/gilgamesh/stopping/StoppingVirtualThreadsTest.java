package io.gilgamesh.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gilgamesh.PythonDeadlineException;
import io.gilgamesh.testing.InContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Deadlines on virtual threads, which share their OS threads. */
@EnabledForJreRange(min = JRE.JAVA_21)
final class StoppingVirtualThreadsTest extends InContext {

  private static ExecutorService virtual() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  @Test
  void eachHasADeadlineOfItsOwn() throws Exception {
    Loops.define(context);
    ExecutorService threads = virtual();
    List<Future<Object>> looping = new ArrayList<>();
    List<Future<Long>> short_ = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      looping.add(threads.submit(() -> context.within(Duration.ofMillis(50), this::loop)));
      short_.add(
          threads.submit(
              () ->
                  context.<Long>within(Duration.ofSeconds(60), () -> context.eval("3").asLong())));
    }
    for (Future<Object> one : looping) {
      assertInstanceOf(PythonDeadlineException.class, one.get());
    }
    for (Future<Long> one : short_) {
      assertEquals(3, one.get());
    }
    threads.shutdown();
  }

  private Object loop() {
    try {
      return context.eval("loop()");
    } catch (PythonDeadlineException e) {
      return e;
    }
  }
}
