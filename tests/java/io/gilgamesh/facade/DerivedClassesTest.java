package io.gilgamesh.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.HostAccess;
import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonProxy;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances of Python classes that derive from Java's interfaces, as Java code sees them. */
class DerivedClassesTest extends InContext {

  /** What scripts may not look up, and reach through an object. */
  public interface Hidden {
    void hide();
  }

  /** What nobody else may implement. */
  @HostAccess.Export
  public sealed interface Closed permits Only {}

  /** The one that may. */
  public record Only() implements Closed, Hidden {
    @Override
    public void hide() {}
  }

  /** An interface with overloads, a varargs method and defaults, given to scripts as a class. */
  @HostAccess.Export
  public interface Shape extends Comparable<Shape> {
    double area();

    default String title(String prefix, Object... parts) {
      return prefix + parts.length + area();
    }

    default Shape larger(Shape other) {
      return compareTo(other) >= 0 ? this : other;
    }

    @Override
    default int compareTo(Shape other) {
      return Double.compare(area(), other.area());
    }
  }

  /** What scripts call. */
  public static class Application {
    public Object last;

    public String take(Runnable runnable) {
      return "Runnable";
    }

    public String take(PythonObject object) {
      return "PythonObject";
    }

    public String take(Object object) {
      return "Object";
    }

    public String submit(Runnable runnable) {
      return "Runnable";
    }

    public String submit(Callable<Object> callable) {
      return "Callable";
    }

    public String plain(Object object) {
      last = object;
      return object instanceof Runnable ? "Runnable" : "Object";
    }

    public String handle(PythonObject object) {
      return object.typeName();
    }

    public String handles(List<PythonObject> objects) {
      return objects.get(0).typeName();
    }

    public long size(Iterable<?> elements) {
      long size = 0;
      for (Object ignored : elements) {
        size++;
      }
      return size;
    }

    public Shape largest(List<Shape> shapes) {
      return Collections.max(shapes);
    }
  }

  private final Application application = new Application();

  @BeforeEach
  void define() {
    context.set("app", application);
    context.set("only", JavaObject.of(new Only()));
    context.exec(
        """
        from java.lang import Comparable, Runnable
        from java.util.function import Function
        from gilgamesh._java import class_of
        runs = []
        class Task(Runnable, Comparable):
            def __init__(self, priority=1): self.priority = priority
            def run(self): runs.append(self.priority)
            def compareTo(self, other): return self.priority - other.priority
            def __str__(self): return f'task {self.priority}'
        task = Task()
        """);
  }

  private Object natural(String expression) {
    try (PythonObject object = context.eval(expression)) {
      return object.toJava();
    }
  }

  private boolean isTask(Object proxy) {
    return context.eval("lambda x: x is task").applyBoolean(proxy);
  }

  // ---- crossing

  @Test
  void anInstanceCrossesAsAnObjectOfItsInterfacesAndBackAsTheVeryObject() {
    Object task = natural("task");
    assertInstanceOf(Runnable.class, task);
    assertInstanceOf(Comparable.class, task);
    ((Runnable) task).run();
    assertEquals(1, context.evalLong("len(runs)"));
    assertTrue(isTask(task));
    assertTrue(PythonProxy.is(task));
    assertTrue(PythonProxy.objectOf(task).orElseThrow().isSame(context.get("task")));
  }

  @Test
  void itCrossesSoInContainersArgumentsAndResults() {
    assertInstanceOf(Runnable.class, ((List<?>) natural("[task]")).get(0));
    assertInstanceOf(Runnable.class, ((Map<?, ?>) natural("{'k': task}")).get("k"));
    Function<Object, Object> echo = context.eval("lambda x: [x, task]").as(new TypeRef<>() {});
    assertInstanceOf(Runnable.class, ((List<?>) echo.apply(1)).get(1));
    assertEquals("Runnable", context.eval("app.plain(task)").asText());
    assertTrue(isTask(application.last));
    List<Object> seen = new ArrayList<>();
    context.set("see", (Function<Object, Object>) seen::add);
    context.exec("see(task)");
    assertInstanceOf(Runnable.class, seen.get(0));
  }

  /** A form with an interface in it. */
  record Job(String name, Runnable body, List<Runnable> more) {}

