package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonException;
import io.gilgamesh.testing.InContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under the default policy no object leads a script to reflection, whatever the way. */
class ReflectionFromPythonTest extends InContext {

  /** An application that is careless with classes: what it gives may not be looked up. */
  public static class Careless {
    public static final int LIMIT = 5;

    public Class<?> type() {
      return String.class;
    }

    public Object typeAsObject() {
      return Runtime.class;
    }

    public List<Object> types() {
      return List.of(Runtime.class);
    }

    public Optional<Object> optional() {
      return Optional.of(Runtime.class);
    }

    public Object open() {
      return String.class;
    }

    public List<Object> arrays() {
      return List.of(int.class, Runtime[].class, new Runtime[0]);
    }

    public Object same(Object value) {
      return value;
    }

    public String supplied(Supplier<?> supplier) {
      return String.valueOf(supplier.get());
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
        "app.same(app.typeAsObject()).getName()",
        "app.same(type(app)).getMethods()",
        "app.same([type(app)])[0].getName()",
        "type(app.typeAsObject()).getName(type(app))",
        "app.arrays()[0].getName()",
        "app.arrays()[0].arrayType()",
        "app.arrays()[1].getComponentType()",
        "type(app.arrays()[2])(5)",
        "app.supplied(type(app))",
        "__import__('java.util', fromlist=['ArrayList']).ArrayList([type(app)])[0].getName()",
        "__import__('java.util', fromlist=['List']).List.of(type(app)).stream()"
            + ".map(lambda c: c.getName()).toList()",
        "__import__('java.util', fromlist=['Optional']).Optional.of(type(app)).get().newInstance()",
        "__import__('java.lang', fromlist=['Object']).Object.getClass(type(app))",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.open().getName()",
        "app.open().getMethods()",
        "app.open().forName('java.lang.Runtime')",
        "app.open().getClassLoader()",
        "app.open().newInstance()",
        "app.same(app.open()).getDeclaredFields()",
        "app.same([app.open()])[0].getModule()",
        "type(app).getName()",
        "type(app).getClassLoader()",
      })
  void aClassThatScriptsHaveHasNoMembersOfReflection(String code) {
    PythonException e = assertThrows(PythonException.class, () -> context.eval(code));
    assertEquals("AttributeError", e.type());
    assertTrue(e.getMessage().contains("has no static member or nested class"), e.getMessage());
  }

  @Test
  void aClassThatScriptsMayLookUpIsThePythonClass() {
    assertEquals(true, context.eval("app.open() is __import__('java.lang').lang.String").toJava());
  }

  @Test
  void whatIsNotReflectionStaysOpen() {
    assertEquals("java.lang.Runtime", context.evalText("str(app.typeAsObject())").substring(6));
    assertEquals(Thread.currentThread().getName(), context.evalText("app.thread().getName()"));
    assertEquals(true, context.eval("app == app and hash(app) == app.hashCode()").toJava());
  }
}
