package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Python's with around Java code. */
class WithTest extends InContext {

  @BeforeEach
  void define() {
    context.exec(
        """
        class Manager:
            def __init__(self, swallow=()): self.swallow, self.log = swallow, []
            def __enter__(self): self.log.append('enter'); return self
            def __exit__(self, kind, error, traceback):
                self.kind, self.error, self.traceback = kind, error, traceback
                self.log.append(None if error is None else f'{kind.__name__}: {error}')
                return kind is not None and issubclass(kind, self.swallow)
        """);
  }

  private PythonObject manager(Object... arguments) {
    return context.get("Manager").apply(arguments);
  }

  /** Throws what the body throws, checked or not. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void fail(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static void useAndFail(PythonObject manager, Throwable thrown) {
    manager.use(entered -> WithTest.<RuntimeException>fail(thrown));
  }

  @Test
  void withEntersAndLeaves() {
    PythonObject manager = manager();
    assertEquals(1, manager.<Long>with(entered -> entered.attr("log").length()));
    assertEquals(Arrays.asList("enter", null), manager.attr("log").toJava());
  }

  @Test
  void whatPythonRaisedIsPassedAndThrownOn() {
    PythonObject manager = manager();
    assertThrows(PythonException.class, () -> manager.use(entered -> context.eval("{}['k']")));
    assertEquals("KeyError: 'k'", manager.attr("log").itemText(1));
    assertFalse(manager.attr("traceback").isNone());
  }

  @Test
  void whatJavaThrewIsPassedAsItselfAndThrownOn() {
    PythonObject manager = manager();
    IllegalArgumentException mine = new IllegalArgumentException("mine");
    assertSame(mine, assertThrows(IllegalArgumentException.class, () -> useAndFail(manager, mine)));
    assertSame(mine, manager.attr("error").toJava());
    assertEquals("IllegalArgumentException: mine", manager.attr("log").itemText(1));
    assertTrue(
        context
            .eval("lambda m: m.kind is type(m.error) and m.traceback is None")
            .applyBoolean(manager));
  }

  @Test
  void pythonToldByJavasClassesWhichExceptionItWas() {
    context.exec(
        """
        import contextlib, java.io
        @contextlib.contextmanager
        def noting(seen):
            try: yield
            except java.io.IOException as error: seen.append(error.getMessage())
        """);
    PythonObject seen = context.eval("[]");
    PythonObject noting = context.get("noting");
    useAndFail(noting.apply(seen), new FileNotFoundException("gone"));
    assertEquals("gone", seen.itemText(0));
    UncheckedIOException other = new UncheckedIOException(new IOException("inside"));
    assertSame(
        other,
        assertThrows(UncheckedIOException.class, () -> useAndFail(noting.apply(seen), other)));
    assertEquals(1, seen.length());
  }

  @Test
  void aManagerMaySwallowTheException() {
    assertNull(manager(context.eval("(KeyError,)")).with(entered -> context.eval("{}['k']")));
    PythonObject states = context.eval("__import__('java.lang').lang.IllegalStateException");
    useAndFail(manager(states), new IllegalStateException("swallowed"));
    assertThrows(
        IllegalArgumentException.class,
        () -> useAndFail(manager(states), new IllegalArgumentException("thrown on")));
  }

  @Test
  void anErrorOfTheJvmIsPassedToo() {
    PythonObject manager = manager();
    assertThrows(StackOverflowError.class, () -> useAndFail(manager, new StackOverflowError()));
    assertEquals("StackOverflowError: ", manager.attr("log").itemText(1));
  }

  @Test
  void aPythonExceptionWhoseObjectIsGoneIsPassedAsJavas() {
    PythonException gone;
    try (PythonContext other = python.contexts().open("other")) {
      gone = assertThrows(PythonException.class, () -> other.eval("{}['k']"));
    }
    PythonObject manager = manager();
    assertSame(gone, assertThrows(PythonException.class, () -> useAndFail(manager, gone)));
    assertSame(gone, manager.attr("error").toJava());
  }

  @Test
  void leavingThatFailsHasTheBodysExceptionAsSuppressed() {
    PythonObject manager = manager(5); // issubclass refuses it
    IllegalStateException mine = new IllegalStateException("mine");
    PythonException e = assertThrows(PythonException.class, () -> useAndFail(manager, mine));
    assertEquals("TypeError", e.type());
    assertTrue(Arrays.asList(e.getSuppressed()).contains(mine));
  }
}
