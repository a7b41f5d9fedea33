package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a method of a Java interface throws whose implementation is Python's. */
class FacadeExceptionsTest extends InContext {

  /** An interface of an application. */
  public interface Store {
    String load(String name) throws IOException;

    String find(String name);

    void await() throws InterruptedException;
  }

  private Store store;

  @BeforeEach
  void makeStore() {
    context.exec(
        """
        import java.io, java.lang, java.util
        class Store:
          def load(self, name):
            raise error
          def find(self, name):
            raise error
          def await_(self):
            raise error
        Store.__dict__
        setattr(Store, 'await', Store.await_)
        """,
        "store.py");
    store = context.eval("Store()").as(Store.class);
  }

  private <T> T raised(String error, Class<T> type) {
    context.exec("error = " + error);
    return type.cast(context.get("error").toJava());
  }

  @Test
  void aDeclaredExceptionIsTheVeryInstance() {
    IOException made = raised("java.io.IOException('gone')", IOException.class);
    assertSame(made, assertThrows(IOException.class, () -> store.load("x")));
  }

  @Test
  void aSubclassOfADeclaredOneIsTheVeryInstance() {
    IOException made = raised("java.io.FileNotFoundException('gone')", FileNotFoundException.class);
    assertSame(made, assertThrows(FileNotFoundException.class, () -> store.load("x")));
  }

  @Test
  void anUncheckedExceptionIsTheVeryInstance() {
    RuntimeException made =
        raised("java.lang.IllegalStateException('not now')", IllegalStateException.class);
    assertSame(made, assertThrows(IllegalStateException.class, () -> store.find("x")));
    AssertionError error = raised("java.lang.AssertionError('no')", AssertionError.class);
    assertSame(error, assertThrows(AssertionError.class, () -> store.find("x")));
  }

  @Test
  void aCheckedOneThatIsNotDeclaredIsTheCauseOfPythons() {
    IOException made = raised("java.io.IOException('gone')", IOException.class);
    PythonException e = assertThrows(PythonException.class, () -> store.find("x"));
    assertSame(made, e.getCause());
  }

  @Test
  void anInterruptIsThrownWithoutTheFlag() {
    raised("java.lang.InterruptedException('stop')", InterruptedException.class);
    assertThrows(InterruptedException.class, store::await);
    assertEquals(false, Thread.currentThread().isInterrupted());
  }

  @Test
  void itTellsPythonsFramesOnceAsASuppressedException() {
    IOException made = raised("java.io.IOException('gone')", IOException.class);
    for (int i = 0; i < 3; i++) {
      assertThrows(IOException.class, () -> store.load("x"));
    }
    assertEquals(1, made.getSuppressed().length);
    PythonException told = (PythonException) made.getSuppressed()[0];
    assertEquals("store.py", told.frames().get(0).file());
    assertNull(told.getCause());
    assertThrows(IllegalStateException.class, told::value);
  }

  @Test
  void anExceptionOfPythonsFromAJavaOneIsPythons() {
    context.exec(
        """
        def failing():
          try:
            raise java.lang.IllegalStateException('inner')
          except java.lang.IllegalStateException as error:
            raise ValueError('outer') from error
        """);
    Supplier<?> supplier = context.eval("failing").as(Supplier.class);
    PythonException e = assertThrows(PythonException.class, supplier::get);
    assertEquals("ValueError: outer", e.getMessage());
    assertEquals(IllegalStateException.class, e.getCause().getCause().getClass());
  }

  @Test
  void aSubclassInPythonIsTheSameObjectBehindTheFacade() {
    context.set("call", (Function<PythonObject, Object>) f -> f.as(Supplier.class).get());
    context.exec(
        """
        class Mine(java.lang.IllegalStateException):
          pass
        made = Mine('mine')
        made.code = 7
        def failing():
          raise made
        try:
          call(failing)
        except Mine as error:
          same = error is made and error.code == 7
        """);
    assertEquals(true, context.get("same").toJava());
  }
}
