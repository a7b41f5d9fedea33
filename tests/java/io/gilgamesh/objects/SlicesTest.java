package io.gilgamesh.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonSlice;
import io.gilgamesh.PythonTuple;
import io.gilgamesh.testing.InContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Slices as keys, as values, and nested in tuples. */
class SlicesTest extends InContext {

  private PythonObject digits() {
    return context.eval("list(range(10))");
  }

  @Test
  void everyFormSelectsWhatPythonsDoes() {
    PythonObject digits = digits();
    Map<PythonSlice, String> forms =
        Map.of(
            PythonSlice.of(1, -1), "[1:-1]",
            PythonSlice.of(0, 9, 2), "[0:9:2]",
            PythonSlice.of(8, 2, -3), "[8:2:-3]",
            PythonSlice.from(-3), "[-3:]",
            PythonSlice.until(-8), "[:-8]",
            PythonSlice.all(), "[:]",
            PythonSlice.all().by(-1), "[::-1]",
            PythonSlice.from(7).by(2), "[7::2]",
            PythonSlice.of(5, 1000), "[5:1000]",
            PythonSlice.of(5, 5), "[5:5]");
    forms.forEach(
        (slice, written) ->
            assertEquals(
                context.eval("list(range(10))" + written).toList(),
                digits.itemTo(List.class, slice),
                written));
    assertEquals(List.of(2L, 3L), digits.slice(2, 4).toList());
    assertEquals(List.of(9L, 7L, 5L), digits.slice(-1, 4, -2).toList());
    assertEquals("ell", context.eval("'hello'").slice(1, -1).asText());
  }

  @Test
  void aSliceIsSetAndDeleted() {
    PythonObject digits = digits();
    digits.setItem(PythonSlice.of(0, 8), List.of("a", "b"));
    assertEquals(List.of("a", "b", 8L, 9L), digits.toList());
    digits.deleteItem(PythonSlice.all().by(2));
    assertEquals(List.of("b", 9L), digits.toList());
  }

  @Test
  void aSliceInATupleSelectsRowsOfColumns() {
    context.exec(
        """
        class Frame:
            def __getitem__(self, key): return repr(key)
        """);
    PythonObject frame = context.eval("Frame()");
    assertEquals(
        "(slice(None, 3, None), 'x')", frame.itemText(PythonTuple.of(PythonSlice.until(3), "x")));
    assertEquals(
        "(slice(None, None, None), slice(1, -1, 2))",
        frame.itemText(PythonTuple.of(PythonSlice.all(), PythonSlice.of(1, -1, 2))));
  }

  @Test
  void aSliceOfIntsComesBackAsAValueAndAnyOtherAsAnObject() {
    assertEquals(PythonSlice.of(1, -1), context.eval("slice(1, -1)").toJava());
    assertEquals(
        Arrays.asList(PythonSlice.all(), null), context.eval("[slice(None), None]").toJava());
    PythonSlice backwards = context.evalTo(PythonSlice.class, "slice(None, None, -1)");
    assertNull(backwards.start());
    assertEquals(-1L, backwards.step());
    for (String other : List.of("slice('a')", "slice(2**64)", "slice(1.0)", "slice(True)")) {
      assertTrue(context.eval(other).toJava() instanceof PythonObject, other);
    }
  }

  @Test
  void aSliceWritesItselfAsPythonDoes() {
    for (String written : List.of("slice(1, -1, None)", "slice(None, None, -1)")) {
      assertEquals(written, String.valueOf(context.eval(written).toJava()));
    }
  }

  @Test
  void pythonsOwnErrorsSayWhatIsWrong() {
    assertEquals(
        "slice step cannot be zero",
        assertThrows(PythonException.class, () -> digits().slice(0, 1, 0)).pythonMessage());
    assertEquals(
        "TypeError",
        assertThrows(PythonException.class, () -> context.eval("{1}").slice(0, 1)).type());
    assertEquals(
        "a slice cannot become java.lang.String",
        assertThrows(
                PythonConversionException.class, () -> context.eval("slice(1)").to(String.class))
            .getMessage());
  }
}
