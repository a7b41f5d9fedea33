package io.gilgamesh.docs;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One program of all fragments of a page: a method each, run one after the other. A Java fragment
 * has the page's prelude before it; Python fragments run in one context.
 */
final class PageProgram {

  static final String NAME = "Page";

  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\n");
  private static final String FRAMES = "@@ block %d %s";

  private PageProgram() {}

  static String source(String prelude, List<CodeBlock> fragments) {
    return imports(prelude, fragments)
        + "\npublic class Page {\n"
        + (fragments.stream().anyMatch(CodeBlock::isPython) ? CONTEXT : "")
        + MAIN.formatted(fragments.stream().map(PageProgram::call).collect(Collectors.joining()))
        + fragments.stream()
            .map(fragment -> method(prelude, fragment))
            .collect(Collectors.joining())
        + "}\n";
  }

  private static final String CONTEXT =
      """
        static final io.gilgamesh.PythonContext PYTHON =
            io.gilgamesh.Python.start().contexts().open("page");

      """;

  private static final String MAIN =
      """
        interface Fragment {
          void run() throws Exception;
        }

        static void run(int line, Fragment fragment) {
          System.out.println("@@ block " + line + " begins");
          try {
            fragment.run();
          } catch (Throwable e) {
            e.printStackTrace(System.out);
          }
          System.out.println("@@ block " + line + " ends");
        }

        public static void main(String[] args) {
      %s  }
      """;

  private static String imports(String prelude, List<CodeBlock> fragments) {
    TreeSet<String> imports = new TreeSet<>(Comparator.naturalOrder());
    Matcher matcher =
        IMPORT.matcher(
            fragments.stream()
                .filter(fragment -> !fragment.isPython())
                .map(CodeBlock::code)
                .collect(Collectors.joining("", prelude, "")));
    while (matcher.find()) {
      imports.add(matcher.group());
    }
    return String.join("", imports);
  }

  private static String call(CodeBlock fragment) {
    return "    run(%d, Page::block%d);\n".formatted(fragment.line(), fragment.line());
  }

  private static String method(String prelude, CodeBlock fragment) {
    return "\n  static void block%d() throws Exception {\n".formatted(fragment.line())
        + (fragment.isPython()
            ? "PYTHON.exec(" + literal(fragment.code()) + ");\n"
            : statements(prelude) + statements(fragment.code()))
        + "  }\n";
  }

  private static String literal(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "\"" + escaped + "\"";
  }

  private static String statements(String code) {
    return IMPORT.matcher(code).replaceAll("");
  }

  /** What a block printed; empty where it was not run to its end. */
  static Optional<String> outputOf(CodeBlock fragment, String output) {
    String begin = FRAMES.formatted(fragment.line(), "begins") + "\n";
    int start = output.indexOf(begin);
    int end = output.indexOf(FRAMES.formatted(fragment.line(), "ends") + "\n");
    return start < 0 || end < 0
        ? Optional.empty()
        : Optional.of(output.substring(start + begin.length(), end));
  }
}
