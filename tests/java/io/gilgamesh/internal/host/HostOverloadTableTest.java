package io.gilgamesh.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gilgamesh.PythonTuple;
import io.gilgamesh.internal.ResolvedType;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of {@code docs/overloads.md} is what the code does. */
class HostOverloadTableTest {

  private static final Path PAGE =
      Path.of(System.getProperty("gilgamesh.project"), "docs", "overloads.md");
  private static final Pattern TYPE = Pattern.compile("`([^`]+)`");

  private static final Map<String, Class<?>> TYPES =
      Stream.of(
              boolean.class,
              Boolean.class,
              byte.class,
              Byte.class,
              short.class,
              Short.class,
              char.class,
              Character.class,
              int.class,
              Integer.class,
              long.class,
              Long.class,
              float.class,
              Float.class,
              double.class,
              Double.class,
              BigInteger.class,
              BigDecimal.class,
              Number.class,
              Object.class,
              Comparable.class,
              String.class,
              CharSequence.class,
              char[].class,
              byte[].class,
              int[].class,
              Object[].class,
              URI.class,
              TimeUnit.class,
              ByteBuffer.class,
              ArrayList.class,
              List.class,
              Collection.class,
              Iterable.class,
              Set.class,
              Deque.class,
              PythonTuple.class,
              LinkedHashSet.class,
              LinkedHashMap.class,
              HashMap.class,
              Map.class,
              TreeMap.class,
              OffsetDateTime.class,
              Temporal.class,
              Instant.class,
              ZonedDateTime.class,
              Path.class,
              File.class,
              Class.class,
              Type.class,
              Supplier.class)
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private static final Map<String, Object> VALUES = values();

  private static Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("`True`", true);
    values.put("`5`", 5L);
    values.put("`300`", 300L);
    values.put("`2**40`", 1L << 40);
    values.put("`2**64`", BigInteger.TWO.pow(64));
    values.put("`0.5`", 0.5);
    values.put("`1e300`", 1e300);
    values.put("`'a'`", "a");
    values.put("`'SECONDS'`", "SECONDS");
    values.put("`b'a'`", new byte[] {97});
    values.put("`[1]`", new ArrayList<>(List.of(1L)));
    values.put("`(1, 2)`", PythonTuple.of(1L, 2L));
    values.put("`{1}`", new LinkedHashSet<>(List.of(1L)));
    values.put("`{'a': 1}`", new LinkedHashMap<>(Map.of("a", 1L)));
    values.put("`array('i', [1])`", new int[] {1});
    values.put("`Decimal('5')`", new BigDecimal(5));
    values.put("`datetime` with a zone", OffsetDateTime.parse("2024-02-29T12:00:00+01:00"));
    values.put("`Path('a')`", Path.of("a"));
    values.put("`ArrayList`, a Java class", ArrayList.class);
    return values;
  }

  private static final Set<Match> LEVELS = Set.of(Match.EXACT, Match.IMPLICIT, Match.EXPLICIT);

  private static Map<String, String[]> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `") && !line.startsWith("| `None`"))
        .map(line -> line.split(" ?\\| ?", -1))
        .collect(Collectors.toMap(cells -> cells[1], cells -> cells));
  }

  @TestFactory
  Stream<DynamicTest> everyRowSaysHowItsValueFits() throws IOException {
    Map<String, String[]> rows = rows();
    assertEquals(VALUES.keySet(), rows.keySet());
    return rows.entrySet().stream()
        .map(row -> dynamicTest(row.getKey(), () -> check(row.getKey(), row.getValue())));
  }

  private static void check(String key, String[] cells) {
    Map<Match, List<String>> told =
        Map.of(
            Match.EXACT, types(cells[2]),
            Match.IMPLICIT, types(cells[3]),
            Match.EXPLICIT, types(cells[4]));
    Object value = VALUES.get(key);
    TYPES.forEach(
        (name, type) -> {
          Match expected =
              LEVELS.stream()
                  .filter(level -> told.getOrDefault(level, List.of()).contains(name))
                  .findFirst()
                  .orElse(Match.NONE);
          Match found = match(value, type);
          // Every value is an Object; a row that leaves a wide type out says nothing of it.
          boolean untold = expected == Match.NONE && type.isInstance(value);
          assertEquals(untold ? Match.IMPLICIT : expected, found, key + " for " + name);
        });
  }

  private static List<String> types(String cell) {
    return TYPE.matcher(cell).results().map(found -> known(found.group(1))).toList();
  }

  private static String known(String name) {
    assertTrue(TYPES.containsKey(name), "a type that the test does not know: " + name);
    return name;
  }

  private static Match match(@Nullable Object value, Class<?> type) {
    Fit fit = new Parameter("value", ResolvedType.of(type)).fit(value);
    return fit.isRefused(value) ? Match.NONE : fit.match();
  }

  @TestFactory
  Stream<DynamicTest> ofEachRowWhatStandsFirstIsPreferred() throws IOException {
    return rows().entrySet().stream()
        .map(row -> dynamicTest(row.getKey(), () -> checkOrder(row.getKey(), row.getValue())));
  }

  private static void checkOrder(String key, String[] cells) {
    ValueKind kind = ValueKind.of(VALUES.get(key));
    for (int column = 2; column <= 4; column++) {
      List<Class<?>> ranked =
          types(cells[column]).stream()
              .<Class<?>>map(TYPES::get)
              .filter(type -> Preference.rank(kind, type) >= 0)
              .toList();
      for (int i = 1; i < ranked.size(); i++) {
        Class<?> before = ranked.get(i - 1);
        Class<?> after = ranked.get(i);
        assertTrue(Specificity.isBetter(before, after, kind), key + before + after);
        assertFalse(Specificity.isBetter(after, before, kind), key + before + after);
      }
    }
  }

  @Test
  void aFunctionIsRatherWhatGivesSomething() {
    assertTrue(Specificity.isBetter(Callable.class, Runnable.class, ValueKind.PYTHON));
    assertFalse(Specificity.isBetter(Runnable.class, Callable.class, ValueKind.PYTHON));
    assertTrue(Specificity.isBetter(Function.class, Object.class, ValueKind.PYTHON));
    assertFalse(Specificity.isBetter(Function.class, Supplier.class, ValueKind.PYTHON));
    assertFalse(Specificity.isBetter(Supplier.class, Function.class, ValueKind.PYTHON));
  }

  @Test
  void noneFitsWhateverIsNotPrimitive() {
    TYPES.forEach(
        (name, type) ->
            assertEquals(type.isPrimitive() ? Match.NONE : Match.IMPLICIT, match(null, type)));
  }
}
