package io.gilgamesh.internal;

import static io.gilgamesh.PythonKwargs.kwargs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConversionException;
import io.gilgamesh.PythonKwargs;
import io.gilgamesh.PythonTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A value that cannot cross says where in it and why. */
class ConversionFailureTest {

  /** What stands only at the end of a call's arguments. */
  private static final PythonKwargs NO_VALUE = kwargs("k", 1);

  private static PythonConversionException refused(Object value) {
    return assertThrows(PythonConversionException.class, () -> Wire.roundTrip(value));
  }

  @Test
  void whatIsNoValueIsNamedWithItsPath() {
    Object value = List.of(Arrays.asList(1, 2, 3, Map.of("k", NO_VALUE)));
    PythonConversionException e = refused(value);
    assertEquals("[0][3]['k']", e.path());
    assertTrue(
        e.getMessage()
            .startsWith("[0][3]['k']: keyword arguments stand only at the end of a call's"),
        e.getMessage());
    assertEquals("", refused(NO_VALUE).path());
  }

  @Test
  void keysSetsAndTuplesHavePathsToo() {
    assertEquals("[key " + PythonKwargs.class.getName() + "]", refused(Map.of(NO_VALUE, 1)).path());
    assertEquals("[3]", refused(Map.of(3, NO_VALUE)).path());
    assertEquals("{0}", refused(Set.of(NO_VALUE)).path());
    assertEquals("[1]", refused(PythonTuple.of(1, NO_VALUE)).path());
    assertEquals("[1]", refused(new Object[] {1, NO_VALUE}).path());
  }

  @Test
  void aThousandLevelsCrossAndOneMoreDoesNot() {
    Object deep = nested(1000);
    assertEquals(deep.toString(), "" + Wire.roundTrip(deep));
    PythonConversionException e = refused(nested(1001));
    assertTrue(e.getMessage().contains("nested deeper than 1000 levels"), e.getMessage());
    assertTrue(refused(nested(10_000)).path().startsWith("[0][0][0]"));
    assertTrue(refused(nested(10_000)).getMessage().length() < 500);
  }

  private static Object nested(int levels) {
    Object value = new ArrayList<>();
    for (int i = 1; i < levels; i++) {
      value = new ArrayList<>(List.of(value));
    }
    return value;
  }

  @Test
  void aValueThatContainsItselfIsRefusedWithThePathToItself() {
    List<Object> list = new ArrayList<>();
    Map<String, Object> map = new HashMap<>();
    list.add(map);
    map.put("again", list);
    PythonConversionException e = refused(List.of(1, list));
    assertEquals("[1][0]['again']", e.path());
    assertTrue(e.getMessage().contains("contains itself"), e.getMessage());
  }

  @Test
  void argumentsCountFromZeroAndKeywordsByName() {
    assertEquals("[1][0]", refusedArguments(1, List.of(NO_VALUE)).path());
    assertEquals("['axis']", refusedArguments(1, kwargs("axis", NO_VALUE)).path());
  }

  private static PythonConversionException refusedArguments(Object... arguments) {
    try (Exchange exchange = Exchange.lease(null)) {
      return assertThrows(PythonConversionException.class, () -> exchange.arguments(arguments));
    }
  }

  @Test
  void keywordArgumentsStandOnlyAtTheEnd() {
    assertTrue(
        refusedArguments(kwargs("a", 1), 2)
            .getMessage()
            .contains("at the end of a call's arguments"));
    assertTrue(
        refused(List.of(kwargs("a", 1))).getMessage().contains("at the end of a call's arguments"));
  }

  @Test
  void anExchangeIsUsableAfterAFailure() {
    refused(List.of("x".repeat(100_000), NO_VALUE));
    assertEquals("still", Wire.roundTrip("still"));
  }

  @Test
  void exceptionsOfTheUsersOwnCodePassThrough() {
    List<Object> broken =
        new ArrayList<>() {
          @Override
          public Object[] toArray() {
            throw new UnsupportedOperationException("mine");
          }
        };
    assertEquals(
        "mine",
        assertThrows(UnsupportedOperationException.class, () -> Wire.roundTrip(broken))
            .getMessage());
  }
}
