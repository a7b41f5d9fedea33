package io.gilgamesh.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every Java and Python block of the README and the guide pages, and compares what it prints
 * with what the page shows. A program runs in a JVM of its own, the fragments of a page together in
 * one.
 */
class DocumentationTest {

  private static final Path PROJECT = Path.of(System.getProperty("gilgamesh.project"));
  private static final Pattern PUBLIC_CLASS = Pattern.compile("public class (\\w+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  @TempDir Path folder;

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> guide = Files.list(PROJECT.resolve("docs"))) {
      List<Path> pages = guide.filter(page -> page.toString().endsWith(".md")).sorted().toList();
      return Stream.concat(Stream.of(PROJECT.resolve("README.md")), pages.stream());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyBlockPrintsWhatItsPageShows() throws IOException {
    return pages().flatMap(this::blocks);
  }

  private Stream<DynamicTest> blocks(Path page) {
    List<CodeBlock> blocks = read(page).stream().filter(block -> !block.isPrelude()).toList();
    FragmentRun fragments = new FragmentRun(folder, prelude(page), blocks);
    return blocks.stream()
        .map(block -> dynamicTest(nameOf(page, block), () -> test(page, block, fragments)));
  }

  private static List<CodeBlock> read(Path page) {
    try {
      return CodeBlock.of(page);
    } catch (IOException | AssertionError e) {
      throw new AssertionError(PROJECT.relativize(page) + ": " + e.getMessage(), e);
    }
  }

  private static String prelude(Path page) {
    List<String> preludes =
        read(page).stream().filter(CodeBlock::isPrelude).map(CodeBlock::code).toList();
    assertTrue(preludes.size() <= 1, () -> page + " has several preludes");
    return String.join("", preludes);
  }

  private static String nameOf(Path page, CodeBlock block) {
    return PROJECT.relativize(page) + ":" + block.line();
  }

  private void test(Path page, CodeBlock block, FragmentRun fragments) throws Exception {
    assumeTrue(
        Runtime.version().feature() >= block.release(), () -> "needs a JDK " + block.release());
    String printed = block.isProgram() ? runProgram(page, block) : fragments.outputOf(block);
    String shown = block.output().orElse("");
    ShownOutput.compare(shown, printed);
  }

  private String runProgram(Path page, CodeBlock block) throws Exception {
    Matcher name = PUBLIC_CLASS.matcher(block.code());
    if (!name.find()) {
      return fail("no public class");
    }
    Path classes = folder.resolve(page.getFileName() + "-" + block.line());
    return new Program(classes, name.group(1), block.code(), block.release()).run();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFile(Path page) throws IOException {
    Matcher links = LINK.matcher(Files.readString(page));
    List<String> broken =
        links
            .results()
            .map(link -> link.group(1))
            .filter(target -> !Files.exists(page.resolveSibling(target)))
            .toList();
    assertEquals(List.of(), broken);
  }
}
