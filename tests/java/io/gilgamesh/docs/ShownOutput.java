package io.gilgamesh.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what a page shows with what was printed: three dots stand for anything in a line, or for
 * any lines.
 */
final class ShownOutput {

  private static final String ANYTHING = "...";

  private ShownOutput() {}

  static void compare(String shown, String printed) {
    if (!pattern(shown).matcher(printed).matches()) {
      assertEquals(shown, printed);
    }
  }

  private static Pattern pattern(String shown) {
    return Pattern.compile(shown.lines().map(ShownOutput::ofLine).collect(Collectors.joining()));
  }

  private static String ofLine(String line) {
    if (line.equals(ANYTHING)) {
      return "(?:.*\n)*";
    }
    return Arrays.stream(line.split(Pattern.quote(ANYTHING), -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".*", "", "\n"));
  }
}
