package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonConfig;
import io.gilgamesh.testing.ChildJvm;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Values larger than a limit, or than memory, are refused; the process goes on. */
class ValueLimitTest {

  private static Map<String, String> outcomes(ChildJvm child) {
    String output = child.run().expectExit(0).output();
    return output
        .lines()
        .filter(line -> line.contains(": "))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(": ")),
                line -> line.substring(line.indexOf(": ") + 2)));
  }

  @Test
  void whatTakesMoreThanTheLimitIsRefusedWithItsPlace() {
    // A small heap shows that nothing large is gathered before.
    Map<String, String> outcomes = outcomes(ChildJvm.of(ValueLimitMain.class).jvm("-Xmx96m"));
    String refused =
        " bytes or more in transit, and PythonConfig's maxValueBytes allows 1000000: raise that, or"
            + " pass the value in parts";
    assertEquals("999987", outcomes.get("to Python, bytes that fit"));
    assertEquals(
        "[0]: the value takes 1000001" + refused, outcomes.get("to Python, bytes, one more"));
    assertEquals("3", outcomes.get("to Python, after a large one"));
    for (String kind : new String[] {"text", "longs", "array"}) {
      assertRefused("[0]", refused, outcomes.get("to Python, " + kind));
    }
    assertRefused("[0]['key']['inner'][1]", refused, outcomes.get("to Python, map"));
    assertRefused("[0][111109]", refused, outcomes.get("to Python, endless stream"));
    assertRefused("[0][111109]", refused, outcomes.get("to Python, endless iterator"));
    assertRefused("[0]['all'][111108]", refused, outcomes.get("to Python, endless in a map"));
  }

  @Test
  void whatTakesMoreOnItsWayToJavaIsRefusedWithItsPlace() {
    Map<String, String> outcomes = outcomes(ChildJvm.of(ValueLimitMain.class));
    String refused =
        " bytes or more in transit, and PythonConfig's maxValueBytes allows 1000000: raise that, or"
            + " take the value in parts";
    assertEquals("true", outcomes.get("to Java, bytes that fit"));
    assertEquals("the value takes 1000001" + refused, outcomes.get("to Java, bytes, one more"));
    for (String kind :
        new String[] {
          "text",
          "text beyond ASCII",
          "int",
          "list of ints",
          "text verb",
          "long[]",
          "double[]",
          "endless list",
          "endless long[]"
        }) {
      assertRefused("", refused, outcomes.get("to Java, " + kind));
    }
    assertRefused("['key']['inner'][1]", refused, outcomes.get("to Java, dict"));
    assertRefused("[166665]", refused, outcomes.get("to Java, list"));
    assertRefused("[999995]", refused, outcomes.get("to Java, tuple"));
    assertRefused("{", refused, outcomes.get("to Java, set"));
    assertRefused("[99999]", refused, outcomes.get("to Java, dict of numbers"));
    assertRefused("[49999]['k']", refused, outcomes.get("to Java, many dicts"));
    assertEquals("2", outcomes.get("still works"));
  }

  private static void assertRefused(String path, String reason, String outcome) {
    assertTrue(outcome.startsWith(path) && outcome.endsWith(reason), outcome);
  }

  @Test
  void withoutMemoryAValueIsRefusedAndTheProcessGoesOn() {
    Map<String, String> outcomes =
        outcomes(ChildJvm.of(NoMemoryMain.class).jvm("-XX:MaxDirectMemorySize=64m"));
    assertEquals(
        "there is no memory for the 400000005 bytes or more that the value takes in transit: take"
            + " it in parts",
        outcomes.get("reply"));
    assertEquals(
        "[1]: there is no memory for the 400000016 bytes or more that the value takes in transit:"
            + " take it in parts",
        outcomes.get("nested reply"));
    assertTrue(
        outcomes.get("request").startsWith("[0]: there is no direct memory for the 100000"),
        outcomes.get("request"));
    assertEquals("400000000", outcomes.get("with memory"));
  }

  @Test
  void aLimitBelowTheBufferOfEachCallIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> PythonConfig.builder().maxValueBytes(16_383))
            .getMessage();
    assertEquals("maxValueBytes is at least 16384, not 16383", message);
  }

  @Test
  void theLimitIsPartOfAConfiguration() {
    PythonConfig limited = PythonConfig.builder().maxValueBytes(1 << 20).build();
    assertEquals(OptionalLong.of(1 << 20), limited.maxValueBytes());
    assertEquals(OptionalLong.empty(), PythonConfig.defaults().maxValueBytes());
    assertEquals(limited, limited.toBuilder().build());
    assertNotEquals(PythonConfig.defaults(), limited);
    assertTrue(limited.toString().contains("maxValueBytes=1048576"), limited.toString());
  }
}
