package io.gilgamesh.bench;

import java.nio.file.Path;

/**
 * The floors. Each native does its work {@code times} times with the bare C API and returns the sum
 * that the operation must have too, or -1 where Python raised.
 */
final class FloorNatives {

  /** Names the folder with the library and the program of the start. */
  private static final String FOLDER = "gilgamesh.floor";

  private FloorNatives() {}

  /** Loads the library; Python must run by then. */
  static void load() {
    System.load(file(System.mapLibraryName("gilgamesh_floor")).toString());
  }

  /** Gives a file of the floors'. */
  static Path file(String name) {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      throw new IllegalStateException(
          "the system property " + FOLDER + " is not set; run ./dev bench");
    }
    return Path.of(folder).toAbsolutePath().resolve(name);
  }

  static native String definitions();

  /**
   * Defines the Python functions whose call calls {@link #nothing}.
   *
   * @param stub the address of a stub of it, or 0 for a call by JNI
   */
  static native void defineUpcalls(long stub);

  /** What the floors of calls into Java call. */
  static long nothing(int first, int second, long third, long fourth, int fifth) {
    return 0;
  }

  static native void empty();

  static native long empty4(long first, long second, long third, long fourth);

  static native long call0(long times);

  static native long call0Attached(long times);

  static native long call1Long(long times);

  static native long call1LongAttached(long times);

  static native long attach(long times);

  static native long attribute(long times);

  static native long text1000(long times);

  static native long buildList(long times);

  static native long walkList(long times);

  static native long walkDict(long times);

  static native long listGet(long times);

  static native long mapGet(long times);

  static native long buildTable(long times);

  static native long buildRecords(long times);

  static native long walkTable(long times);

  static native long exec(long times);

  static native long eval(long times);

  static native long namespace(long times);

  static native long job(long times);

  static native long raise(long times);

  static native long make(long times);

  static native long makeAttached(long times);
}
