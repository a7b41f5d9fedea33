package io.gilgamesh.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.PythonTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A table by itself, without Python. */
class TableTest {

  private static PythonTable people() {
    return PythonTable.builder()
        .longs("id", new long[] {1, 2})
        .doubles("score", new double[] {0.5, Double.NaN})
        .texts("name", new String[] {"Enkidu", null})
        .booleans("king", new boolean[] {false, true})
        .values("since", Arrays.asList(LocalDate.of(2024, 2, 29), null))
        .build();
  }

  private static void refused(String message, Executable work) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, work).getMessage());
  }

  @Test
  void aTableTellsItsColumnsInTheirOrder() {
    PythonTable table = people();
    assertEquals(List.of("id", "score", "name", "king", "since"), table.columns());
    assertEquals(2, table.rows());
    assertEquals(long.class, table.type("id"));
    assertEquals(String.class, table.type("name"));
    assertEquals(Object.class, table.type("since"));
    assertThrows(UnsupportedOperationException.class, () -> table.columns().remove("id"));
  }

  @Test
  void arraysAreTakenAndGivenWithoutACopy() {
    long[] longs = {1};
    int[] ints = {1};
    short[] shorts = {1};
    double[] doubles = {1};
    float[] floats = {1};
    boolean[] booleans = {true};
    String[] texts = {"a"};
    PythonTable table =
        PythonTable.builder()
            .longs("q", longs)
            .ints("i", ints)
            .shorts("h", shorts)
            .doubles("d", doubles)
            .floats("f", floats)
            .booleans("b", booleans)
            .texts("t", texts)
            .build();
    assertSame(longs, table.longs("q"));
    assertSame(ints, table.ints("i"));
    assertSame(shorts, table.shorts("h"));
    assertSame(doubles, table.doubles("d"));
    assertSame(floats, table.floats("f"));
    assertSame(booleans, table.booleans("b"));
    assertSame(texts, table.texts("t"));
  }

  @Test
  void aListOfValuesIsCopied() {
    List<Object> values = new ArrayList<>(List.of(1, "a"));
    PythonTable table = PythonTable.builder().values("v", values).build();
    values.set(0, 2);
    assertEquals(List.of(1, "a"), table.values("v"));
  }

  @Test
  void everyColumnIsGivenAsBoxedValuesToo() {
    assertEquals(List.of(1L, 2L), people().values("id"));
    assertEquals(Arrays.asList("Enkidu", null), people().values("name"));
    assertThrows(UnsupportedOperationException.class, () -> people().values("id").set(0, 3L));
  }

  @Test
  void aMissingColumnIsRefusedByTheNamesThatAreThere() {
    refused(
        "there is no column 'age'; there are [id, score, name, king, since]",
        () -> people().longs("age"));
  }

  @Test
  void aColumnOfAnotherTypeIsRefusedByWhatItIs() {
    refused("the column 'id' is not of doubles but of longs", () -> people().doubles("id"));
    refused(
        "the column 'since' is not of Strings but of values: take values()",
        () -> people().texts("since"));
  }

  @Test
  void columnsOfOtherLengthsAndNamesGivenTwiceAreRefused() {
    PythonTable.Builder table = PythonTable.builder().longs("a", new long[2]);
    refused("the column 'b' has length 3, and 'a' has 2", () -> table.doubles("b", new double[3]));
    refused("there is a column 'a' already", () -> table.longs("a", new long[2]));
    assertEquals(List.of("a"), table.build().columns(), "what was refused was not added");
    assertThrows(NullPointerException.class, () -> table.longs("c", null));
    assertThrows(NullPointerException.class, () -> table.longs(null, new long[2]));
  }

  @Test
  void aTableStaysAsItIsWhenItsBuilderGoesOn() {
    PythonTable.Builder builder = PythonTable.builder().longs("a", new long[1]);
    PythonTable table = builder.build();
    builder.longs("b", new long[1]);
    assertEquals(List.of("a"), table.columns());
  }

  @Test
  void someColumnsMakeATableThatSharesThem() {
    PythonTable table = people();
    PythonTable selected = table.select("name", "id");
    assertEquals(List.of("name", "id"), selected.columns());
    assertSame(table.longs("id"), selected.longs("id"));
    refused(
        "there is no column 'x'; there are [id, score, name, king, since]",
        () -> table.select("x"));
  }

  @Test
  void tablesAreEqualByNamesTypesAndContents() {
    assertEquals(people(), people());
    assertEquals(people().hashCode(), people().hashCode());
    assertNotEquals(people(), people().select("id", "score"));
    assertNotEquals(people().select("id", "name"), people().select("name", "id"));
    PythonTable zero = PythonTable.builder().doubles("d", new double[] {0.0}).build();
    assertNotEquals(zero, PythonTable.builder().doubles("d", new double[] {-0.0}).build());
    assertNotEquals(zero, PythonTable.builder().floats("d", new float[] {0}).build());
  }

  @Test
  void aPreviewIsShortHoweverLargeTheTableIs() {
    assertEquals(
        "PythonTable[2 rows: id=[1, 2], name=[Enkidu, null]]",
        people().select("id", "name").toString());
    assertEquals("PythonTable[0 rows]", PythonTable.builder().build().toString());
    PythonTable.Builder wide = PythonTable.builder();
    for (int i = 0; i < 100; i++) {
      wide.texts(
          "column " + i, IntStream.range(0, 100).mapToObj("y"::repeat).toArray(String[]::new));
    }
    String shown = wide.build().toString();
    assertTrue(shown.endsWith(", ...], and 92 more columns]"), shown);
    assertTrue(shown.length() < 1000, shown);
  }

  @Test
  void aTableWithoutColumnsHasNoRows() {
    PythonTable table = PythonTable.builder().build();
    assertEquals(0, table.rows());
    assertEquals(List.of(), table.columns());
    assertNull(table.columns().stream().findFirst().orElse(null));
  }

  @Test
  void aColumnOfValuesWithoutRowsIsOfEachType() {
    PythonTable table = PythonTable.builder().values("x", List.of()).build();
    assertArrayEquals(new long[0], table.longs("x"));
    assertArrayEquals(new String[0], table.texts("x"));
    assertEquals(List.of(), table.values("x"));
    PythonTable longs = PythonTable.builder().longs("x", new long[0]).build();
    refused("the column 'x' is not of doubles but of longs", () -> longs.doubles("x"));
  }
}
