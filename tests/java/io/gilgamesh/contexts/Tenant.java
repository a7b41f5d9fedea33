package io.gilgamesh.contexts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.Isolation;
import io.gilgamesh.Python;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonDeadlineException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonExecutor;
import io.gilgamesh.PythonJob;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/** Opens a context, does some of what contexts can in it, leaves handles open, and closes it. */
final class Tenant {

  private static final Duration SHORT = Duration.ofMillis(3);
  private static final String FOR_EVER = "while True: pass";

  private final Python python;
  private final SplittableRandom random;
  private final boolean isolated;
  private final List<Consumer<PythonContext>> deeds =
      List.of(
          this::values,
          this::callbacks,
          this::classes,
          this::exceptions,
          this::prints,
          this::jobs,
          this::copies,
          this::scripts,
          this::transactions,
          this::threads,
          this::deadlines,
          this::cancels,
          this::interrupts,
          PythonContext::reset);

  Tenant(Python python, SplittableRandom random) {
    this.python = python;
    this.random = random;
    this.isolated = IsolatedContexts.areThere(python);
  }

  void round() {
    PythonContext context = open();
    context.eval("[1, 2, 3]");
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      deeds.get(random.nextInt(deeds.size())).accept(context);
    }
    PythonObject left = context.eval("object()");
    context.close();
    assertTrue(left.isClosed());
  }

  /** Each deed once, in either kind of context. */
  void all() {
    for (Isolation isolation : Isolation.values()) {
      if (isolated || isolation == Isolation.NAMESPACE) {
        try (PythonContext context = python.contexts().openAnonymous(isolation)) {
          deeds.forEach(deed -> deed.accept(context));
        }
      }
    }
  }

  private PythonContext open() {
    Isolation isolation =
        isolated && random.nextBoolean() ? Isolation.INTERPRETER : Isolation.NAMESPACE;
    return random.nextBoolean()
        ? python.contexts().openAnonymous(isolation)
        : python.contexts().open("tenant " + random.nextLong(), isolation);
  }

  // ---- what is done

  private void values(PythonContext context) {
    long value = random.nextLong();
    context.set("values", List.of(value, "text", 1.5));
    assertEquals(value, context.evalLong("values[0]"));
    assertEquals(List.of(value, "text", 1.5), context.get("values").toJava());
  }

  private void callbacks(PythonContext context) {
    context.set("twice", (LongUnaryOperator) x -> 2 * x);
    assertEquals(42, context.evalLong("twice(21)"));
  }

  private void classes(PythonContext context) {
    context.exec(
        "from java.util import ArrayList\nelements = ArrayList([1, 2])\nelements.add('three')");
    assertEquals(3, context.evalLong("len(elements)"));
  }

  private void exceptions(PythonContext context) {
    PythonException e =
        assertThrows(PythonException.class, () -> context.exec("raise ValueError('mine')"));
    assertEquals("mine", e.pythonMessage());
    context.set(
        "refuse",
        (Runnable)
            () -> {
              throw new IllegalArgumentException("Java's");
            });
    assertThrows(PythonException.class, () -> context.exec("refuse()"));
  }

  private void prints(PythonContext context) {
    long line = random.nextLong();
    assertEquals(line + "\n", context.capture(() -> context.exec("print(" + line + ")")).out());
  }

  private void jobs(PythonContext context) {
    try (PythonJob job =
        context
            .job("c = a + b")
            .input("a", Long.class)
            .input("b", Long.class)
            .output("c", Long.class)
            .build()) {
      assertEquals(5L, job.run(Map.of("a", 2L, "b", 3L)).get("c", Long.class));
    }
  }

  private void copies(PythonContext context) {
    try (PythonContext other = open()) {
      PythonObject copy = context.eval("{'a': [1, 2]}").copyTo(other);
      assertEquals(2, copy.item("a").length());
    }
  }

  private void scripts(PythonContext context) {
    context.exec(
        """
        import gilgamesh
        with gilgamesh.context() as inner:
            inner.exec("x = 1")
            assert inner.eval("x + 1") == 2
        """);
  }

  private void transactions(PythonContext context) {
    try (PythonTransaction transaction = context.begin()) {
      PythonObject scoped = transaction.eval("[1]");
      assertEquals(1, scoped.length());
      scoped.keep();
    }
  }

  private void threads(PythonContext context) {
    context.exec(
        """
        import threading
        thread = threading.Thread(target=lambda: sum(range(1000)))
        thread.start()
        thread.join()
        """);
  }

  // ---- what is stopped

  private void deadlines(PythonContext context) {
    assertThrows(
        PythonDeadlineException.class, () -> context.within(SHORT, () -> context.exec(FOR_EVER)));
    assertEquals(2, context.evalLong("1 + 1"));
  }

  private void cancels(PythonContext context) {
    try (PythonExecutor executor = context.executor(1)) {
      CountDownLatch inside = new CountDownLatch(1);
      context.set("inside", (Runnable) inside::countDown);
      Future<?> endless = executor.submit(() -> context.exec("inside()\n" + FOR_EVER));
      inside.await();
      endless.cancel(true);
      assertThrows(CancellationException.class, endless::get);
      assertEquals(2, executor.submit(() -> context.evalLong("1 + 1")).get());
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private void interrupts(PythonContext context) {
    context.set("stop", (Runnable) context::interrupt);
    assertThrows(PythonException.class, () -> context.exec("stop()\n" + FOR_EVER));
    assertEquals(2, context.evalLong("1 + 1"));
  }
}
