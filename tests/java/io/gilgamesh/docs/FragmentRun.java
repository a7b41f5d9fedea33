package io.gilgamesh.docs;

import java.nio.file.Path;
import java.util.List;

/** The fragments of one page, run together when the first one is asked for. */
final class FragmentRun {

  private final Path folder;
  private final String prelude;
  private final List<CodeBlock> fragments;
  private String output;

  FragmentRun(Path folder, String prelude, List<CodeBlock> blocks) {
    this.folder = folder;
    this.prelude = prelude;
    this.fragments =
        blocks.stream()
            .filter(block -> !block.isProgram())
            .filter(block -> Runtime.version().feature() >= block.release())
            .toList();
  }

  String outputOf(CodeBlock fragment) throws Exception {
    if (output == null) {
      output = run();
    }
    return PageProgram.outputOf(fragment, output)
        .orElseThrow(() -> new AssertionError("the block was not run to its end:\n" + output));
  }

  private String run() throws Exception {
    int release = fragments.stream().mapToInt(CodeBlock::release).max().orElseThrow();
    Path classes = folder.resolve("fragments-" + System.identityHashCode(this));
    String source = PageProgram.source(prelude, fragments);
    return new Program(classes, PageProgram.NAME, source, release).run();
  }
}
