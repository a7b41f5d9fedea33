package io.gilgamesh;

import static io.gilgamesh.testing.SameValues.assertSameValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gilgamesh.testing.ConversionCases;
import io.gilgamesh.testing.ConversionCases.Case;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The conversion table through the public API: plain, as arguments, and inside containers. */
@Tag("conversion")
class ConversionTableTest {

  private static final Map<String, Class<?>> CLASSES =
      Map.ofEntries(
          Map.entry("Byte", Byte.class),
          Map.entry("Short", Short.class),
          Map.entry("Integer", Integer.class),
          Map.entry("BigInteger", BigInteger.class),
          Map.entry("BigDecimal", BigDecimal.class),
          Map.entry("Double", Double.class),
          Map.entry("Long", Long.class),
          Map.entry("Float", Float.class),
          Map.entry("Character", Character.class),
          Map.entry("String", String.class),
          Map.entry("Object", Object.class),
          Map.entry("int[]", int[].class),
          Map.entry("String[]", String[].class));

  private static Python python;
  private static PythonContext context;
  private static PythonObject same;

  @BeforeAll
  static void open() {
    python = Python.start();
    context = python.contexts().open("conversions");
    context.exec(ConversionCases.prelude(), "<prelude>");
    same = context.get("same");
  }

  @AfterAll
  static void close() {
    python.close();
  }

  private static Stream<DynamicTest> tests(Stream<Case> cases, Consumer<Case> check) {
    return cases.map(row -> dynamicTest(row.name(), () -> check.accept(row)));
  }

  private static Stream<Case> values(String direction) {
    return ConversionCases.section("values").stream().filter(row -> row.goes(direction));
  }

  private static Object java(Case row) {
    return row.java(context::eval);
  }

  private static boolean isHashable(Case row) {
    return context.evalBoolean("hashable(" + row.text("python") + ")");
  }

  // ---- Python to Java

  @TestFactory
  Stream<DynamicTest> toJava() {
    return tests(values("to-java"), ConversionTableTest::crossesToJava);
  }

  private static void crossesToJava(Case row) {
    String expression = row.text("python");
    Object expected = java(row);
    assertSameValue(expected, context.eval(expression).toJava());
    assertSameValue(expected, context.evalTo(Object.class, expression));
    if (row.has("alone")) {
      return;
    }
    expectInside("[%s]", expression, listOf(expected));
    expectInside("[%s, None]", expression, listOf(expected, null));
    expectInside("(%s,)", expression, PythonTuple.of(expected));
    expectInside("{'k': %s}", expression, mapOf("k", expected));
    if (isHashable(row)) {
      expectInside("{%s}", expression, new LinkedHashSet<>(Arrays.asList(expected)));
      expectInside("{%s: None}", expression, mapOf(expected, null));
    }
  }

  private static void expectInside(String container, String expression, Object expected) {
    assertSameValue(expected, context.eval(String.format(container, expression)).toJava());
  }

  private static List<Object> listOf(Object... elements) {
    return new ArrayList<>(Arrays.asList(elements));
  }

  private static Map<Object, Object> mapOf(Object key, Object value) {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  // ---- Java to Python

  @TestFactory
  Stream<DynamicTest> toPython() {
    return tests(values("to-python"), ConversionTableTest::crossesToPython);
  }

  private static void crossesToPython(Case row) {
    Object value = java(row);
    try (PythonObject expected = context.eval(row.text("python"))) {
      assertTrue(same.applyBoolean(context.toPython(value), expected), "made");
      assertTrue(same.applyBoolean(value, expected), "as an argument");
      assertTrue(
          same.applyBoolean(PythonKwargs.kwargs("one", value, "other", expected)), "by keyword");
      assertTrue(context.evalBoolean("same(a, b)", variables(value, expected)), "as a variable");
      context.set("crossed", value);
      assertTrue(same.applyBoolean(context.get("crossed"), expected), "as a global");
      if (!row.has("alone")) {
        crossesInside(value, expected);
        if (isHashable(row)) {
          crossesAsKey(value, expected);
        }
      }
    }
  }

  private static Map<String, Object> variables(Object value, Object expected) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("a", value);
    variables.put("b", expected);
    return variables;
  }

  private static void crossesInside(Object value, PythonObject expected) {
    assertInside("type(a) is list and same(a[0], b)", listOf(value), expected);
    assertInside("a[1] is None and same(a[0], b)", listOf(value, null), expected);
    assertInside("type(a) is list and same(a[0], b)", new Object[] {value}, expected);
    assertInside("type(a) is tuple and same(a[0], b)", PythonTuple.of(value), expected);
    assertInside("type(a) is dict and same(a['k'], b)", mapOf("k", value), expected);
  }

  private static void crossesAsKey(Object value, PythonObject expected) {
    assertInside("type(a) is dict and same(list(a)[0], b)", mapOf(value, null), expected);
    assertInside("type(a) is set and same(list(a)[0], b)", Collections.singleton(value), expected);
  }

  private static void assertInside(String truth, Object container, PythonObject expected) {
    assertTrue(context.evalBoolean(truth, variables(container, expected)), truth);
  }

  // ---- in the form that the caller asks for

  @TestFactory
  Stream<DynamicTest> readings() {
    return tests(ConversionCases.section("readings").stream(), ConversionTableTest::reads);
  }

  private static void reads(Case row) {
    PythonObject object = context.eval(row.text("python"));
    if (row.has("message")) {
      assertRefused(row, () -> read(object, row.text("as")));
    } else {
      assertSameValue(java(row), read(object, row.text("as")));
    }
  }

  private static Object read(PythonObject object, String as) {
    return switch (as) {
      case "long" -> object.asLong();
      case "int" -> object.asInt();
      case "double" -> object.asDouble();
      case "boolean" -> object.asBoolean();
      case "text" -> object.asText();
      case "long[]" -> object.toLongArray();
      case "double[]" -> object.toDoubleArray();
      default -> object.to(CLASSES.get(as));
    };
  }

  // ---- what cannot cross

  @TestFactory
  Stream<DynamicTest> refusals() {
    return tests(
        ConversionCases.section("refusals").stream()
            .filter(row -> row.has("python") || row.has("java")),
        ConversionTableTest::isRefused);
  }

  private static void isRefused(Case row) {
    long handles = python.stats().liveHandles();
    if (row.has("python")) {
      assertRefused(row, () -> context.evalTo(Object.class, row.text("python")));
    } else {
      assertRefused(row, () -> context.toPython(java(row)));
    }
    assertEquals(1, context.evalLong("1"), "the next call works");
    assertTrue(python.stats().liveHandles() <= handles + 1, "a handle was left");
  }

  private static void assertRefused(Case row, Runnable conversion) {
    PythonConversionException refusal =
        assertThrows(PythonConversionException.class, conversion::run);
    assertEquals(row.text("path"), refusal.path());
    String place = refusal.path().isEmpty() ? "" : refusal.path() + ": ";
    assertEquals(place + row.text("message"), refusal.getMessage());
  }
}
