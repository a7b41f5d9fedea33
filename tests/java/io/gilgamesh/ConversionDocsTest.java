package io.gilgamesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gilgamesh.testing.ConversionCases;
import io.gilgamesh.testing.ConversionCases.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/values.md} says what the cases show, and nothing else. */
class ConversionDocsTest {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String ANYTHING = "any object";

  /** The four cells of each row: Java, Python; Python, Java. */
  private static List<List<String>> rows() throws IOException {
    Path page = Path.of(System.getProperty("gilgamesh.project", "."), "docs/values.md");
    String text = Files.readString(page);
    String section = text.substring(text.indexOf("## What becomes what"));
    List<List<String>> rows = new ArrayList<>();
    for (String line : section.lines().dropWhile(l -> !l.startsWith("|--")).skip(1).toList()) {
      if (!line.startsWith("|")) {
        break;
      }
      rows.add(List.of(line.substring(1).split("\\|")));
    }
    return rows;
  }

  private static Set<String> names(String cell) {
    Set<String> names =
        CODE.matcher(cell)
            .results()
            .map((MatchResult match) -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    return names.isEmpty() ? Set.of(ANYTHING) : names;
  }

  private static Set<String> pairs(Set<String> from, Set<String> to) {
    return from.stream()
        .flatMap(one -> to.stream().map(other -> one + " -> " + other))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyJavaClassIsSaidToBecomeWhatItBecomes() throws IOException {
    Set<String> said = new TreeSet<>();
    rows().forEach(cells -> said.addAll(pairs(names(cells.get(0)), names(cells.get(1)))));
    assertEquals(lines(shown("to-python")), lines(said));
  }

  @Test
  void everyPythonTypeIsSaidToBecomeWhatItBecomes() throws IOException {
    Set<String> said = new TreeSet<>();
    for (List<String> cells : rows()) {
      boolean mirrored = cells.get(2).strip().equals("the same");
      Set<String> from = names(cells.get(mirrored ? 1 : 2));
      said.addAll(pairs(from, names(cells.get(mirrored ? 0 : 3))));
    }
    assertEquals(lines(shown("to-java")), lines(said));
  }

  private static String lines(Set<String> pairs) {
    return String.join("\n", pairs);
  }

  private static Set<String> shown(String direction) throws IOException {
    Set<String> types = new TreeSet<>();
    rows().forEach(cells -> types.addAll(names(cells.get(1))));
    rows().forEach(cells -> types.addAll(names(cells.get(2))));
    return ConversionCases.section("values").stream()
        .filter(row -> row.goes(direction))
        // An Optional becomes what is in it, as the page says there too.
        .filter(row -> !row.javaClass().startsWith("Optional"))
        // Subclasses convert by the value of their base, as the page says below the table.
        .filter(row -> direction.equals("to-python") || types.contains(pythonName(row)))
        .map(row -> pair(row, direction))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String pair(Case row, String direction) {
    return direction.equals("to-python")
        ? documentedClass(row.javaClass()) + " -> " + pythonName(row)
        : pythonName(row) + " -> " + row.javaClass();
  }

  private static String pythonName(Case row) {
    if (row.javaClass().equals("PythonObject")) {
      return ANYTHING;
    }
    return switch (row.text("type")) {
      case "NoneType" -> "None";
      case "array" -> "array.array";
      default -> row.text("type");
    };
  }

  /** The page names interfaces where the cases need classes. */
  private static String documentedClass(String name) {
    return switch (name) {
      case "String", "StringBuilder" -> "CharSequence";
      case "ArrayList" -> "List";
      case "ArrayDeque" -> "Collection";
      case "LinkedHashSet", "TreeSet" -> "Set";
      case "LinkedHashMap", "TreeMap" -> "Map";
      case "String[]", "Long[]" -> "Object[]";
      default -> name;
    };
  }
}
