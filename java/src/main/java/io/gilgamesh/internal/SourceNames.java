package io.gilgamesh.internal;

/**
 * The names of sources that were given none. Python's linecache and traceback find a source's lines
 * by its name, so each source has a name of its own, made of its text: the same text has the same
 * name in every context, run after run.
 */
final class SourceNames {

  private SourceNames() {}

  /**
   * Names a source.
   *
   * @param mode {@link CodeCache#EXEC} or {@link CodeCache#EVAL}
   * @param source the source
   * @return such as {@code <exec:5f3a9c1e>}
   */
  static String of(int mode, String source) {
    return of(mode == CodeCache.EXEC ? "exec" : "eval", source);
  }

  /**
   * Names a source.
   *
   * @param kind what it is
   * @param source the source
   * @return the kind and a number made of the source, in angle brackets
   */
  static String of(String kind, String source) {
    String hash = Integer.toHexString(source.hashCode());
    return "<" + kind + ":" + "0".repeat(8 - hash.length()) + hash + ">";
  }
}
