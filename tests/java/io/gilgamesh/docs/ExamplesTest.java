package io.gilgamesh.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that need nothing but Python, run as users would run them. */
class ExamplesTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("gilgamesh.project"), "examples/src/main/java");
  private static final Pattern SHORTER = Pattern.compile("tries +([\\d.]+) km");

  @TempDir Path folder;

  private String outputOf(String name) throws Exception {
    String source = Files.readString(FOLDER.resolve(name.replace('.', '/') + ".java"));
    return new Program(folder, name, source, 17).run();
  }

  @Test
  void aSearchInPythonTellsJavaItsStepsAndEndsWhenJavaHasEnough() throws Exception {
    String output = outputOf("io.gilgamesh.examples.ShortTour");
    List<Double> told = SHORTER.matcher(output).results().map(ExamplesTest::kilometres).toList();
    assertTrue(told.size() > 1, output);
    assertEquals(told.stream().sorted(Comparator.reverseOrder()).toList(), told);
    double last = told.get(told.size() - 1);
    assertTrue(last <= 850, output);
    assertTrue(told.get(told.size() - 2) > 850, output);
    String end = output.strip().lines().reduce("", (before, line) -> line);
    assertTrue(end.startsWith(String.format("%.1f km: ", last)), output);
    assertEquals(16, end.split(",").length);
  }

  private static double kilometres(MatchResult step) {
    return Double.parseDouble(step.group(1));
  }
}
