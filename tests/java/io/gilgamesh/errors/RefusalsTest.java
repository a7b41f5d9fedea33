package io.gilgamesh.errors;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.testing.InContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What is refused says what was wrong, and its stack trace begins at the method that was called.
 */
class RefusalsTest extends InContext {

  // ---- null

  @Test
  void nullWhereATextIsRequiredNamesTheParameter() {
    Map<String, Executable> uses = new LinkedHashMap<>();
    PythonObject object = context.eval("object()");
    uses.put("code", () -> context.exec(null));
    uses.put("sourceName", () -> context.exec("1", (String) null));
    uses.put("variables", () -> context.exec("1", (Map<String, ?>) null));
    uses.put("file", () -> context.run(null));
    uses.put("expression", () -> context.eval(null));
    uses.put("method", () -> object.call(null, 1));
    uses.put("function", () -> context.call(null, 1));
    uses.put("target", () -> object.to((Class<?>) null));
    uses.put("limit", () -> context.begin(null));
    uses.put("body", () -> context.transact(null));
    uses.put("type", () -> object.isInstance(null));
    uses.put("other", () -> object.isSame(null));
    uses.put("arguments", () -> PythonKwargs.of(null));
    uses.put("shutdownTimeout", () -> PythonConfig.builder().shutdownTimeout(null));
    uses.forEach(RefusalsTest::namesNull);
  }

  @Test
  void nullForANameNamesTheParameter() {
    PythonObject object = context.eval("object()");
    for (Executable use :
        List.<Executable>of(
            () -> context.get(null),
            () -> context.find(null),
            () -> context.set(null, 1),
            () -> context.importModule(null),
            () -> python.contexts().open(null),
            () -> python.contexts().get(null),
            () -> python.contexts().close(null),
            () -> object.attr(null),
            () -> object.findAttr(null),
            () -> object.attrLong(null),
            () -> object.setAttr(null, 1),
            () -> object.deleteAttr(null))) {
      namesNull("name", use);
    }
  }

  private static void namesNull(String parameter, Executable use) {
    NullPointerException e = assertThrows(NullPointerException.class, use, parameter);
    assertEquals(parameter + " is null", e.getMessage());
  }

  // ---- closed

  @Test
  void aHandleOfAClosedContextSaysWhatItWasAndThatTheContextIsClosed() {
    PythonObject module = context.importModule("math");
    PythonObject root = module.attr("sqrt");
    PythonObject none = context.eval("None");
    context.close();
    closed("attr(\"sqrt\") in context 'RefusalsTest'", () -> root.apply(4));
    closed("the module \"math\" in context 'RefusalsTest'", () -> module.attr("pi"));
    closed("the module \"math\" in context 'RefusalsTest'", module::keep);
    closed("None in context 'RefusalsTest'", none::str);
    PythonObject other = python.contexts().open("other").eval("print");
    closed("attr(\"sqrt\") in context 'RefusalsTest'", () -> other.apply(root));
    root.close();
    closed("attr(\"sqrt\") in context 'RefusalsTest'", root::str);
  }

  private static void closed(String what, Executable use) {
    IllegalStateException e = assertThrows(IllegalStateException.class, use);
    assertTrue(e.getMessage().startsWith(what), e.getMessage());
    assertTrue(e.getMessage().contains("the context is closed"), e.getMessage());
  }

  // ---- stack traces

  @Test
  void stackTracesBeginAtTheMethodThatWasCalled() throws Exception {
    PythonObject text = context.eval("'t'");
    PythonObject gone = context.eval("[]");
    gone.close();
    beginsAt("asLong", PythonConversionException.class, text::asLong);
    beginsAt("to", PythonConversionException.class, () -> text.to(int[].class));
    beginsAt("set", PythonConversionException.class, () -> context.set("x", kwargs("k", 1)));
    beginsAt("evalLong", PythonConversionException.class, () -> context.evalLong("'t'"));
    beginsAt("length", IllegalStateException.class, gone::length);
    beginsAt("apply", IllegalStateException.class, () -> context.eval("print").apply(gone));
    beginsAt("set", IllegalArgumentException.class, () -> context.set("a b", 1));
    beginsAt("get", NoSuchElementException.class, () -> context.get("absent"));
    beginsAt("callLong", NoSuchElementException.class, () -> context.callLong("absent"));
    beginsAt("exec", NullPointerException.class, () -> context.exec(null));
    beginsAt("begin", IllegalArgumentException.class, () -> context.begin(Duration.ofNanos(-1)));
    beginsAt("kwargs", IllegalArgumentException.class, () -> PythonKwargs.kwargs("a", 1, "a", 2));
    beginsAt("open", IllegalArgumentException.class, () -> python.contexts().open(" "));
    PythonTransaction tx = context.begin();
    tx.close();
    beginsAt("exec", IllegalStateException.class, () -> tx.exec("1"));
    context.close();
    beginsAt("evalText", IllegalStateException.class, () -> context.evalText("1"));
    beginsAt("str", IllegalStateException.class, text::str);
  }

  private static void beginsAt(String method, Class<? extends Throwable> kind, Executable use) {
    StackTraceElement[] trace = assertThrows(kind, use).getStackTrace();
    assertTrue(trace[0].getClassName().startsWith("io.gilgamesh.Python"), trace[0].toString());
    assertEquals(method, trace[0].getMethodName());
    assertTrue(
        trace[1].getClassName().contains("RefusalsTest")
            || trace[1].getClassName().contains("AssertThrows"),
        trace[1].toString());
  }

  @Test
  void pythonsFramesStandAboveTheMethodThatWasCalled() {
    StackTraceElement[] trace =
        assertThrows(PythonException.class, () -> context.evalLong("1 / 0")).getStackTrace();
    assertTrue(trace[0].getClassName().startsWith("<python>"), trace[0].toString());
    assertEquals("evalLong", trace[1].getMethodName());
    assertTrue(trace[2].getClassName().contains("RefusalsTest"), trace[2].toString());
  }
}
