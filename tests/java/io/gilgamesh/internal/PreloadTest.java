package io.gilgamesh.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreloadTest {

  static Iterable<String> names() {
    return Preload.NAMES;
  }

  /** A class that was renamed would silently be loaded late. */
  @ParameterizedTest
  @MethodSource("names")
  void everyNameIsThatOfAClass(String name) {
    assertDoesNotThrow(() -> Class.forName(Preload.PACKAGE + name));
  }
}
