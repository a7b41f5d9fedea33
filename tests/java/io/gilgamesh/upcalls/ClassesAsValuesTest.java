package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.testing.InContext;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Python class of a Java class is that class in Java, and the other way round. */
class ClassesAsValuesTest extends InContext {

  /** An application that takes and gives classes. */
  public static class Typed {
    public String of(Class<?> type) {
      return "class " + type.getName();
    }

    public String of(Object value) {
      return "object " + value;
    }

    public String wide(Object value) {
      return value instanceof Class<?> type ? type.getName() : "no class: " + value;
    }

    public String supplied(Supplier<?> supplier) {
      return String.valueOf(supplier.get());
    }

    public String parsed(Function<String, ?> function) {
      return function.andThen(String::valueOf).apply("12");
    }

    public Object made(Maker maker) {
      return maker.make("12");
    }

    public Object give(String name) throws ClassNotFoundException {
      return name.equals("int") ? int.class : Class.forName(name);
    }

    public List<Object> all() {
      return List.of(DayOfWeek.class, int.class, Typed.class, int[].class);
    }
  }

  /** An interface of the application's. */
  @FunctionalInterface
  public interface Maker {
    /** Makes something. */
    Number make(String text);
  }

  record Setting(String name, Class<?> type) {}

  interface Chooser {
    Class<?> choose(Class<?> first, Class<?> second);
  }

  @BeforeEach
  void handOver() {
    context.set("app", new Typed());
    context.exec("from java.time import DayOfWeek\nfrom java.util import ArrayList, EnumMap, List");
  }

  // ---- from Python

  @Test
  void aPythonClassIsTheJavaClassForAMethod() {
    assertEquals("class java.time.DayOfWeek", context.evalText("app.of(DayOfWeek)"));
    assertEquals("java.util.List", context.evalText("app.wide(List)"));
    assertEquals("[I", context.evalText("app.wide(__import__('gilgamesh').java_class('int[]'))"));
    context.exec("days = EnumMap(DayOfWeek); days[DayOfWeek.MONDAY] = 1");
    assertEquals("{MONDAY=1}", context.evalText("str(days)"));
  }

  @Test
  void classesInContainersAreJavaClassesToo() {
    assertEquals(
        "[class java.time.DayOfWeek, {a=interface java.util.List}]",
        context.evalText("str(ArrayList([DayOfWeek, {'a': List}]))"));
    assertEquals(
        List.of(DayOfWeek.class, Map.of("a", List.class)),
        context.eval("[DayOfWeek, {'a': List}]").toJava());
  }

  @Test
  void aClassThatJavaReadsIsTheJavaClass() {
    assertSame(DayOfWeek.class, context.eval("DayOfWeek").toJava());
    assertSame(List.class, context.eval("List").to(Class.class));
    assertEquals(
        new Setting("day", DayOfWeek.class),
        context.eval("{'name': 'day', 'type': DayOfWeek}").to(Setting.class));
  }

  @Test
  void aPythonClassThatDerivesFromAJavaOneIsNoJavaClass() {
    context.exec(
        """
        from java.lang import IllegalStateException
        class Late(IllegalStateException): pass
        """);
    assertTrue(context.evalText("app.wide(Late)").startsWith("no class: "));
    assertEquals(
        "class java.lang.IllegalStateException",
        context.evalText("str(ArrayList([Late, IllegalStateException]))").split(", |]")[1]);
    Object both = context.eval("[Late, IllegalStateException, dict]").toJava();
    assertSame(IllegalStateException.class, ((List<?>) both).get(1));
    assertTrue(((List<?>) both).get(0) instanceof PythonObject);
  }

  @Test
  void aClassIsItsConstructorWhereAFunctionIsWanted() {
    assertEquals("[]", context.evalText("app.supplied(ArrayList)"));
    assertEquals("[12]", context.evalText("app.parsed(lambda s: [s])"));
    context.exec("from java.math import BigInteger");
    assertEquals("12", context.evalText("app.parsed(BigInteger)"));
    assertEquals(12L, context.eval("app.made(BigInteger)").toJava());
    context.exec("from java.util.stream import Collectors\nfrom java.util import TreeSet");
    assertEquals(
        "[1, 2]",
        context.evalText("str(List.of(2, 1).stream().collect(Collectors.toCollection(TreeSet)))"));
  }

  @Test
  void aClassWithoutAConstructorThatFitsSaysSo() {
    PythonException e =
        assertThrows(PythonException.class, () -> context.eval("app.supplied(List)"));
    assertTrue(e.getMessage().contains("java.util.List"), e.getMessage());
    e = assertThrows(PythonException.class, () -> context.eval("app.supplied(type(app))"));
    assertTrue(e.getMessage().contains("scripts may not use " + Typed.class.getName()));
  }

  @Test
  void aMethodThatIsCalledOnAClassThatHasItNotNamesTheClass() {
    context.exec("from java.lang import StringBuilder");
    PythonException e =
        assertThrows(PythonException.class, () -> context.eval("StringBuilder.length(DayOfWeek)"));
    assertTrue(e.getMessage().contains("not on the class java.time.DayOfWeek"), e.getMessage());
  }

  @Test
  void whatAConstructorMakesAndTheFunctionDoesNotGiveIsAnExceptionOfJavas() {
    context.exec("from java.lang import StringBuilder");
    PythonException e =
        assertThrows(PythonException.class, () -> context.eval("app.made(StringBuilder)"));
    assertTrue(e.type().contains("ClassCastException"), e.type());
  }

  // ---- to Python

  @Test
  void aJavaClassThatScriptsMayLookUpIsThePythonClass() {
    context.set("day", DayOfWeek.class);
    assertEquals(true, context.eval("day is DayOfWeek").toJava());
    context.set("all", List.of(DayOfWeek.class, Map.of("list", List.class)));
    assertEquals(true, context.eval("all[0] is DayOfWeek and all[1]['list'] is List").toJava());
    assertEquals(true, context.eval("app.give('java.time.DayOfWeek') is DayOfWeek").toJava());
    assertEquals(true, context.eval("app.all()[0] is DayOfWeek").toJava());
    assertEquals(true, context.eval("app.all()[3]([1]) == [1]").toJava());
  }

  @Test
  void aPythonFunctionIsPassedThePythonClass() {
    Chooser second = context.eval("lambda a, b: b if a is DayOfWeek else a").as(Chooser.class);
    assertSame(List.class, second.choose(DayOfWeek.class, List.class));
  }

  @Test
  void otherClassesStayObjects() {
    context.set("closed", Typed.class);
    assertEquals("java.lang.Class", context.evalText("type(closed)._java_name_"));
    assertSame(Typed.class, context.get("closed").toJava());
    assertEquals("class " + Typed.class.getName(), context.evalText("app.of(closed)"));
    for (String code : List.of("app.give('int')", "app.all()[1]", "app.all()[2]")) {
      assertEquals("java.lang.Class", context.evalText("type(" + code + ")._java_name_"), code);
    }
    context.set("same", JavaObject.of(ArrayList.class));
    assertEquals("java.lang.Class", context.evalText("type(same)._java_name_"));
  }

  @Test
  void anOrderOfClassesDoesNotMatter() {
    context.exec("first, second = app.give('java.lang.Runtime'), app.give('java.util.List')");
    assertEquals(true, context.eval("second is List").toJava());
  }

  @Test
  void anEmptyOptionalOfAClassIsNone() {
    context.set("one", Optional.of(List.class));
    assertEquals(true, context.eval("one is List").toJava());
  }
}
