package io.gilgamesh.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block of a page that is run. Its fence is {@code java}, {@code java prelude} for the lines that
 * the page's Java fragments stand after, {@code java 21} where that JDK is the oldest for it, or
 * {@code python}: the Python blocks of a page run in one context.
 *
 * @param line the number of the fence's line
 * @param kind what stands after {@code java}, or {@code python}
 * @param code the lines between the fences
 * @param output the next {@code text} block, which shows what it prints; empty where there is none
 */
record CodeBlock(int line, String kind, String code, Optional<String> output) {

  private static final String PYTHON = "python";
  private static final List<String> KINDS = List.of("", "prelude", "21");
  private static final String FENCE = "```";

  boolean isPrelude() {
    return kind.equals("prelude");
  }

  boolean isPython() {
    return kind.equals(PYTHON);
  }

  boolean isProgram() {
    return !isPython() && code.contains("static void main(");
  }

  /** The oldest JDK that it is for. */
  int release() {
    return kind.equals("21") ? 21 : 17;
  }

  private CodeBlock withOutput(String text, int at) {
    check(output.isEmpty() && !isPrelude(), at, "a text block without a block of its own");
    return new CodeBlock(line, kind, code, Optional.of(text));
  }

  /**
   * Reads all blocks of a page that are run; what cannot be read is an error, so that none is
   * passed over.
   */
  static List<CodeBlock> of(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    List<CodeBlock> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith(FENCE)) {
        int end = endOf(lines, i);
        add(blocks, lines.get(i), i + 1, String.join("\n", lines.subList(i + 1, end)) + "\n");
        i = end;
      }
    }
    return blocks;
  }

  private static int endOf(List<String> lines, int start) {
    for (int i = start + 1; i < lines.size(); i++) {
      if (lines.get(i).equals(FENCE)) {
        return i;
      }
    }
    throw new AssertionError("line " + (start + 1) + ": a block without an end");
  }

  private static void add(List<CodeBlock> blocks, String fence, int line, String text) {
    if (fence.equals(FENCE + "java") || fence.startsWith(FENCE + "java ")) {
      String kind = fence.substring(FENCE.length() + "java".length()).strip();
      check(KINDS.contains(kind), line, "an unknown kind of java block");
      blocks.add(new CodeBlock(line, kind, text, Optional.empty()));
    } else if (fence.equals(FENCE + PYTHON)) {
      blocks.add(new CodeBlock(line, PYTHON, text, Optional.empty()));
    } else if (fence.equals(FENCE + "text")) {
      check(!blocks.isEmpty(), line, "a text block before any other");
      blocks.add(blocks.remove(blocks.size() - 1).withOutput(text, line));
    } else {
      check(
          fence.equals(FENCE + "console"),
          line,
          "a block that is neither java, python, text nor console");
    }
  }

  private static void check(boolean condition, int line, String otherwise) {
    if (!condition) {
      throw new AssertionError("line " + line + ": " + otherwise);
    }
  }
}
