package io.gilgamesh.internal;

/**
 * The one native of the loader library, which is loaded before the bridge because the bridge finds
 * libpython's symbols in the process. Bound by its mangled name; implemented by {@code
 * bridge-rs/loader}.
 */
final class LoaderNatives {

  private LoaderNatives() {}

  /**
   * Opens libpython for the whole process, so that the bridge and C extensions find its symbols.
   *
   * @param library path of libpython
   * @return null, or why it cannot be opened
   */
  static native @org.jspecify.annotations.Nullable String open(String library);
}
