package io.gilgamesh.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gilgamesh.internal.host.HostPackages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages are told from names that are none. */
class HostPackagesTest {

  private static final ClassLoader LOADER = HostPackagesTest.class.getClassLoader();

  @ParameterizedTest
  @ValueSource(strings = {"java", "java.util", "java.util.concurrent", "io", "io.gilgamesh.host"})
  void aPackageAndWhatItsNameBeginsWithExist(String name) {
    assertTrue(HostPackages.exists(name, LOADER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jav", "java.utl", "java.util.List", "numpy", "io.gilgamesh.hos"})
  void anyOtherNameDoesNot(String name) {
    assertFalse(HostPackages.exists(name, LOADER));
  }
}
