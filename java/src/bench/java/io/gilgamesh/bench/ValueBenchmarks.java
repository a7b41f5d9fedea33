package io.gilgamesh.bench;

import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTable;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.bench.Benchmark.Work;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts, lists and dicts, there and back. */
final class ValueBenchmarks {

  private static final int ELEMENTS = 100_000;
  private static final int ENTRIES = 10_000;

  private ValueBenchmarks() {}

  static List<Benchmark> all(Subjects on) {
    PythonObject same = on.get("same");
    PythonObject numbers = on.get("numbers");
    PythonObject table = on.get("table");
    PythonObject columns = on.get("columns");
    PythonTable rows = columns.toTable();
    String text = "x".repeat(1000);
    String wide = "a\u00e9\u6f22".repeat(333) + "z";
    List<Long> longs = new ArrayList<>();
    for (long i = 0; i < ELEMENTS; i++) {
      longs.add(i * 7);
    }
    return List.of(
        Benchmark.of(
                "str_1000", Bar.ratio(3), on.inTransaction((tx, times) -> text(same, text, times)))
            .floor(FloorNatives::text1000),
        Benchmark.of(
                "str_wide_1000", Bar.NONE, on.inTransaction((tx, times) -> text(same, wide, times)))
            .floor(FloorNatives::text1000),
        Benchmark.of(
                "list_to_python_100k",
                Bar.ratio(1.3),
                on.inTransaction((tx, times) -> build(tx, longs, times)))
            .floor(FloorNatives::buildList)
            .elements(ELEMENTS),
        Benchmark.of(
                "list_from_python_100k",
                Bar.element(35),
                on.inTransaction((tx, times) -> boxed(numbers, times)))
            .floor(FloorNatives::walkList)
            .elements(ELEMENTS),
        Benchmark.of(
                "list_from_python_100k_array",
                Bar.element(5),
                on.inTransaction((tx, times) -> array(numbers, times)))
            .floor(FloorNatives::walkList)
            .elements(ELEMENTS),
        Benchmark.of(
                "dict_from_python_10k",
                Bar.ratio(2.5),
                on.inTransaction((tx, times) -> dict(table, times)))
            .floor(FloorNatives::walkDict)
            .floor(mapBuilding())
            .elements(ENTRIES),
        Benchmark.of(
                "view_list_get",
                Bar.NONE,
                on.inTransaction((tx, times) -> listGet(numbers.asList(), times)))
            .floor(FloorNatives::listGet)
            .variant("attached_ns", times -> listGet(numbers.asList(), times)),
        Benchmark.of(
                "view_map_get",
                Bar.NONE,
                on.inTransaction((tx, times) -> mapGet(table.asMap(), times)))
            .floor(FloorNatives::mapGet)
            .variant("attached_ns", times -> mapGet(table.asMap(), times)),
        Benchmark.of(
                "table_to_python_100k",
                Bar.ratio(2.5),
                on.inTransaction((tx, times) -> columns(tx, rows, times)))
            .floor(FloorNatives::buildTable)
            .elements(ELEMENTS),
        Benchmark.of(
                "table_from_python_100k",
                Bar.ratio(3),
                on.inTransaction((tx, times) -> rows(columns, times)))
            .floor(FloorNatives::walkTable)
            .floor(textBuilding())
            .elements(ELEMENTS));
  }

  private static long listGet(List<?> view, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += (Long) view.get((int) (i % ELEMENTS));
    }
    return sum;
  }

  private static long mapGet(Map<?, ?> view, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += ((Double) view.get("1234")).longValue();
    }
    return sum;
  }

  private static long text(PythonObject same, String text, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += same.applyText(text).length();
    }
    return sum;
  }

  private static long build(PythonTransaction transaction, List<Long> longs, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      transaction.toPython(longs).close();
      sum += longs.size();
    }
    return sum;
  }

  private static long boxed(PythonObject numbers, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += (Long) numbers.toList().get(ELEMENTS - 1);
    }
    return sum;
  }

  private static long array(PythonObject numbers, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += numbers.toLongArray()[ELEMENTS - 1];
    }
    return sum;
  }

  private static long dict(PythonObject table, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += table.toMap().size();
    }
    return sum;
  }

  private static long columns(PythonTransaction transaction, PythonTable table, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      transaction.toPython(table).close();
      sum += table.rows();
    }
    return sum;
  }

  private static long rows(PythonObject columns, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += columns.toTable().rows();
    }
    return sum;
  }

  /** The Java half of the floor: texts of bytes that are there already. */
  private static Work textBuilding() {
    byte[] bytes = "name 12345".getBytes(StandardCharsets.US_ASCII);
    return times -> {
      long sum = 0;
      for (long i = 0; i < times; i++) {
        String[] texts = new String[ELEMENTS];
        for (int j = 0; j < ELEMENTS; j++) {
          texts[j] = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        sum += texts[ELEMENTS - 1].length();
      }
      return sum;
    };
  }

  /** The Java half of the floor: a map of entries that are there already. */
  private static Work mapBuilding() {
    String[] keys = new String[ENTRIES];
    Double[] values = new Double[ENTRIES];
    for (int i = 0; i < ENTRIES; i++) {
      keys[i] = Integer.toString(i);
      values[i] = (double) i;
    }
    return times -> {
      long sum = 0;
      for (long i = 0; i < times; i++) {
        sum += map(keys, values).size();
      }
      return sum;
    };
  }

  private static Map<Object, Object> map(String[] keys, Double[] values) {
    Map<Object, Object> map = new LinkedHashMap<>(ENTRIES * 4 / 3 + 1);
    for (int i = 0; i < ENTRIES; i++) {
      map.put(keys[i], values[i]);
    }
    return map;
  }
}
