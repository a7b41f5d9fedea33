package io.gilgamesh.upcalls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.JavaObject;
import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.TypeRef;
import io.gilgamesh.testing.InContext;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An enum constant is one object in Python, whichever way it comes. */
class EnumConstantsTest extends InContext {

  @BeforeEach
  void handOver() {
    context.exec("from java.time import DayOfWeek, LocalDate");
  }

  private boolean is(String code) {
    return (boolean) context.eval(code).toJava();
  }

  @Test
  void aConstantIsOneObject() {
    assertTrue(is("DayOfWeek.MONDAY is DayOfWeek.MONDAY"));
    assertTrue(is("DayOfWeek.MONDAY is DayOfWeek['MONDAY'] is next(iter(DayOfWeek))"));
    assertTrue(is("DayOfWeek.MONDAY is not DayOfWeek.SUNDAY"));
    assertTrue(is("DayOfWeek.valueOf('MONDAY') is DayOfWeek.of(1) is DayOfWeek.MONDAY"));
    assertTrue(is("DayOfWeek.SUNDAY.plus(1) is DayOfWeek.MONDAY is DayOfWeek.values()[0]"));
  }

  @Test
  void aConstantThatJavaHandsOverIsTheSame() {
    context.set("day", JavaObject.of(DayOfWeek.MONDAY));
    assertTrue(is("day is DayOfWeek.MONDAY"));
    assertSame(DayOfWeek.MONDAY, context.get("day").toJava());
    assertEquals(List.of(DayOfWeek.MONDAY), context.eval("[day]").toJava());
  }

  @Test
  void aConstantWithABodyIsOneObjectOfItsOwnClass() {
    context.set("add", JavaObject.of(Step.ADD));
    context.set("take", JavaObject.of(Step.TAKE));
    assertTrue(is("add.next() is take and take.next() is add and add is not take"));
    assertTrue(is("add(5, 2) == 7 and take(5, 2) == 3"));
    assertTrue(is("isinstance(add, type(take).__mro__[1]) and add.name() == 'ADD'"));
    assertTrue(is("add.given(take) is take"));
    assertSame(Step.TAKE, context.get("take").toJava());
  }

  @Test
  void itIsTheSameThroughEveryContextAndOutlivesThem() {
    context.set("here", JavaObject.of(TimeUnit.SECONDS));
    PythonObject there;
    try (PythonContext other = python.contexts().open("other")) {
      other.set("unit", JavaObject.of(TimeUnit.SECONDS));
      other.set("step", JavaObject.of(Step.ADD));
      context.set("unit", other.get("unit"));
      context.set("step", other.get("step"));
      assertTrue(is("unit is here"));
    }
    assertTrue(is("unit is here and unit.toMillis(1) == 1000"));
    assertTrue(is("step(1, 2) == 3 and step.next().name() == 'TAKE'"));
    context.close();
    context = python.contexts().open("next");
    context.set("unit", JavaObject.of(TimeUnit.SECONDS));
    assertTrue(is("unit.toMillis(1) == 1000"));
  }

  @Test
  void constantsAreNotCountedAndNotFreed() throws InterruptedException {
    context.exec("import gc; gc.collect()");
    Thread.sleep(100);
    long before = python.stats().javaObjects();
    context.exec(
        """
        for round in range(100):
            days = [day.plus(1) for day in DayOfWeek]
        """);
    assertEquals(before, python.stats().javaObjects());
    context.exec("del days; gc.collect()");
    assertTrue(is("DayOfWeek.MONDAY.plus(7) is DayOfWeek.MONDAY"));
  }

  @Test
  void anEnumIsUnloadedThoughPythonHasItsConstants() throws Exception {
    WeakReference<ClassLoader> loader = new WeakReference<>(useOtherStep());
    for (int i = 0; i < 500 && loader.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(loader.get(), "the enum is kept");
    PythonException e = assertThrows(PythonException.class, () -> context.eval("step.name()"));
    assertTrue(e.getMessage().contains("its class was unloaded"), e.getMessage());
    for (String code : List.of("step", "type(step)", "[step]")) {
      PythonObject kept = context.eval(code);
      IllegalStateException gone = assertThrows(IllegalStateException.class, kept::toJava);
      assertTrue(gone.getMessage().contains("its class was unloaded"), gone.getMessage());
    }
    assertTrue(is("step is step and isinstance(step, type(step))"));
  }

  /** Step again, by a loader of its own, whose constant a script uses. */
  private ClassLoader useOtherStep() throws Exception {
    ClassLoader other = new OtherLoader();
    Object add = other.loadClass(Step.class.getName()).getEnumConstants()[0];
    context.set("step", JavaObject.of(add));
    context.set("own", JavaObject.of(Step.ADD));
    assertTrue(is("step is not own and step != own and step.next().next() is step"));
    assertTrue(is("step(1, 2) == 3"));
    return other;
  }

  private static final class OtherLoader extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      boolean own = name.startsWith(Step.class.getName());
      return own && findLoadedClass(name) == null ? define(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) {
      try (var in = Step.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
        byte[] bytes = Objects.requireNonNull(in).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aConstantBecomesAnEnumOfJavas() {
    assertSame(DayOfWeek.MONDAY, context.eval("DayOfWeek.MONDAY").to(DayOfWeek.class));
    assertEquals(
        List.of(DayOfWeek.SUNDAY),
        context.eval("[DayOfWeek.SUNDAY]").to(new TypeRef<List<DayOfWeek>>() {}));
  }

  @Test
  void threadsThatMeetItAtOnceGetTheSame() {
    context.exec(
        """
        from concurrent.futures import ThreadPoolExecutor
        from java.time.temporal import ChronoField
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda i: list(ChronoField), range(16)))
        """);
    assertTrue(is("all(a is b for each in found for a, b in zip(each, found[0]))"));
  }

  @Test
  void aConstantIsAnArgumentAKeyAndAnElement() {
    context.exec(
        """
        from java.util import EnumMap, EnumSet, List
        days = EnumMap(DayOfWeek)
        days[DayOfWeek.SUNDAY] = 'rest'
        """);
    assertTrue(is("next(iter(days)) is DayOfWeek.SUNDAY"));
    assertTrue(is("list(EnumSet.allOf(DayOfWeek))[6] is DayOfWeek.SUNDAY"));
    assertTrue(is("List.of(DayOfWeek.MONDAY)[0] is DayOfWeek.MONDAY"));
    assertTrue(is("DayOfWeek.from_(LocalDate.of(2024, 1, 1)) is DayOfWeek.MONDAY"));
  }
}
