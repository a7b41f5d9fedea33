package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.testing.InContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under the default policy no object leads a script to reflection, whatever the way. */
class ReflectionFromPythonTest extends InContext {

  /** An application that is careless with classes. */
  public static class Careless {
    public static final int LIMIT = 5;

    public Class<?> type() {
      return String.class;
    }

    public Object typeAsObject() {
      return String.class;
    }

    public List<Object> types() {
      return List.of(String.class);
    }

    public Optional<Object> optional() {
      return Optional.of(String.class);
    }

    public Object loader() {
      return Careless.class.getClassLoader();
    }

    public Object method() throws NoSuchMethodException {
      return Careless.class.getMethod("type");
    }

    public Thread thread() {
      return Thread.currentThread();
    }

    public Object module() {
      return Object.class.getModule();
    }
  }

  @BeforeEach
  void handOver() {
    context.set("app", new Careless());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.getClass()",
        "app.type()",
        "app.typeAsObject().getName()",
        "app.typeAsObject().forName('java.lang.Runtime')",
        "type(app.typeAsObject()).forName('java.lang.Runtime')",
        "app.types()[0].getMethods()",
        "next(iter(app.types())).getClassLoader()",
        "app.types().stream().map(lambda c: c.getName()).toList()",
        "app.optional().map(lambda c: c.getName()).get()",
        "app.optional().get().descriptorString()",
        "app.loader().loadClass('java.lang.Runtime')",
        "app.thread().getContextClassLoader()",
        "type(app.thread()).currentThread()",
        "app.method().invoke(app)",
        "app.module().getClassLoader()",
        "type(app)()",
        "type(app).LIMIT",
        "__import__('gilgamesh').java_class('java.lang.Runtime')",
        "__import__('gilgamesh').java_class('java.lang.Class[]')",
        "__import__('java.io', fromlist=['File']).File",
        "__import__('java.lang', fromlist=['System']).System",
        "__import__('java.lang', fromlist=['Integer']).Integer.TYPE",
        "__import__('java.lang', fromlist=['Integer']).Integer.getInteger('x')",
      })
  void everyWayIsRefusedWithTheClassAndHowToAllowIt(String code) {
    PythonException e = assertThrows(PythonException.class, () -> context.eval(code));
    assertEquals("gilgamesh.JavaAccessError", e.type());
    assertTrue(e.getMessage().contains("scripts may not use "), e.getMessage());
    assertTrue(e.getMessage().contains("HostAccess.builder().allowClass("), e.getMessage());
  }

  @Test
  void whatIsNotReflectionStaysOpen() {
    assertEquals("java.lang.String", context.evalText("str(app.typeAsObject())").substring(6));
    assertEquals(Thread.currentThread().getName(), context.evalText("app.thread().getName()"));
    assertEquals(true, context.eval("app == app and hash(app) == app.hashCode()").toJava());
  }
}
