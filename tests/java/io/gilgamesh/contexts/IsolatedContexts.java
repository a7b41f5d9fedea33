package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextManager;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A test with contexts that have interpreters of their own, where this CPython can have them. */
@Timeout(120)
abstract class IsolatedContexts {

  protected Python python;
  protected PythonContextManager contexts;

  @BeforeEach
  final void start() {
    python = Python.start();
    contexts = python.contexts();
    assumeTrue(areThere(python), "isolated contexts need CPython 3.12");
  }

  @AfterEach
  final void close() {
    python.close();
  }

  static boolean areThere(Python python) {
    return !python.info().version().startsWith("3.11.");
  }

  protected final PythonContext isolated() {
    return contexts.openAnonymous(Isolation.INTERPRETER);
  }

  /** Waits until no interpreter is being cleaned, nor held by what still runs. */
  protected final void awaitIdle() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (idle() < made() && System.nanoTime() < deadline) {
      Thread.sleep(2);
    }
  }

  protected final long idle() {
    return python.stats().interpreters().idle();
  }

  protected final long made() {
    return python.stats().interpreters().made() - python.stats().interpreters().lost();
  }
}