  @Test
  void askedForByAnInterfaceItIsThatObject() {
    assertInstanceOf(Comparable.class, context.get("task").to(Runnable.class));
    assertInstanceOf(Runnable.class, context.get("task").to(Comparable.class));
    assertInstanceOf(
        Comparable.class, context.eval("[task]").to(new TypeRef<List<Runnable>>() {}).get(0));
    Job job = context.eval("dict(name='n', body=task, more=[task, print])").to(Job.class);
    assertInstanceOf(Comparable.class, job.body());
    assertFalse(job.more().get(1) instanceof Comparable);
    assertEquals(job.body(), job.more().get(0));
  }

  @Test
  void anotherInterfaceOrOneWithParametersIsAProxyOfTheObjectAsAlways() {
    context.exec("class Text(Function):\n  def apply(self, x): return x + 1");
    Function<Long, Integer> typed =
        context.eval("Text()").to(new TypeRef<Function<Long, Integer>>() {});
    Integer result = typed.apply(1L);
    assertEquals(2, result);
    assertInstanceOf(Supplier.class, context.get("task").to(Supplier.class));
  }

  @Test
  void whereAHandleIsWantedItIsOne() {
    assertEquals("Task", context.get("task").typeName());
    assertEquals("Task", context.eval("app.handle(task)").asText());
    assertEquals("Task", context.eval("app.handles([task])").asText());
    assertEquals("Task", context.eval("[task]").to(PythonObject[].class)[0].typeName());
  }

  // ---- overloads

  @Test
  void itsInterfaceIsTheExactOverloadAndAnObjectOfPythonsTheNext() {
    assertEquals("Runnable", context.eval("app.take(task)").asText());
    context.exec("class Name(Function):\n  def apply(self, x): return x");
    assertEquals("PythonObject", context.eval("app.take(Name())").asText());
    assertEquals("Runnable", context.eval("app.submit(task)").asText());
    assertEquals("PythonObject", context.eval("app.take(object())").asText());
  }

