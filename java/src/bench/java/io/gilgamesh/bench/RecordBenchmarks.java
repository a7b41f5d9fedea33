package io.gilgamesh.bench;

import io.gilgamesh.PythonNamedTuple;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTransaction;
import io.gilgamesh.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Records, there and back, and rows through a function. The floor of records is what a user would
 * do without them: the same columns as arrays, and records made of them or taken apart in Java.
 * What CPython alone takes for the same dicts, called from C, stands beside it.
 */
final class RecordBenchmarks {

  private static final int ROWS = 100_000;
  private static final int BATCH = 4096;
  private static final TypeRef<List<Row>> ALL = new TypeRef<>() {};
  private static final TypeRef<List<Named>> ALL_NAMED = new TypeRef<>() {};

  private RecordBenchmarks() {}

  record Row(long id, double price, String name) {}

  @PythonNamedTuple
  record Named(long id, double price, String name) {}

  static List<Benchmark> all(Subjects on) {
    Data data = new Data(on);
    PythonObject same = on.get("same");
    return List.of(
        Benchmark.of(
                "records_from_python_100k",
                Bar.ratio(2),
                on.inTransaction((tx, times) -> records(data.get("dicts"), times)))
            .floor(on.inTransaction((tx, times) -> joined(data, times)))
            .variant(
                "tuples_ns", on.inTransaction((tx, times) -> records(data.get("tuples"), times)))
            .variant(
                "objects_ns", on.inTransaction((tx, times) -> records(data.get("objects"), times)))
            .elements(ROWS),
        Benchmark.of(
                "records_to_python_100k",
                Bar.ratio(2),
                on.inTransaction((tx, times) -> made(tx, data.rows(), times)))
            .floor(on.inTransaction((tx, times) -> apart(tx, data.rows(), times)))
            .variant("c_ns", FloorNatives::buildRecords)
            .variant(
                "named_tuples_ns", on.inTransaction((tx, times) -> made(tx, data.named(), times)))
            .elements(ROWS),
        Benchmark.of(
                "map_rows_4096",
                Bar.element(400),
                on.inTransaction((tx, times) -> mapped(same, times)))
            .elements(BATCH));
  }

  /** Made when it is first used: so many objects would slow down the rows of others. */
  private static final class Data {

    private static final String DEFINITIONS =
        """
        import dataclasses
        @dataclasses.dataclass
        class Row:
          id: int
          price: float
          name: str
        ids, prices, names = list(range(%d)), [], []
        for i in ids:
          prices.append(i * 0.5)
          names.append(f'name {i}')
        dicts = [{'id': i, 'price': p, 'name': n} for i, p, n in zip(ids, prices, names)]
        tuples = list(zip(ids, prices, names))
        objects = [Row(*t) for t in tuples]
        """
            .formatted(ROWS);

    private final Subjects on;
    private final Map<String, PythonObject> known = new HashMap<>();
    private List<Row> rows = List.of();
    private List<Named> named = List.of();

    Data(Subjects on) {
      this.on = on;
    }

    PythonObject get(String name) {
      if (known.isEmpty()) {
        on.context.exec(DEFINITIONS);
      }
      return known.computeIfAbsent(name, wanted -> on.get(wanted).keep());
    }

    List<Row> rows() {
      if (rows.isEmpty()) {
        rows = get("dicts").to(ALL);
      }
      return rows;
    }

    List<Named> named() {
      if (named.isEmpty()) {
        named = get("dicts").to(ALL_NAMED);
      }
      return named;
    }
  }

  private static long records(PythonObject source, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      List<Row> rows = source.to(ALL);
      sum += rows.get(ROWS - 1).id();
    }
    return sum;
  }

  private static long joined(Data data, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum += rows(data).get(ROWS - 1).id();
    }
    return sum;
  }

  /** Three columns of Python's, as arrays, and the records of them. */
  private static List<Row> rows(Data data) {
    long[] id = data.get("ids").toLongArray();
    double[] price = data.get("prices").toDoubleArray();
    String[] name = data.get("names").to(String[].class);
    List<Row> rows = new ArrayList<>(ROWS);
    for (int i = 0; i < ROWS; i++) {
      rows.add(new Row(id[i], price[i], name[i]));
    }
    return rows;
  }

  private static long made(PythonTransaction tx, List<? extends Record> rows, long times) {
    for (long i = 0; i < times; i++) {
      tx.toPython(rows).close();
    }
    return times * ROWS;
  }

  private static long apart(PythonTransaction tx, List<Row> rows, long times) {
    for (long i = 0; i < times; i++) {
      long[] id = new long[ROWS];
      double[] price = new double[ROWS];
      String[] name = new String[ROWS];
      for (int k = 0; k < ROWS; k++) {
        Row row = rows.get(k);
        id[k] = row.id();
        price[k] = row.price();
        name[k] = row.name();
      }
      tx.toPython(id).close();
      tx.toPython(price).close();
      tx.toPython(name).close();
    }
    return times * ROWS;
  }

  private static long mapped(PythonObject function, long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      sum +=
          function.mapRows(LongStream.range(0, BATCH).boxed(), Long.class, BATCH).toList().size();
    }
    return sum;
  }
}
