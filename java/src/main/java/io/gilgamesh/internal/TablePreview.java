package io.gilgamesh.internal;

import io.gilgamesh.PythonTable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table in one line, which stays one however large the table is. */
public final class TablePreview {

  private static final int MAX_COLUMNS = 8;
  private static final int MAX_ROWS = 5;
  private static final int MAX_TEXT = 40;

  private TablePreview() {}

  /**
   * Shows the first rows of the first columns.
   *
   * @param table any table
   * @return such as {@code PythonTable[2 rows: id=[1, 2], name=[a, b]]}
   */
  public static String of(PythonTable table) {
    List<String> names = table.columns();
    String columns =
        names.stream()
            .limit(MAX_COLUMNS)
            .map(name -> cut(name) + "=" + rows(table.values(name)))
            .collect(Collectors.joining(", "));
    String more =
        names.size() > MAX_COLUMNS ? ", and " + (names.size() - MAX_COLUMNS) + " more columns" : "";
    String head = table.rows() + (table.rows() == 1 ? " row" : " rows");
    return "PythonTable[" + head + (names.isEmpty() ? "" : ": ") + columns + more + "]";
  }

  private static String rows(List<@Nullable Object> values) {
    String shown =
        values.stream()
            .limit(MAX_ROWS)
            .map(value -> cut(String.valueOf(value)))
            .collect(Collectors.joining(", "));
    return "[" + shown + (values.size() > MAX_ROWS ? ", ..." : "") + "]";
  }

  private static String cut(String text) {
    String line = text.replace("\n", "\\n");
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...";
  }
}