  @Test
  void aChoiceForItIsNotTakenForAProxyOfJavasOwnOfTheSameInterfaces() {
    Object javas =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Runnable.class, Comparable.class},
            (proxy, method, arguments) -> null);
    context.set("javas", javas);
    for (int i = 0; i < 3; i++) {
      assertEquals("Task", context.eval("app.handle(task)").asText());
      assertThrows(PythonException.class, () -> context.eval("app.handle(javas)"));
      assertEquals("Runnable", context.eval("app.take(javas)").asText());
    }
  }

  @Test
  void itBecomesWhatItsMethodsAllowBesideItsInterfaces() {
    context.exec(
        """
        class Words(Runnable):
            def run(self): pass
            def __iter__(self): return iter('abc')
        """);
    assertEquals(3, context.evalLong("app.size(Words())"));
    String message =
        assertThrows(PythonException.class, () -> context.eval("app.size(1)")).getMessage();
    assertTrue(message.contains("is no java.lang.Iterable"), message);
    message =
        assertThrows(PythonException.class, () -> context.eval("app.largest(task)")).getMessage();
    assertTrue(message.contains("an object of type Task"), message);
  }

  // ---- what every object has

  @Test
  void equalityHashAndTextAreThoseOfTheClass() {
    context.exec(
        """
        class Point(Runnable):
            def __init__(self, x): self.x = x
            def run(self): pass
            def __eq__(self, other): return isinstance(other, Point) and other.x == self.x
            def __hash__(self): return hash(self.x)
        """);
    assertEquals(natural("Point(1)"), natural("Point(1)"));
    assertEquals(natural("Point(1)").hashCode(), natural("Point(1)").hashCode());
    assertNotEquals(natural("Point(1)"), natural("Point(2)"));
    assertNotEquals(natural("Point(1)"), "text");
    assertNotEquals(natural("Point(1)"), null);
    assertEquals(natural("task"), natural("task"));
    assertNotEquals(natural("Task()"), natural("Task()"));
    assertEquals("task 1", natural("task").toString());
  }

  // ---- default methods

  @Test
  void anApplicationsInterfaceHasItsDefaultMethodsInJavaAndInPython() {
    context.exec(
        """
        import gilgamesh
        Shape = gilgamesh.java_class('io.gilgamesh.facade.DerivedClassesTest$Shape')
        class Square(Shape):
            def __init__(self, side): self.side = side
            def area(self): return self.side ** 2
        class Titled(Square):
            def title(self, prefix, *parts): return 'my ' + super().title(prefix, *parts)
        small, large = Square(1.0), Titled(2.0)
        """);
    assertTrue(context.evalBoolean("app.largest([small, large]) is large"));
    assertTrue(context.evalBoolean("small.larger(large) is large"));
    assertEquals("p21.0", context.eval("small.title('p', 1, 'x')").asText());
    assertEquals("my p04.0", context.eval("large.title('p')").asText());
    assertEquals("my q14.0", ((Shape) natural("large")).title("q", 1));
    String message =
        assertThrows(PythonException.class, () -> context.eval("small.title()")).getMessage();
    assertTrue(message.contains("takes at least 2 arguments"), message);
  }

  // ---- refusals

  @Test
  void anInterfaceThatScriptsMayNotLookUpIsNotDerivedFrom() {
    context.exec("supers = {c.__name__: c for c in map(class_of, type(only)._java_supers_)}");
    PythonException refused =
        assertThrows(
            PythonException.class,
            () -> context.exec("class Mine(supers['Hidden']):\n  def hide(self): pass"));
    assertTrue(refused.getMessage().contains("scripts may not use"), refused.getMessage());
  }

  @Test
  void aSealedInterfaceIsRefused() {
    PythonException refused =
        assertThrows(
            PythonException.class,
            () ->
                context.exec(
                    """
                    import gilgamesh
                    Sealed = gilgamesh.java_class('io.gilgamesh.facade.DerivedClassesTest$Closed')
                    class Mine(Sealed): pass
                    """));
    assertEquals("TypeError", refused.type());
    assertTrue(refused.getMessage().contains("is sealed"), refused.getMessage());
  }

  @Test
  void aMissingMethodIsToldWhereTheClassIsMade() {
    PythonException refused =
        assertThrows(
            PythonException.class, () -> context.exec("class Bare(Runnable, Comparable): pass"));
    assertEquals("TypeError", refused.type());
    assertTrue(
        refused.getMessage().contains("java.lang.Comparable: compareTo(T) is missing"),
        refused.getMessage());
  }

  // ---- life

  @Test
  void itOutlivesTheTransactionInWhichItCrossed() {
    Runnable task;
    try (PythonTransaction tx = context.begin()) {
      task = (Runnable) tx.get("task").toJava();
      tx.exec("app.plain(task)");
    }
    task.run();
    ((Runnable) application.last).run();
    assertEquals(2, context.evalLong("len(runs)"));
  }

  @Test
  void afterItsContextItTellsWhatItWas() {
    Set<Object> set = new HashSet<>();
    Runnable task;
    try (PythonContext other = python.contexts().open("other")) {
      other.exec(
          """
          from java.lang import Runnable
          class Task(Runnable):
              def run(self): pass
          task = Task()
          """);
      task = (Runnable) other.get("task").toJava();
      set.add(task);
    }
    String message = assertThrows(IllegalStateException.class, task::run).getMessage();
    assertTrue(message.contains("the context is closed"), message);
    assertTrue(task.toString().startsWith("<closed"), task.toString());
    assertEquals(task, task);
    assertNotEquals(task, natural("task"));
    assertTrue(set.remove(task), "its hash stays");
  }

  @Test
  void whatJavaForgetsIsFreedInPython() throws InterruptedException {
    context.exec("import weakref\nalive = weakref.ref(task)");
    Object held = natural("task");
    context.exec("del task");
    assertFalse(context.evalBoolean("alive() is None"));
    assertInstanceOf(Runnable.class, held); // reachable until here
    held = null;
    for (int i = 0; i < 500 && !context.evalBoolean("alive() is None"); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertTrue(context.evalBoolean("alive() is None"));
  }

  @Test
  void aClassOfOneContextServesInAnother() {
    try (PythonContext other = python.contexts().open("other")) {
      other.set("Task", context.get("Task"));
      assertInstanceOf(Runnable.class, other.eval("Task(5)").toJava());
    }
  }
}
